"""Go's durations: `time.ParseDuration`, Traefik's reading of bare numbers as seconds, and their printing."""

from __future__ import annotations

import re

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.strconv import parse_int

_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,  # micro sign
    "μs": 1_000,  # Greek letter mu
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
_LIMIT = 1 << 63
_PART = re.compile(r"([0-9]*)(?:(\.)([0-9]*))?([^0-9.]*)")


def parse_traefik_duration(text: str) -> int:
    """Read a duration as Traefik's options do: a bare integer counts seconds.

    Returns nanoseconds; raises GoError.
    """
    try:
        seconds = parse_int(text)
    except GoError:
        return parse_duration(text)
    # Go multiplies without looking at the overflow.
    return (seconds * 1_000_000_000 + _LIMIT) % (1 << 64) - _LIMIT


def parse_duration(text: str) -> int:
    """Read a duration such as `1h2m3.5s` as `time.ParseDuration` does.

    Returns nanoseconds; raises GoError.
    """
    negative = text.startswith("-")
    rest = text[1:] if text.startswith(("-", "+")) else text
    if rest == "0":
        return 0
    if not rest:
        raise _invalid(text)
    total = 0
    at = 0
    while at < len(rest):
        found = _PART.match(rest, at)
        if found is None or not (found.group(1) or found.group(3)):
            raise _invalid(text)
        total += _part(found, text)
        if total > _LIMIT:
            raise _invalid(text)
        at = found.end()
    if negative:
        return -total
    if total >= _LIMIT:
        raise _invalid(text)
    return total


def _part(found: re.Match[str], text: str) -> int:
    whole = int(found.group(1)[:30] or 0)
    if len(found.group(1).lstrip("0")) > 19 or whole > _LIMIT:
        raise _invalid(text)
    name = found.group(4)
    if not name:
        raise GoError(f"time: missing unit in duration {_quote(text)}")
    unit = _UNITS.get(name)
    if unit is None:
        raise GoError(f"time: unknown unit {_quote(name)} in duration {_quote(text)}")
    if whole > _LIMIT // unit:
        raise _invalid(text)
    number = whole * unit
    fraction, scale = _fraction(found.group(3) or "")
    if fraction:
        number += int(float(fraction) * (unit / scale))
    if number > _LIMIT:
        raise _invalid(text)
    return number


def _fraction(digits: str) -> tuple[int, float]:
    """Read the digits after the point as Go does, which leaves out those that no longer count."""
    value, scale = 0, 1.0
    for digit in digits:
        if value > (_LIMIT - 1) // 10 or value * 10 + int(digit) > _LIMIT:
            break
        value = value * 10 + int(digit)
        scale *= 10
    return value, scale


def _invalid(text: str) -> GoError:
    return GoError(f"time: invalid duration {_quote(text)}")


def _quote(text: str) -> str:
    """Quote as package `time` does: what is not printable ASCII as bytes."""
    written: list[str] = []
    for char in text:
        if char < " " or char > "\x7f":
            written.extend(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))
        else:
            written.append(f"\\{char}" if char in '"\\' else char)
    return f'"{"".join(written)}"'


def format_duration(nanoseconds: int) -> str:
    """Print a duration as Go does: `1m0s`, `1.5s`, `100ms`, `0s`."""
    sign = "-" if nanoseconds < 0 else ""
    rest = abs(nanoseconds)
    if rest < 1_000_000_000:
        if rest == 0:
            return "0s"
        for unit in ("ms", "µs", "ns"):
            if rest >= _UNITS[unit]:
                return f"{sign}{_decimal(rest, _UNITS[unit])}{unit}"
    minutes, seconds = divmod(rest, _UNITS["m"])
    written = f"{_decimal(seconds, _UNITS['s'])}s"
    if minutes:
        hours, minutes = divmod(minutes, 60)
        written = f"{hours}h{minutes}m{written}" if hours else f"{minutes}m{written}"
    return sign + written


def _decimal(number: int, unit: int) -> str:
    whole, fraction = divmod(number, unit)
    if not fraction:
        return str(whole)
    digits = str(fraction).rjust(len(str(unit)) - 1, "0").rstrip("0")
    return f"{whole}.{digits}"
