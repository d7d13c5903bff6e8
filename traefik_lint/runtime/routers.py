"""Building http routers: entry points, parents, services, middlewares, rules (pkg/server/router; R-081 … R-111)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.golang.text import quote
from traefik_lint.runtime.expression.parser import parse
from traefik_lint.runtime.middlewares import MiddlewareBuilder
from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.services import HttpServices
from traefik_lint.runtime.static import MAX_INT, StaticConfiguration
from traefik_lint.runtime.status import MAX_DEPTH, BuildError, add_error
from traefik_lint.runtime.tls import TlsManager, configured_options
from traefik_lint.runtime.types import Router, Runtime

#: Priorities above this are Traefik's own (R-108).
MAX_USER_PRIORITY = MAX_INT - 1000


def read_rules(routers: dict[str, Router], runtime: Runtime) -> None:
    """Parse the rules of http or tcp routers in the language each is written in (R-093)."""
    for router in routers.values():
        rule, syntax = router.config.get("rule", ""), router.config.get("ruleSyntax", "")
        router.rule = parse(
            rule if isinstance(rule, str) else "",
            syntax=syntax if isinstance(syntax, str) else "",
            protocol=router.protocol,
            version=runtime.version,
        )


class HttpRouters:
    """Builds all http routers of a runtime and gives them their statuses."""

    __slots__ = ("_built", "_middlewares", "_points", "_runtime", "_services", "_tls")

    def __init__(
        self,
        runtime: Runtime,
        static: StaticConfiguration,
        services: HttpServices,
        middlewares: MiddlewareBuilder,
        tls: TlsManager,
    ) -> None:
        self._runtime = runtime
        self._services = services
        self._middlewares = middlewares
        self._tls = tls
        self._points = frozenset(static.tcp_entry_points)
        self._built: set[str] = set()

    def build(self) -> None:
        """Build every router: plain ones first, then those with TLS."""
        routers = self._runtime.routers
        if self._runtime.version >= (3, 6, 0):
            link_family(routers)
        for router in routers.values():
            use_entry_points(router, self._points, child="parentRefs" in router.config)
        for with_tls in (False, True):
            for router in routers.values():
                if router.tls is with_tls:
                    # What failed is tried again on the next entry point, and may fail otherwise.
                    any(self._is_settled(router) for _ in router.using)

    def _is_settled(self, router: Router) -> bool:
        """Build a router on one entry point; false when Traefik would try again on another."""
        rule = router.rule
        assert rule is not None
        self._set_priority(router)
        if router.priority > MAX_USER_PRIORITY and not router.name.endswith("@internal"):
            add_error(
                router,
                f"the router priority {router.priority} exceeds the max user-defined priority {MAX_USER_PRIORITY}",
                critical=True,
            )
            return True
        if router.config.get("parentRefs"):
            return True
        try:
            self._build_router(router)
        except BuildError as error:
            add_error(router, error.text, critical=True)
            return False
        if rule.error is not None:
            add_error(router, rule.error.text, critical=True)
        return True

    def _set_priority(self, router: Router) -> None:
        if router.priority == 0 and router.rule is not None:
            router.priority = router.rule.length
            if router.priority:
                router.config["priority"] = router.priority

    def _build_router(self, router: Router, depth: int = 0) -> None:
        if router.name in self._built or depth > MAX_DEPTH:
            return
        if router.tls:
            refusal = self._tls.refusal(configured_options(router))
            if refusal is not None:
                raise BuildError(f"building router handler: {refusal}")
        provider = provider_of(router.name)
        config = router.config
        names = config.get("middlewares")
        qualified = [qualify(name, provider) for name in names] if isinstance(names, list) else []
        if qualified:
            config["middlewares"] = qualified
        service = config.get("service")
        if router.children:
            self._build_children(router, depth + 1)
        elif isinstance(service, str) and service:
            self._services.build(qualify(service, provider), ())
        elif self._runtime.version >= (3, 6, 0):
            raise BuildError("router must have either a service or child routers")
        else:
            raise BuildError("the service is missing on the router")
        self._middlewares.build(qualified, router.name)
        self._built.add(router.name)

    def _build_children(self, router: Router, depth: int) -> None:
        added = 0
        for child in router.children:
            if child.errors:
                continue
            self._set_priority(child)
            try:
                self._build_router(child, depth)
                if child.rule is not None and child.rule.error is not None:
                    raise BuildError(child.rule.error.text)
            except BuildError as error:
                add_error(child, error.text, critical=True)
                continue
            added += 1
        if not added:
            skipped = len(router.children)
            raise BuildError(
                f"building child routers muxer: no child routers could be added to muxer ({skipped} skipped)"
            )


def use_entry_points(router: Router, known: frozenset[str], *, child: bool = False) -> None:
    """Note which entry points serve a router, and errors for those that don't exist (R-081)."""
    using = router.using
    for point in router.entry_points:
        if point in known:
            using.append(point)
        else:
            add_error(router, f"entryPoint {quote(point)} doesn't exist", critical=False)
    if not using and not child:
        add_error(router, "no valid entryPoint for this router", critical=True)
    if router.protocol == "http" and len(using) > 1:
        router.using = sorted(set(using))


def link_family(routers: dict[str, Router]) -> None:
    """Connect parents with their children and refuse what can't be reached (parentRefs; R-094)."""
    roots: list[str] = []
    for name, router in sorted(routers.items()):
        references = router.config.get("parentRefs")
        if not isinstance(references, list) or not references:
            roots.append(name)
            continue
        _link_parents(router, references, routers)
    visited: set[str] = set()
    for name in roots:
        _visit(routers[name], visited)
    for router in routers.values():
        service = bool(router.config.get("service"))
        if router.name not in visited:
            add_error(router, "router is not reachable", critical=True)
        elif not service and not router.children:
            add_error(router, "router has no service and no child routers", critical=True)
        elif service and router.children:
            add_error(
                router,
                "router has both a service and is referenced as a parent by other routers",
                critical=True,
            )


def _link_parents(router: Router, references: list[str], routers: dict[str, Router]) -> None:
    for reference in references:
        parent = routers.get(reference)
        if parent is None:
            add_error(router, f"parent router {quote(reference)} does not exist", critical=True)
        elif router not in parent.children:
            parent.children = [*parent.children, router]
    for key, word in (("tls", "TLS"), ("observability", "Observability"), ("entryPoints", "Entrypoints")):
        written = router.config.get(key)
        if key == "observability" and isinstance(written, dict) and list(written) == ["metadata"]:
            continue  # noted by the Kubernetes providers, not asked for by anybody
        if written is not None:
            add_error(router, f"non-root router cannot have {word} configuration", critical=True)
            return


def _visit(root: Router, visited: set[str]) -> None:
    """Walk down from a root, children by name; a link back to an ancestor is an error and is cut."""
    path: list[Router] = [root]
    on_path = {root.name}
    waiting = [_by_name(root.children)]
    visited.add(root.name)
    while path:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            on_path.discard(path.pop().name)
        elif child.name in on_path:
            guilty = path[-1]
            cycle = " -> ".join([*(step.name for step in path[path.index(child) :]), child.name])
            add_error(guilty, f"cyclic reference detected in router tree: {cycle}", critical=False)
            guilty.children = [other for other in guilty.children if other is not child]
        elif child.name not in visited:
            visited.add(child.name)
            path.append(child)
            on_path.add(child.name)
            waiting.append(_by_name(child.children))


def _by_name(routers: list[Router]) -> Iterator[Router]:
    return iter(sorted(routers, key=lambda router: router.name))
