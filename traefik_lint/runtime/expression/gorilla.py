"""The templates of the v2 rule language, `{name}` and `{name:regexp}` (R-124)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import quote

#: What a template is matched against.
Target: TypeAlias = Literal["host", "path", "path-prefix", "query", "sni"]

_DEFAULT_PATTERN = {"path": "[^/]+", "path-prefix": "[^/]+", "query": ".*", "host": "[^.]+", "sni": "[^.]+"}
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")


class Template(NamedTuple):
    """A template's regular expression and the names of its variables."""

    pattern: str
    variables: tuple[str, ...]


def quote_meta(text: str) -> str:
    """Escape a text for a Go regular expression, as `regexp.QuoteMeta` does."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def braces(template: str) -> list[tuple[int, int]]:
    """The outermost pairs of braces, as start and end; raises GoError."""
    pairs: list[tuple[int, int]] = []
    level = start = 0
    for offset, char in enumerate(template):
        if char == "{":
            level += 1
            if level == 1:
                start = offset
        elif char == "}":
            level -= 1
            if level == 0:
                pairs.append((start, offset + 1))
            elif level < 0:
                break
    if level != 0:
        raise GoError(f"mux: unbalanced braces in {quote(template)}")
    return pairs


@lru_cache(maxsize=1024)
def compile_template(template: str, target: Target) -> Template:
    """Turn a template into a regular expression as gorilla's router does; raises GoError."""
    from traefik_lint.golang import regexp

    pattern = ["(?i)^" if target in ("host", "sni") else "^"]
    variables: list[str] = []
    end = 0
    for start, stop in braces(template):
        name, colon, expression = template[start + 1 : stop - 1].partition(":")
        if not colon:
            expression = _DEFAULT_PATTERN[target]
        if not name or not expression:
            raise GoError(f"mux: missing name or pattern in {quote(template[start:stop])}")
        pattern.append(f"{quote_meta(template[end:start])}(?P<v{len(variables)}>{expression})")
        if target != "sni":
            regexp.check(f"^{expression}$")
        variables.append(name)
        end = stop
    pattern.append(quote_meta(template[end:]))
    if target == "query" and template.endswith("=") and template.count("=") == 1:
        pattern.append(_DEFAULT_PATTERN["query"])
    if target != "path-prefix":
        pattern.append("$")
    whole = "".join(pattern)
    regexp.check(whole)
    return Template(whole, tuple(variables))
