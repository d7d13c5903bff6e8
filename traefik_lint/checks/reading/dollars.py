"""TL045: a doubled dollar sign where nothing makes one of the two.

Compose turns `$$` into `$` in its own files only (C-042, C-046); in a dynamic file or an object a password hash with
doubled signs never matches (R-173), and a replacement `$${1}` is the text `${1}` (R-169).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.runtime.types import Runtime

_HASH = re.compile(r":\$\$(?:apr1|2[abxy]|1|5|6)\$\$")
_GROUP = re.compile(r"\$\$(?:\{\w+\}|\w+)")


@check("TL045", "doubled-dollar", severity="warning")
def doubled_dollar(runtime: Runtime) -> Iterator[Draft]:
    for reading in readings(runtime):
        if reading.scope == "static":
            continue
        for value in _values(reading.decoded.element):
            name = value.spec.path.rpartition(".")[2]
            match, effect = None, ""
            if name == "users[]":
                match, effect = _HASH.search(value.text), "so no password ever fits the hash"
            elif name == "replacement":
                match, effect = _GROUP.search(value.text), "so the text itself is put in, not the group"
            if match is not None and value.known:
                single = value.text.replace("$$", "$")
                where = (
                    "compose already made one of two here"
                    if reading.scope == "labels"
                    else "only compose makes one of two"
                )
                message = f"Traefik takes both dollar signs as they are ({where}), {effect}"
                yield finding(value.sub(*match.span()), message, hint=f"write {quoted(single)}")


def _values(root: Element) -> Iterator[Value]:
    waiting: list[Decodable] = [root]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Value):
            if isinstance(here.data, str) and "$$" in here.data:
                yield here
        elif isinstance(here, Items):
            waiting.extend(here.items)
        else:
            waiting.extend(here.fields.values())
