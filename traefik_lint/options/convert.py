"""Texts to the values of options, by Go's rules."""

from __future__ import annotations

from traefik_lint.golang.duration import parse_traefik_duration
from traefik_lint.golang.strconv import parse_bool, parse_float, parse_int, parse_uint
from traefik_lint.model.values import Plain, ProblemKind
from traefik_lint.options.nodes import part
from traefik_lint.options.spec import Spec
from traefik_lint.source.tree import Scalar

SCALAR_KINDS = frozenset(("string", "bool", "int", "uint", "float", "duration"))
#: The kind of problem when a text is none of the option's kind.
BAD: dict[str, ProblemKind] = {
    "bool": "bad-bool", "int": "bad-number", "uint": "bad-number", "float": "bad-number", "duration": "bad-duration",
}  # fmt: skip
#: Go's ``strings.TrimSpace``.
BLANKS = " \t\n\v\f\r\x85\xa0"

_BITS = {"uint32": 32}


def converted(spec: Spec, text: str) -> Plain:
    """The value that an option has for a text (R-013, R-014, R-015); raises GoError with Go's words."""
    kind = spec.kind
    if kind == "string":
        return text
    if kind == "bool":
        return parse_bool(text)
    if kind == "int":
        return parse_int(text)
    if kind == "duration":
        return parse_traefik_duration(text)
    if kind == "uint":
        return parse_uint(text, _BITS.get(spec.go_type, 64))
    return parse_float(text)


def comma_pieces(scalar: Scalar, text: str) -> list[Scalar]:
    """The items of a comma list without the blanks around them; empty ones are items too (R-016)."""
    if text != scalar.value:  # a number that the loader printed anew has no commas that were written
        return [
            Scalar(scalar.file, scalar.start, scalar.end, piece.strip(BLANKS)) for piece in text.split(",")
        ]
    pieces = []
    begin = 0
    for piece in text.split(","):
        left = begin + len(piece) - len(piece.lstrip(BLANKS))
        trimmed = piece.strip(BLANKS)
        pieces.append(part(scalar, left, left + len(trimmed)) if trimmed else part(scalar, begin, begin))
        begin += len(piece) + 1
    return pieces
