"""TL418: a replacement that names a group the pattern does not have.

`$1x` is the group called `1x`, not group 1 and an x; a group that does not exist is replaced by nothing, without a
word (R-169, R-171).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.regexp.syntax import read
from traefik_lint.runtime.types import Middleware, Runtime

_GROUP = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>\w+))", re.ASCII)


@check("TL418", "replacement-without-group", severity="warning")
def replacement_without_group(runtime: Runtime) -> Iterator[Draft]:
    for middleware in runtime.middlewares.values():
        if middleware.type in ("redirectRegex", "replacePathRegex"):
            yield from _findings(middleware)


def _findings(middleware: Middleware) -> Iterator[Draft]:
    options = middleware.options
    pattern = options.value("regex") if options is not None else None
    replacement = options.value("replacement") if options is not None else None
    if pattern is None or replacement is None or not pattern.known or not replacement.known:
        return
    if "$$" in replacement.text:
        return
    try:
        groups = read(pattern.text.strip()).groups
    except GoError:
        return
    for match in _GROUP.finditer(replacement.text):
        name = match["braced"] or match["bare"]
        if name in groups or (name.isdigit() and int(name) < len(groups)):
            continue
        number = re.match(r"\d+", name)
        meant = (
            "${" + number[0] + "}" + name[number.end() :] if number is not None and not name.isdigit() else ""
        )
        yield finding(
            replacement.sub(*match.span()),
            f"{quoted(match[0])} is the group called {quoted(name)}, which the pattern does not have: "
            "nothing is put in its place",
            hint=f"write {quoted(meant)}"
            if meant
            else "put the part that is meant into brackets in the pattern",
            related=[(pattern, "the pattern")],
        )
