"""What depends on the order in which Traefik builds, which is another at each load (R-164, R-207).

Traefik goes through routers, and through the children of a weighted service, in no order. As long as all can be
built nobody sees it. Where something fails, the order decides what was built before, and which text a cycle has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from traefik_lint.runtime.names import provider_of, qualify
from traefik_lint.runtime.types import Middleware, Router, Runtime, Service, Undetermined

#: An element of the runtime: its kind and its qualified name.
_Node = tuple[str, str]
_SHUFFLED = ("weighted", "highestRandomWeight", "loadBalancer")


def note_build_order(runtime: Runtime) -> None:
    """Note the http elements whose status or errors may come out otherwise at another load."""
    shaken = list(_shaken(runtime))
    if not shaken:
        return
    below = _below(runtime)
    above: dict[_Node, list[_Node]] = {}
    for node, children in below.items():
        for child in children:
            above.setdefault(child, []).append(node)
    found = _reached(_reached(shaken, below), above)
    names = tuple(sorted({name for _, name in found}))
    runtime.undetermined.append(Undetermined("build-order", names, "R-207"))


def _shaken(runtime: Runtime) -> Iterator[_Node]:
    """Elements that fail while something else is built beside them, or that lead back to themselves."""
    for service in runtime.services.values():
        if service.status == "disabled" and (_is_shuffled(service) or _is_cyclic(service)):
            yield "service", service.name
    for middleware in runtime.middlewares.values():
        if middleware.status == "disabled" and _is_cyclic(middleware):
            yield "middleware", middleware.name


def _is_shuffled(service: Service) -> bool:
    for kind in _SHUFFLED:
        options = service.config.get(kind)
        children = (
            options.get("servers" if kind == "loadBalancer" else "services")
            if isinstance(options, dict)
            else None
        )
        if isinstance(children, list) and len(children) > 1:
            return True
    return False


def _is_cyclic(element: Service | Middleware) -> bool:
    return any("recursion detected in" in error for error in element.errors)


def _below(runtime: Runtime) -> dict[_Node, list[_Node]]:
    """What each http element leads to."""
    below: dict[_Node, list[_Node]] = {}
    for router in runtime.routers.values():
        below["router", router.name] = list(_of_router(router))
    for service in runtime.services.values():
        below["service", service.name] = list(_of_service(service))
    for middleware in runtime.middlewares.values():
        below["middleware", middleware.name] = list(_of_middleware(middleware))
    return below


def _of_router(router: Router) -> Iterator[_Node]:
    yield from _named("middleware", router.config.get("middlewares"), router.name)
    yield from _named("service", [router.config.get("service")], router.name)
    for child in router.children:
        yield "router", child.name


def _of_service(service: Service) -> Iterator[_Node]:
    yield from _named("middleware", service.config.get("middlewares"), service.name)
    for options in service.config.values():
        if not isinstance(options, dict):
            continue
        yield from _named("service", [options.get("service"), options.get("fallback")], service.name)
        for key in ("services", "mirrors"):
            members = options.get(key)
            if isinstance(members, list):
                names = [member.get("name") for member in members if isinstance(member, dict)]
                yield from _named("service", names, service.name)


def _of_middleware(middleware: Middleware) -> Iterator[_Node]:
    for options in middleware.config.values():
        if isinstance(options, dict):
            yield from _named("middleware", options.get("middlewares"), middleware.name)
            yield from _named("service", [options.get("service")], middleware.name)


def _named(kind: str, names: object, owner: str) -> Iterator[_Node]:
    for name in names if isinstance(names, list) else ():
        if isinstance(name, str) and name:
            yield kind, qualify(name, provider_of(owner))


def _reached(start: Iterable[_Node], ways: dict[_Node, list[_Node]]) -> set[_Node]:
    found = set(start)
    pending = list(found)
    while pending:
        for node in ways.get(pending.pop(), ()):
            if node not in found:
                found.add(node)
                pending.append(node)
    return found
