"""TL046: a placeholder that nobody fills in, for Traefik gets the file as it is.

Traefik knows no `${NAME}` in files, and Go templates only in dynamic ones (R-236, S-002). Compose fills in `${NAME}` in
its own files only. A file that compose mounts straight into Traefik's container reaches it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime

_SHELL = re.compile(r"\$\{[A-Za-z_]\w*(?::?[-?+][^}]*)?\}")
_TEMPLATE = re.compile(r"\{\{.*?\}\}")
#: Where such texts are Traefik's own business.
_OWN = frozenset(("replacement", "regex", "defaultRule", "query"))


@check("TL046", "placeholder-nobody-fills-in", severity="warning", confidence="medium")
def placeholder_nobody_fills_in(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or not _is_plain(traefik):
        return
    mounted = {mount.path for mount in traefik.mounts if mount.path}
    for reading in readings(runtime):
        if reading.scope not in ("static", "dynamic") or reading.notation not in ("yaml", "toml"):
            continue
        root = reading.decoded.element.node.file
        if not root.real or not any(
            root.real == path or root.real.startswith(path + "/") for path in mounted
        ):
            continue
        for value in _values(reading.decoded.element):
            found = _SHELL.search(value.text)
            where = "files"
            if found is None and reading.scope == "static":
                found, where = _TEMPLATE.search(value.text), "its static file"
            name = value.spec.path.rpartition(".")[2].removesuffix("[]")
            if found is None or name in _OWN:
                continue
            yield finding(
                value.sub(*found.span()),
                f"nobody fills in {quoted(found[0])}: Traefik knows no such thing in {where}, and takes it as it is",
                hint=_hint(reading.scope, found[0]),
            )


def _hint(scope: str, text: str) -> str:
    if scope == "dynamic":
        name = re.findall(r"\w+", text)[0]
        return f'write {{{{ env "{name}" }}}}, and give Traefik\'s container the variable'
    return "write the value itself, or use flags in the compose file"


def _is_plain(traefik: ComposeService) -> bool:
    """Whether Traefik gets its files as they are mounted, with nothing run before."""
    return (
        traefik.image is not None
        and is_traefik_image(traefik.image.value)
        and traefik.entrypoint is None
        and traefik.node.get("build") is None
    )


def _values(root: Element) -> Iterator[Value]:
    waiting: list[Decodable] = [root]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Value):
            if "${" in here.text or "{{" in here.text:
                yield here
        elif isinstance(here, Items):
            waiting.extend(here.items)
        else:
            waiting.extend(here.fields.values())
