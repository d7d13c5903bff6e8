"""Media types as Go's `mime.ParseMediaType` reads them (R-178)."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+\-.0-9A-Z^_`a-z|~]+")
_QUOTED = re.compile(r'"(?:[^"\\\r\n]|\\.)*"')


def media_type_error(text: str) -> str | None:
    """Go's reason to refuse a media type, None when it is fine."""
    base, _, parameters = text.partition(";")
    refused = _type_error(base.strip().lower())
    return refused or _parameters_error(parameters if ";" in text else "")


def _type_error(base: str) -> str | None:
    token = _TOKEN.match(base)
    if token is None:
        return "mime: no media type"
    rest = base[token.end() :]
    if not rest:
        return None
    if not rest.startswith("/"):
        return "mime: expected slash after first token"
    subtype = _TOKEN.match(rest, 1)
    if subtype is None:
        return "mime: expected token after slash"
    return "mime: unexpected content after media subtype" if subtype.end() != len(rest) else None


def _parameters_error(rest: str) -> str | None:
    seen: set[str] = set()
    rest = rest.strip(" \t\r\n")
    while rest:
        name = _TOKEN.match(rest)
        if name is None or rest[name.end() :].lstrip()[:1] != "=":
            return "mime: invalid media parameter"
        value_at = rest[name.end() :].lstrip()[1:].lstrip()
        value = _QUOTED.match(value_at) or _TOKEN.match(value_at)
        if value is None:
            return "mime: invalid media parameter"
        if name[0].lower() in seen:
            return "mime: duplicate parameter name"
        seen.add(name[0].lower())
        rest = value_at[value.end() :].lstrip()
        if rest and not rest.startswith(";"):
            return "mime: invalid media parameter"
        rest = rest[1:].lstrip()
    return None
