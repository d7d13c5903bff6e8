"""Each table's texts are what Traefik 3.7.15 says for the same input, None where it accepts it."""

from __future__ import annotations

import pytest

from tests.options.trees import (
    error_of,
    from_json,
    from_labels,
    from_provider_labels,
    from_static,
    from_toml,
    from_yaml,
    kinds_of,
    path_tree,
)
from traefik_lint.model.values import Element
from traefik_lint.options.catalogue import dynamic, static
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST, Version

ROUTER = "http: {routers: {a: {%s}}}"
MIDDLEWARE = "http: {middlewares: {m: {%s}}}"
HEALTH_CHECK = "http: {services: {s: {loadBalancer: {healthCheck: {%s}}}}}"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        # names
        (ROUTER % "rule: x, service: s", None),
        (ROUTER % "RULE: x, ENTRYPOINTS: [web]", None),
        (ROUTER % "rul: x", "field not found, node: rul"),
        ("http: {router: {a: {rule: x}}}", "field not found, node: router"),
        ("htpp: {routers: {a: {rule: x}}}", None),
        ("entryPoints: {web: {address: ':80'}}", None),
        # what may stand alone
        ("http: {}", "http cannot be a standalone element (type *dynamic.HTTPConfiguration)"),
        ("http: {routers: {}}", "routers cannot be a standalone element (type map[string]*dynamic.Router)"),
        (
            "http: {routers: null}",
            "http cannot be a standalone element (type *dynamic.HTTPConfiguration)",
        ),
        ("http: {routers: null, services: {s: {}}}", None),
        (ROUTER % "tls: {}", None),
        (ROUTER % "tls: [a]", None),
        (MIDDLEWARE % "compress: {}", None),
        (MIDDLEWARE % "addPrefix: {}", "addPrefix cannot be a standalone element (type *dynamic.AddPrefix)"),
        (
            MIDDLEWARE % "addPrefix: /x",
            "addPrefix cannot be a standalone element (type *dynamic.AddPrefix)",
        ),
        ("http: {routers: {a: x}}", None),
        ("http: {routers: [{rule: x}]}", None),
        # values (R-013 …)
        (ROUTER % "priority: '7'", None),
        (ROUTER % "priority: 7.0", None),
        (ROUTER % "priority: 7.5", 'strconv.ParseInt: parsing "7.500000": invalid syntax'),
        (ROUTER % "priority: 0x10", None),
        (ROUTER % "priority: ''", 'strconv.ParseInt: parsing "": invalid syntax'),
        (
            ROUTER % "priority: 9223372036854775808",
            'strconv.ParseInt: parsing "9223372036854775808": value out of range',
        ),
        (ROUTER % "priority: [1, 2]", 'strconv.ParseInt: parsing "║2║1║2": invalid syntax'),
        (ROUTER % "priority: [a, 2]", 'strconv.ParseInt: parsing "║24║a║2": invalid syntax'),
        (ROUTER % "rule: {a: b}", "invalid node rule: string"),
        (ROUTER % "rule: [a, b]", None),
        (ROUTER % "entryPoints: {a: b}", None),
        (ROUTER % "entryPoints: [{a: b}]", "field not found, node: a"),
        (ROUTER % "observability: {metrics: {a: b}}", "invalid node metrics: ptr"),
        (ROUTER % "observability: {metrics: on}", 'strconv.ParseBool: parsing "on": invalid syntax'),
        (
            MIDDLEWARE % "retry: {attempts: 2, initialInterval: 10x}",
            'time: unknown unit "x" in duration "10x"',
        ),
        (MIDDLEWARE % "retry: {attempts: 2, initialInterval: 5}", None),
        # lists of sections
        (ROUTER % "tls: {domains: [a.test]}", None),
        (ROUTER % "tls: {domains: {main: a.test}}", None),
        (ROUTER % "tls: {domains: [{man: a.test}]}", "field not found, node: man"),
        # what the file loader refuses wherever it stands
        (ROUTER % "rule: 2020-01-01", "field rule uses unsupported type: struct"),
        (ROUTER % "entryPoints: [[a]]", "unsupported simple value type: slice"),
        (ROUTER % "entryPoints: [null]", "unsupported simple value type: invalid"),
        ("custom: {a: [[1]]}", None),
        # free bodies
        (MIDDLEWARE % "plugin: {p: {a: 1, b: [1, 2], c: {d: [x]}}}", None),
        (MIDDLEWARE % "plugin: {p: x}", None),
        (MIDDLEWARE % "plugin: {p: {a: [[1]]}}", "unsupported simple value type: slice"),
    ],
)
def test_a_yaml_file_is_accepted_or_refused(text: str, error: str | None) -> None:
    assert error_of(from_yaml(text)) == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        # the loader's pass is before that over names, and that before values
        (ROUTER % "priority: x, zz: [[1]]", "unsupported simple value type: slice"),
        (ROUTER % "priority: x, zz: 1", "field not found, node: zz"),
        # within one pass the keys' byte order decides
        ("tcp: {x: 1}\nhttp: {y: 1}", "field not found, node: y"),
        ("http: {routers: {b: {x: 1}, B: {y: 1}}}", "field not found, node: y"),
        (
            ROUTER % "tls: false, priority: x" + "\ntcp: {}",
            "tcp cannot be a standalone element (type *dynamic.TCPConfiguration)",
        ),
    ],
)
def test_which_of_several_problems_is_the_error(text: str, error: str) -> None:
    assert error_of(from_yaml(text)) == error


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (ROUTER % "tls: yes", [("switched-off", "yes")]),
        (ROUTER % "tls: true", []),
        (ROUTER % "tls: false", []),
        (ROUTER % "tls: null", [("null-value", "tls")]),
        (ROUTER % "rul: null", [("unknown-field", "rul")]),
        (ROUTER % "rule: [a]", [("wrong-type", "[a]")]),
        (ROUTER % "rule: a, Rule: b", [("case-duplicate", "Rule")]),
        ("http: {routers: {a: null, b: {}}}", [("null-value", "a")]),
        ("http: {routers: {a: ':80'}}", [("wrong-type", "':80'")]),
        ("entryPoints: {a: {}}", [("ignored-root", "entryPoints")]),
        (ROUTER % "tls: {domains: [a.test]}", [("wrong-type", "a.test")]),
        (
            "http: {services: {s: {loadBalancer: {servers: [{scheme: http}]}}}}",
            [("ignored-option", "scheme")],
        ),
        (MIDDLEWARE % "errors: {statusRewrites: {404: 200}}", [("non-string-key", "404")]),
        (MIDDLEWARE % "headers: {customRequestHeaders: {X: [a]}}", [("wrong-type", "X")]),
    ],
)
def test_what_traefik_passes_over_is_noted(text: str, kinds: list[tuple[str, str]]) -> None:
    decoded = from_yaml(text)
    assert (kinds_of(decoded), decoded.error) == (kinds, None)


