"""The annotations that Traefik reads on an Ingress and on a Service behind one (K-101, K-102)."""

from __future__ import annotations

from functools import cache

from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.spec import Kind, Spec
from traefik_lint.options.version import Version

PREFIX = "traefik.ingress.kubernetes.io/"

_ROUTER: tuple[tuple[str, Kind, Version | None], ...] = (
    ("pathMatcher", "string", None),
    ("entryPoints", "list", None),
    ("middlewares", "list", None),
    ("priority", "int", None),
    ("ruleSyntax", "string", Version(3, 1, 3)),
)
_SERVICE: tuple[tuple[str, Kind, Version | None], ...] = (
    ("serversScheme", "string", None),
    ("serversTransport", "string", None),
    ("passHostHeader", "bool", None),
    ("middlewares", "list", Version(3, 7, 0)),
    ("nativeLB", "bool", None),
    ("nodePortLB", "bool", Version(3, 1, 0)),
)


@cache
def ingress_annotations() -> Spec:
    """What may stand behind the prefix: ``router`` (on an Ingress) and ``service`` (on a Service)."""
    root = Spec("annotations", "", "struct")
    router = _section("router", _ROUTER)
    service = _section("service", _SERVICE)
    http = dynamic().fields["http"]
    routers, services = http.fields["routers"].item, http.fields["services"].item
    if routers is None or services is None:
        raise ValueError("routers and services are maps")
    router.fields["tls"] = routers.fields["tls"]
    router.fields["observability"] = routers.fields["observability"]
    service.fields["sticky"] = services.fields["loadbalancer"].fields["sticky"]
    root.fields = {"router": router, "service": service}
    return root


def _section(name: str, options: tuple[tuple[str, Kind, Version | None], ...]) -> Spec:
    section = Spec(name, name, "struct")
    for option, kind, since in options:
        spec = section.fields[option.lower()] = Spec(option, f"{name}.{option}", kind)
        spec.go_type = kind
        if kind == "list":
            spec.item = Spec("[]", f"{spec.path}[]", "string")
            spec.item.go_type = "string"
        if since is not None:
            spec.since = since
            spec.windows = ((since, None),)
    return section
