"""What is known of certificate resolvers, and which router uses which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Router, Runtime


class Use(NamedTuple):
    """A router that orders certificates: ``name`` is where the resolver is named, ``tls`` what it stands in."""

    router: Router
    name: Value
    tls: Element
    acme: Element | None


def uses(runtime: Runtime) -> Iterator[Use]:
    """Every router with a certificate resolver of its own or of an entry point, once per definition and place."""
    seen: set[tuple[str, int]] = set()
    for router in [*runtime.routers.values(), *runtime.tcp_routers.values()]:
        tls = router.element.element("tls") if router.element is not None else None
        if router.tls_from_entry_point:
            point = runtime.entry_points.get(router.entry_points[0]) if router.entry_points else None
            tls = point.tls if point is not None else None
        name = tls.value("certResolver") if tls is not None else None
        if tls is None or name is None or not name.known or not name.text:
            continue
        key = (router.definition, id(tls))
        if key not in seen:
            seen.add(key)
            resolver = runtime.resolvers.get(name.text)
            yield Use(router, name, tls, resolver.element("acme") if resolver is not None else None)


def challenges(acme: Element) -> list[str]:
    """The challenges of an ACME resolver that are switched on (S-063, S-064); none is an empty list."""
    found = []
    if acme.string("httpChallenge", "entryPoint"):
        found.append("http")
    if "tlsChallenge" in acme:
        found.append("tls")
    if acme.string("dnsChallenge", "provider"):
        found.append("dns")
    return found


def is_certain(acme: Element) -> bool:
    """Whether everything said about challenges could be read."""
    values = (acme.value("httpChallenge", "entryPoint"), acme.value("dnsChallenge", "provider"))
    return all(value is None or value.known for value in values)
