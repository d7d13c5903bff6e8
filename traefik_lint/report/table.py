"""Tables that fit: columns share the width, and what is too long goes on in the next line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from traefik_lint.report.plain import width

GAP = 2
LEAST = 6


def table(rows: Sequence[Sequence[str]], columns: int, indent: int = 0) -> Iterator[str]:
    """The lines of a table of at most ``columns`` cells (where it is at all possible); each row's cells are safe
    texts. Empty columns are left out; the widest give way first."""
    if not rows:
        return
    used = [index for index in range(len(rows[0])) if any(row[index] for row in rows[1:] or rows)]
    cells = [[row[index] for index in used] for row in rows]
    widths = _shared([max(width(row[at]) for row in cells) for at in range(len(used))], columns - indent)
    for row in cells:
        wrapped = [_wrapped(cell, room) for cell, room in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            parts = [lines[line] if line < len(lines) else "" for lines in wrapped]
            padded = (part + " " * (room - width(part)) for part, room in zip(parts, widths, strict=True))
            yield (" " * indent + (" " * GAP).join(padded)).rstrip()


def _shared(widths: list[int], columns: int) -> list[int]:
    room = columns - GAP * (len(widths) - 1)
    widths = list(widths)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda index: widths[index])
        if widths[widest] <= LEAST:
            break
        second = max((size for index, size in enumerate(widths) if index != widest), default=0)
        excess = sum(widths) - room
        widths[widest] = max(widths[widest] - excess, min(second, widths[widest] - 1), LEAST)
    return widths


def _wrapped(text: str, room: int) -> list[str]:
    lines: list[str] = []
    rest = text
    while width(rest) > room:
        cut = _fitting(rest, room)
        blank = rest.rfind(" ", 1, cut + 1)
        if blank > room // 2:
            lines.append(rest[:blank])
            rest = rest[blank + 1 :]
        else:
            lines.append(rest[:cut])
            rest = rest[cut:]
    lines.append(rest)
    return lines


def _fitting(text: str, room: int) -> int:
    if text[:room].isascii():
        return room
    taken = 0
    for index, char in enumerate(text):
        taken += width(char)
        if taken > room:
            return max(index, 1)
    return len(text)
