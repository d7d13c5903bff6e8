"""TL619, TL620, TL621: settings of Traefik's own container that keep it from its work.

`traefik healthcheck` asks `/ping`, which is there only when `ping` is on (S-074). The swarm provider asks a manager's
daemon. A container in internal networks alone publishes no port.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from traefik_lint.checks.containers.settings import providers
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_LINE = re.compile(r"([ ]*)[^\n]*\n?")
_IS_INTERNAL = re.compile(r"internal:\s*true(?:\s+#.*)?")


@check("TL619", "health-check-without-ping", severity="warning")
def health_check_without_ping(runtime: Runtime) -> Iterator[Draft]:
    traefik, known, static = runtime.deployment.traefik, providers(runtime), runtime.deployment.static
    if traefik is None or known is None or static is None or traefik.healthcheck is None:
        return
    test = traefik.healthcheck.get("test")
    text, place = _text(test)
    asks = ("traefik" in text and "healthcheck" in text) or "/ping" in text
    if place is None or not asks or "ping" in static.element or static.element.element("ping") is not None:
        return
    if static.element.flag("api", "insecure") and "/ping" not in text and "healthcheck" not in text:
        return
    yield finding(
        place,
        f"ping is off, so this health check always fails and {quoted(traefik.name.value)} is never healthy",
        hint="switch it on: --ping=true, or in the static file ping: {}",
    )


@check("TL620", "swarm-provider-on-worker", severity="error")
def swarm_provider_on_worker(runtime: Runtime) -> Iterator[Draft]:
    traefik, known = runtime.deployment.traefik, providers(runtime)
    options = known.swarm if known is not None else None
    if (
        traefik is None
        or options is None
        or not options.string("endpoint", default="unix://").startswith("unix://")
    ):
        return
    deploy = traefik.node.get("deploy")
    placement = deploy.get("placement") if isinstance(deploy, Mapping) else None
    constraints = placement.get("constraints") if isinstance(placement, Mapping) else None
    for one in constraints if isinstance(constraints, Sequence) else ():
        if not isinstance(one, Scalar) or one.unknown:
            continue
        if "".join(one.value.split()).lower() in ("node.role==worker", "node.role!=manager"):
            yield finding(
                one,
                "the daemon of a worker does not tell of services: Traefik gets errors, and sees none",
                hint="write node.role == manager",
            )


@check("TL621", "ports-in-internal-network", severity="warning")
def ports_in_internal_network(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.network_mode is not None or not traefik.ports or not traefik.networks:
        return
    places = [_internal(one.network.node) for one in traefik.networks]
    first = places[0]
    if first is None or None in places:
        return
    yield finding(
        first,
        f"{quoted(traefik.name.value)} is in internal networks only, where docker publishes no port: nobody reaches it "
        "from outside",
        hint="take internal out, or attach Traefik to another network as well",
        related=[(traefik.name, "Traefik runs in this container")],
    )


def _internal(key: Node | None) -> Span | None:
    """Where the definition of a network says that it is internal; ``key`` is its name."""
    if key is None:
        return None
    text = key.file.text
    begin = text.rfind("\n", 0, key.start) + 1
    depth = key.start - begin
    for line in _LINE.finditer(text, text.find("\n", key.end) + 1 or len(text)):
        words = line[0].strip()
        if words and not words.startswith("#") and len(line[1]) <= depth:
            return None
        if _IS_INTERNAL.fullmatch(words):
            return key.span._replace(
                start=line.start() + len(line[1]), end=line.start() + len(line[0].rstrip())
            )
    return None


def _text(test: Node | None) -> tuple[str, Span | None]:
    if isinstance(test, Scalar):
        return ("", None) if test.unknown else (test.value, test.span)
    if isinstance(test, Sequence):
        words = [word.value for word in test if isinstance(word, Scalar) and not word.unknown]
        return " ".join(words), test.span
    return "", None
