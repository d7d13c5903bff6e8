"""Routers of files: entry points, models, priorities, parents (R-080 … R-111); expectations from the real binary."""

from __future__ import annotations

import pytest

from .worlds import world

S = "  services: {s: {loadBalancer: {servers: [{url: 'http://w'}]}}}\n"


def http(routers: str, rest: str = "") -> str:
    return f"http:\n  routers:\n    {routers}\n{S}{rest}"


@pytest.mark.parametrize(
    ("router", "status", "errors", "using"),
    [
        # no entry points written means all of them
        ("r: {rule: 'Host(`a.test`)', service: s}", "enabled", [], ["web", "websecure"]),
        # unknown ones warn while another is left
        (
            "r: {rule: 'Host(`a.test`)', service: s, entryPoints: [web, nope]}",
            "warning", ['entryPoint "nope" doesn\'t exist'], ["web"],
        ),
        (
            "r: {rule: 'Host(`a.test`)', service: s, entryPoints: [Web]}",
            "disabled", ['entryPoint "Web" doesn\'t exist', "no valid entryPoint for this router"], [],
        ),
        #
        (
            "r: {rule: 'Host(`a.test`)', service: s, priority: 9223372036854774808, entryPoints: [web]}",
            "disabled",
            [
                ("the router priority 9223372036854774808 exceeds the max user-defined priority"
                " 9223372036854774807")
            ],
            ["web"],
        ),
        #
        (
            "r: {rule: 'Host(`a.test`)', service: zz, entryPoints: [web]}",
            "disabled", ['the service "zz@file" does not exist'], ["web"],
        ),
        (
            "r: {rule: 'Host(`a.test`)', service: s, middlewares: [x, y], entryPoints: [web]}",
            "disabled", ['middleware "y@file" does not exist'], ["web"],
        ),
        #
        (
            "r: {rule: 'Host(`a.test`)', entryPoints: [web]}",
            "disabled",
            ["router has no service and no child routers", "router must have either a service or child routers"],
            ["web"],
        ),
    ],
)  # fmt: skip
def test_status_of_a_router(router: str, status: str, errors: list[str], using: list[str]) -> None:
    found = world(http(router)).routers["r@file"]
    assert (found.status, found.errors, found.using) == (status, errors, using)


def test_a_router_is_split_where_an_entry_point_lends_it_something() -> None:
    static = """
entryPoints:
  web: {address: ":80"}
  websecure: {address: ":443", http: {tls: {certResolver: le}, middlewares: [m@file]}}
providers: {file: {directory: d}}
"""
    runtime = world(
        http(
            "r: {rule: 'Host(`a.test`)', service: s}",
            "  middlewares: {m: {addPrefix: {prefix: /a}}}\n",
        ),
        static=static,
    )
    assert sorted(runtime.routers) == ["r@file", "websecure-r@file"]
    plain, lent = runtime.routers["r@file"], runtime.routers["websecure-r@file"]
    assert (plain.tls, plain.entry_points) == (False, ["web"])
    assert (lent.tls, lent.tls_from_entry_point, lent.entry_points) == (True, True, ["websecure"])
    assert lent.priority == plain.priority == len("Host(`a.test`)")
    assert [reference.name for reference in lent.middlewares] == ["m@file"]
    assert lent.definition == "r@file"


@pytest.mark.parametrize(
    ("flagged", "entry_points"),
    [
        ("websecure", ["websecure"]),
        ("traefik", []),  # S-036: only what is flagged, and that one is never a default
    ],
)
def test_default_entry_points(flagged: str, entry_points: list[str]) -> None:
    static = f"""
entryPoints:
  web: {{address: ":80"{", asDefault: true" if flagged == "web" else ""}}}
  websecure: {{address: ":443"{", asDefault: true" if flagged == "websecure" else ""}}}
  traefik: {{address: ":8080"{", asDefault: true" if flagged == "traefik" else ""}}}
providers: {{file: {{directory: d}}}}
"""
    runtime = world(http("r: {rule: 'Host(`a.test`)', service: s}"), static=static)
    assert runtime.routers["r@file"].entry_points == entry_points


def test_a_redirection_becomes_a_router_of_the_highest_priority() -> None:
    static = """
entryPoints:
  web: {address: ":80", http: {redirections: {entryPoint: {to: websecure}}}}
  websecure: {address: ":8443"}
"""
    runtime = world(static=static)
    router = runtime.routers["web-to-websecure@internal"]
    assert (router.rule.text if router.rule else "", router.priority) == ("HostRegexp(`^.+$`)", 2**63 - 2)
    options = runtime.middlewares["redirect-web-to-websecure@internal"].config["redirectScheme"]
    assert options == {"scheme": "https", "port": "8443", "permanent": True}  # S-038


def test_children_are_built_below_their_parent() -> None:
    runtime = world(
        http(
            "p: {rule: 'Host(`a.test`)', entryPoints: [web]}\n"
            "    c: {rule: 'Path(`/x`)', service: s, parentRefs: [p]}\n"
            "    lost: {rule: 'Path(`/y`)', service: s, parentRefs: [nope]}"
        )
    )
    assert {name: router.status for name, router in runtime.routers.items()} == {
        "p@file": "enabled", "c@file": "enabled", "lost@file": "disabled",
    }  # fmt: skip
    assert runtime.routers["lost@file"].errors == [
        'parent router "nope@file" does not exist',
        "router is not reachable",
    ]
    assert [child.name for child in runtime.routers["p@file"].children] == ["c@file"]


def test_routers_with_one_rule_and_one_priority_tie() -> None:
    runtime = world(
        http(
            "a: {rule: 'Host(`a.test`)', service: s, entryPoints: [web]}\n"
            "    b: {rule: 'Host(`a.test`)', service: s, entryPoints: [web]}\n"
            "    c: {rule: 'Host(`a.test`)', service: s, entryPoints: [websecure]}"
        )
    )
    assert [(tie.kind, tie.names) for tie in runtime.undetermined] == [
        ("equal-priority", ("a@file", "b@file"))
    ]


def test_a_long_chain_of_parents_does_not_overflow() -> None:
    routers = "\n    ".join(
        ["r0: {rule: 'Path(`/`)', entryPoints: [web]}"]
        + [f"r{n}: {{rule: 'Path(`/`)', parentRefs: [r{n - 1}]}}" for n in range(1, 3000)]
    )
    runtime = world(http(routers))
    assert runtime.routers["r2999@file"].errors[0] == "router has no service and no child routers"