def test_values_are_converted_and_know_where_they_stand() -> None:
    text = "http: {routers: {a: {entrypoints: 'web , ws', priority: 0x10, tls: {certResolver: le}}}}"
    router = from_yaml(text).element.element("http", "routers", "a")
    assert router is not None
    assert [(value.text, value.span.text) for value in router.values("entryPoints")] == [
        ("web", "web"),
        ("ws", "ws"),
    ]
    assert router.integer("priority") == 16
    assert router.string("tls", "certResolver") == "le"
    priority = router.value("priority")
    assert priority is not None
    assert priority.key is not None
    assert priority.key.value == "priority"


@pytest.mark.parametrize(
    ("text", "path", "nanoseconds"),
    [
        ("interval: 5", "interval", 5_000_000_000),
        ("interval: '5'", "interval", 5_000_000_000),
        ("interval: 1m30s", "interval", 90_000_000_000),
        ("timeout: -3", "timeout", -3_000_000_000),
    ],
)
def test_durations_are_nanoseconds(text: str, path: str, nanoseconds: int) -> None:
    decoded = from_yaml(HEALTH_CHECK % text)
    place = ("http", "services", "s", "loadBalancer", "healthCheck")
    assert decoded.element.integer(*place, path) == nanoseconds


def test_two_spellings_of_a_section_are_filled_one_after_the_other() -> None:
    decoded = from_yaml(
        "HTTP: {routers: {a: {rule: x}, b: {}}}\nhttp: {routers: {a: {service: s}}, services: {s: {}}}"
    )
    http = decoded.element.element("http")
    assert http is not None
    routers = http.element("routers")
    assert routers is not None
    assert {name: list(entry.fields) for name, entry in routers if isinstance(entry, Element)} == {
        "a": ["service"],
        "b": [],
    }
    assert http.element("services") is not None


def test_toml_is_read_alike() -> None:
    decoded = from_toml(
        '[http.routers.a]\nrule = "x"\npriority = 7\nentryPoints = ["web"]\n[http.routers.1]\nrule = "y"\n'
    )
    assert decoded.problems == ()
    routers = decoded.element.element("http", "routers")
    assert routers is not None
    assert list(routers.fields) == ["1", "a"]
    assert error_of(from_toml("[http.routers]\n")) == (
        "routers cannot be a standalone element (type map[string]*dynamic.Router)"
    )
    assert error_of(from_toml("[http.routers.a]\nrule = 2020-01-01\n")) == (
        "field rule uses unsupported type: struct"
    )


LABEL = "traefik.http."


@pytest.mark.parametrize(
    ("labels", "error"),
    [
        (["routers.w.Rule=x", "routers.w.tls=true"], None),
        (["routers.w.rul=x"], "field not found, node: rul"),
        (["routers.w.rule =x"], "field not found, node: rule "),
        (["routers.my.app.rule=x"], "field not found, node: app"),
        (["routers.w=x", "middlewares.m=y"], None),
        (
            ["middlewares.m.stripprefix=true"],
            "stripprefix cannot be a standalone element (type *dynamic.StripPrefix)",
        ),
        (["middlewares.m.compress=true"], None),
        (["services.s.loadbalancer.server.port=80"], None),
        (["services.s.loadbalancer.servers.port=80"], "field not found, node: servers"),
        (["services.s.loadbalancer.servers[0].port=80"], "field not found, node: servers"),
        (["services.s.loadbalancer.server=80"], "invalid slice: node server"),
        (["services.s.loadbalancer.passhostheader=yes"], 'strconv.ParseBool: parsing "yes": invalid syntax'),
        (["services.s.loadbalancer.passhostheader="], 'strconv.ParseBool: parsing "": invalid syntax'),
        (["routers.w.priority=high"], 'strconv.ParseInt: parsing "high": invalid syntax'),
        (["routers.w.entrypoints[0]=web"], None),
        (["routers.w.tls.domains[0].main=a.test"], None),
        (["routers.w.tls.domains[0].man=a.test"], "field not found, node: man"),
        (["services.s.weighted.services[0].name=a"], None),
        (["routers.w.rule.x=1"], "invalid node rule: string"),
        (["middlewares.m.plugin.p.a.b=1"], None),
        # which problem comes first: the bytes of the whole keys
        (["routers.a.x=1", "routers.a-b.y=1"], "field not found, node: y"),
        (["routers.W.x=1", "routers.w.y=1"], "field not found, node: x"),
        (["ROUTERS.a.y=1", "routers.a.x=1"], "field not found, node: y"),
    ],
)
def test_labels_are_accepted_or_refused(labels: list[str], error: str | None) -> None:
    assert error_of(from_labels(*(LABEL + label for label in labels))) == error


def test_labels_outside_the_roots_may_be_in_the_tree() -> None:
    labels = ["traefik.enable=true", "traefik.frontend.rule=x", "traefik.tls.options.o.sniStrict=true"]
    labels.append("traefik.tls.stores.default.defaultGeneratedCert.resolver=le")
    decoded = decode(path_tree(labels, "label"), dynamic(), "label", NEWEST)
    assert kinds_of(decoded) == [("ignored-root", "frontend"), ("ignored-option", "options")]
    store = decoded.element.element("tls", "stores", "default", "defaultGeneratedCert")
    assert store is not None
    assert store.string("resolver") == "le"


def test_names_that_differ_in_case_are_one_and_the_first_spelling_stays() -> None:
    decoded = from_labels(
        "traefik.http.routers.w.rule=b", "traefik.http.routers.W.rule=a", "traefik.http.routers.W.service=s"
    )
    routers = decoded.element.element("http", "routers")
    assert routers is not None
    assert list(routers.fields) == ["W"]
    assert (routers.string("W", "rule"), routers.string("W", "service")) == ("b", "s")


def test_indices_only_order_and_by_their_text() -> None:
    keys = [f"traefik.http.routers.w.tls.domains[{index}].main={index}" for index in (0, 1, 2, 10)]
    domains = from_labels(*keys).element.elements("http", "routers", "w", "tls", "domains")
    assert [domain.string("main") for domain in domains] == ["0", "10", "1", "2"]


@pytest.mark.parametrize(
    ("labels", "on"),
    [
        (["tls=true"], True),
        (["tls=TRUE"], True),
        (["tls="], True),
        (["tls.certresolver=le"], True),
        (["tls=true", "tls.certresolver=le"], True),
        (["tls=false", "tls.certresolver=le"], False),
        (["tls=yes"], False),
        (["tls={}"], False),
    ],
)
def test_when_a_switch_is_on(labels: list[str], on: bool) -> None:
    decoded = from_labels(
        "traefik.http.routers.w.rule=x", *(f"traefik.http.routers.w.{label}" for label in labels)
    )
    router = decoded.element.element("http", "routers", "w")
    assert router is not None
    assert ("tls" in router, decoded.error) == (on, None)


def test_an_option_that_labels_ignore_is_noted_and_left_out() -> None:
    decoded = from_labels(
        "traefik.http.services.s.weighted.services[0].name=a",
        "traefik.http.services.s.failover.healthcheck=true",
    )
    service = decoded.element.element("http", "services", "s")
    assert service is not None
    assert service.fields == {}
    assert kinds_of(decoded) == [("ignored-option", "failover"), ("ignored-option", "weighted")]


def test_segments_and_items_point_at_their_own_characters() -> None:
    decoded = from_labels("traefik.http.routers.api.middlewares= a , b@file")
    (first, second) = decoded.element.values("http", "routers", "api", "middlewares")
    assert (first.span.text, second.span.text) == ("a", "b@file")
    assert first.span.start == len("traefik.http.routers.api.middlewares= ")
    router = decoded.element.element("http", "routers", "api")
    assert router is not None
    assert router.span.text == "api"


@pytest.mark.parametrize(
    ("provider", "label", "error"),
    [
        ("docker", "traefik.enable=true", None),
        ("docker", "traefik.enable=yes", 'strconv.ParseBool: parsing "yes": invalid syntax'),
        ("docker", "traefik.docker.netwrk=x", "field not found, node: netwrk"),
        ("docker", "traefik.docker.network=x", None),
        ("swarm", "traefik.swarm.lbswarm=true", None),
        ("docker", "traefik.enablex=true", "field not found, node: enablex"),
    ],
)
def test_labels_of_providers(provider: str, label: str, error: str | None) -> None:
    assert error_of(from_provider_labels(provider, label)) == error


def test_unknown_values_are_never_a_problem() -> None:
    labels = [
        "traefik.http.routers.w.priority=${P}",
        "traefik.http.routers.w.tls=${TLS}",
        "traefik.http.services.s.loadbalancer.passhostheader=${PASS}",
        "traefik.http.middlewares.m.addprefix=${X}",
    ]
    decoded = from_labels(*labels, unknown=True)
    assert decoded.problems == ()
    value = decoded.element.value("http", "routers", "w", "priority")
    assert value is not None
    assert not value.known


@pytest.mark.parametrize(
    ("notation", "pairs", "error"),
    [
        ("flag", ["entrypoints.web.address=:80", "api.insecure=true"], None),
        ("flag", ["foo=1"], "field not found, node: foo"),
        ("flag", ["providers.file=true"], "file cannot be a standalone element (type *file.Provider)"),
        ("flag", ["api.insecure=maybe"], 'strconv.ParseBool: parsing "maybe": invalid syntax'),
        ("flag", ["ping.terminatingStatusCode.x=1"], "invalid node terminatingStatusCode: int"),
        (
            "flag",
            ["providers.docker.swarmmode=true"],
            "incompatible deprecated install configuration option found",
        ),
        ("flag", ["metrics.influxdb.address=x"], "field not found, node: influxdb"),
        ("env", ["foo=1"], None),
        ("env", ["entrypoints.web.adress=:80"], "field not found, node: adress"),
        ("env", ["logx=1"], "field not found, node: logx"),
    ],
)
def test_flags_and_variables(notation: str, pairs: list[str], error: str | None) -> None:
    assert error_of(from_static("flag" if notation == "flag" else "env", *pairs)) == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("api: {}", None),
        ("api: {}\nhttp: {routers: {}}", None),
        ("{}", "no configuration found in file: traefik.yml"),
        ("http: {routers: {}}", "no valid configuration found in file: traefik.yml"),
        ("api: null", "no valid configuration found in file: traefik.yml"),
        ("entryPoints: {web: null}", "entryPoints cannot be a standalone element (type static.EntryPoints)"),
        ("entryPoints: [web]", "entryPoints cannot be a standalone element (type static.EntryPoints)"),
        ("entryPoints: {web: {}}", None),
        ("providers: {docker: null}", "providers cannot be a standalone element (type *static.Providers)"),
        ("api: {insecur: true}", "field not found, node: insecur"),
        ("api: {insecure: yes}", 'strconv.ParseBool: parsing "yes": invalid syntax'),
        ("pilot: {token: x}", "incompatible deprecated install configuration option found"),
        ("tracing: {jaeger: {}}", "incompatible deprecated install configuration option found"),
    ],
)
def test_static_files(text: str, error: str | None) -> None:
    assert error_of(from_yaml(text, spec=static())) == error


@pytest.mark.parametrize(
    ("document", "version", "kind", "text"),
    [
        (
            MIDDLEWARE % "encodedCharacters: {allowEncodedHash: true}",
            (3, 6, 5),
            "newer-option",
            "encodedCharacters",
        ),
        (MIDDLEWARE % "compress: {encodings: [gzip]}", (3, 0, 4), "newer-option", "encodings"),
        (
            MIDDLEWARE % "headers: {accessControlAllowOrigin: x}",
            (3, 0, 4),
            "removed-option",
            "accessControlAllowOrigin",
        ),
    ],
)
def test_options_of_another_version_are_not_there(
    document: str, version: tuple[int, int, int], kind: str, text: str
) -> None:
    decoded = from_yaml(document, Version(*version))
    assert decoded.error is not None
    assert (decoded.error.kind, decoded.error.text) == (kind, f"field not found, node: {text}")


def test_an_option_may_have_had_another_type() -> None:
    text = "http: {services: {s: {loadBalancer: {healthCheck: {interval: soon}}}}}"
    assert error_of(from_yaml(text, Version(2, 11, 53))) is None
    assert error_of(from_yaml(text, NEWEST)) == 'time: invalid duration "soon"'


def test_a_back_ported_option_exists_in_patches() -> None:
    text = MIDDLEWARE % "forwardAuth: {maxResponseBodySize: 1}"
    versions = [(2, 11, 37), (2, 11, 38), (3, 5, 6), (3, 6, 8), (3, 6, 9), (3, 7, 0)]
    assert [from_yaml(text, Version(*version)).error is None for version in versions] == [
        False, True, False, False, True, True,
    ]  # fmt: skip


def test_ten_thousand_segments_do_no_harm() -> None:
    segments = ".".join("a" for _ in range(10_000))
    plugin = path_tree([f"traefik.http.middlewares.m.plugin.p.{segments}=x"], "label")
    router = path_tree([f"traefik.http.routers.{segments}=x"], "label")
    assert decode(plugin, dynamic(), "label", NEWEST).error is None
    assert error_of(decode(router, dynamic(), "label", NEWEST)) == "field not found, node: a"


def test_a_document_of_everything_wrong_is_read_to_the_end() -> None:
    decoded = from_json({"http": {"routers": {"a": {"x": 1, "priority": "y"}, "b": {"z": 1}}}, "tcp": {}})
    assert [problem.name for problem in decoded.problems] == ["y", "x", "z", "tcp"]
