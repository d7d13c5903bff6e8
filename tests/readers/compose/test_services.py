from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject, ComposeService

Load = Callable[..., ComposeProject]


def service(load: Load, body: str, tail: str = "", **files: str) -> ComposeService:
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    return load(f"services:\n  s:\n    image: x\n{indented}{tail}\n", **files).services[0]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        # C-062
        ("true", "true"), ("True", "true"), ("10", "10"), ("1.50", "1.5"), ("010", "8"), ("0x1F", "31"),
        ("0b11", "3"), ("1e3", "1000"), ("1_000", "1000"), ("08", "8"), ("12e03", "12000"), ("0.1e-7", "1e-08"),
        ("100000000.0", "1e+08"), (".inf", "+Inf"), ("~", ""), ("", ""), ("yes", "yes"), ("on", "on"),
        ("2024-01-01", "2024-01-01 00:00:00 +0000 UTC"), ("'010'", "010"), ("'true'", "true"), ("$V", "010"),
    ],
)  # fmt: skip
def test_label_values_of_a_map_as_go_prints_them(load: Load, written: str, text: str) -> None:
    (label,) = service(load, f"labels:\n  k: {written}", _dot_env="V=010").labels
    assert label.value.value == text


@pytest.mark.parametrize(
    ("item", "key", "value"),
    [
        # C-061
        ("a=b=c", "a", "b=c"),
        ("a", "a", ""),
        ("a=", "a", ""),
        ("' s = v '", " s ", " v "),
        ('"k=Host(`a`)"', "k", "Host(`a`)"),
        ("k=010", "k", "010"),
        ("k=$V-x", "k", "010-x"),
        ("k.$V=x", "k.010", "x"),
    ],
)
def test_items_of_a_label_list(load: Load, item: str, key: str, value: str) -> None:
    (label,) = service(load, f"labels:\n  - {item}", _dot_env="V=010").labels
    assert (label.key.value, label.value.value) == (key, value)


@pytest.mark.parametrize(
    ("item", "key", "value"),
    [
        ("traefik.enable=true", "traefik.enable", "true"),
        ("'traefik.enable=true'", "traefik.enable", "true"),
        ('"a\\tb=c"', "a\\tb", "c"),
        ("a=${V}", "a", "${V}"),
        ("'a.$V.b=it''s'", "a.$V.b", "it''s"),
    ],
)
def test_key_and_value_stand_at_their_own_characters(load: Load, item: str, key: str, value: str) -> None:
    (label,) = service(load, f"labels:\n  - {item}", _dot_env="V=1").labels
    assert (label.key.span.text, label.value.span.text) == (key, value)


def test_only_the_part_with_the_variable_is_unknown(load: Load) -> None:
    labels = service(load, "labels:\n  - a.$U=1\n  - b=$U\n  - ${U}=c").labels
    assert [(label.key.unknown, label.value.unknown) for label in labels] == [
        (True, False),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("head", "body", "via"),
    [
        ("x-l: &l [a=1]", "labels: *l", "*l"),
        ("x-l: &l {a: 1}", "labels: {<<: *l}", "*l"),
        ("x-s: &s {labels: {a: 1}}", "<<: *s", "*s"),
        ("x-l: &l {b: 1}", "labels: {a: 1}", None),
    ],
)
def test_labels_tell_what_they_came_through(load: Load, head: str, body: str, via: str | None) -> None:
    project = load(f"{head}\nservices:\n  s:\n    image: x\n    {body}\n")
    (label,) = project.services[0].labels
    assert (label.via.text if label.via else None) == via


def test_label_files_give_what_inline_labels_do_not(load: Load) -> None:
    """C-063."""
    found = service(load, "label_file: [s.labels]\nlabels: [a=inline]", s_dot_labels="a=file\nb=Host(`b`)\n")
    assert [(label.key.value, label.value.value) for label in found.labels] == [
        ("a", "inline"),
        ("b", "Host(`b`)"),
    ]
    assert found.labels[1].value.span.text == "Host(`b`)"


def test_deploy_labels_are_apart(load: Load) -> None:
    """C-064."""
    found = service(load, "labels: [a=1]\ndeploy:\n  labels: {b: 2}")
    assert [label.key.value for label in found.labels + found.deploy_labels] == ["a", "b"]
    assert len(found.deploy_labels) == 1


@pytest.mark.parametrize(
    ("written", "ports"),
    [
        # C-110, C-111, C-113: (published, target, protocol, address)
        ("80", [("", 80, "tcp", "")]),
        ("'81:80'", [("81", 80, "tcp", "")]),
        ("81:80", [("81", 80, "tcp", "")]),
        ("'53:53/UDP'", [("53", 53, "udp", "")]),
        ("127.0.0.1:81:80", [("81", 80, "tcp", "127.0.0.1")]),
        ("'[::1]:82:82'", [("82", 82, "tcp", "::1")]),
        ("':83'", [("", 83, "tcp", "")]),
        ("1.2.3.4::84", [("", 84, "tcp", "1.2.3.4")]),
        ("'90-91:80'", [("90-91", 80, "tcp", "")]),
        ("'90-91:80-81'", [("90", 80, "tcp", ""), ("91", 81, "tcp", "")]),
        ("'80-82'", [("", 80, "tcp", ""), ("", 81, "tcp", ""), ("", 82, "tcp", "")]),
        ("'90-91:80-82'", []),
        ("'x:80'", []),
        ("'99999'", []),
        ("'80/http'", []),
        ("{target: 80, published: '81', protocol: udp}", [("81", 80, "udp", "")]),
        ("{target: '80', published: 81, host_ip: 1.2.3.4}", [("81", 80, "tcp", "1.2.3.4")]),
        ("{published: 81}", []),
        ("'${P}:80'", []),
    ],
)
def test_ports(load: Load, written: str, ports: list[tuple[str, int, str, str]]) -> None:
    found = service(load, f"ports:\n  - {written}").ports
    assert [(port.published, port.target, port.protocol, port.host_ip) for port in found] == ports


def test_a_long_range_is_cut(load: Load) -> None:
    assert 100 < len(service(load, "ports: ['1-65535']").ports) < 1000


@pytest.mark.parametrize(
    ("written", "ports"),
    [("80", [(80, "tcp")]), ("'53/udp'", [(53, "udp")]), ("90-92", [(90, "tcp")]), ("http", [])],
)
def test_exposed_ports(load: Load, written: str, ports: list[tuple[int, str]]) -> None:
    """C-114."""
    found = service(load, f"expose: [{written}]").expose
    assert [(port.target, port.protocol) for port in found] == ports


@pytest.mark.parametrize(
    ("body", "names"),
    [
        # C-100, C-101, C-102
        ("", ["shop_default"]),
        ("networks:", ["shop_default"]),
        ("networks: [inner]", ["shop_inner"]),
        ("networks: {inner: }", ["shop_inner"]),
        ("networks: [inner, default]", ["shop_inner", "shop_default"]),
        ("networks: [named, outer, old, other]", ["real", "outer", "older", "another"]),
        ("network_mode: host", []),
    ],
)
def test_networks(load: Load, body: str, names: list[str]) -> None:
    tail = (
        "networks: {inner: , named: {name: real}, outer: {external: true},"
        " old: {external: {name: older}}, other: {external: 'yes', name: another}}"
    )
    assert [attachment.network.name for attachment in service(load, body, tail).networks] == names


def test_a_network_whose_name_is_a_variable_is_not_known(load: Load) -> None:
    found = service(load, "networks: [n]", "networks: {n: {name: $N, external: true}}")
    assert [(a.network.known, a.network.external) for a in found.networks] == [(False, True)]


@pytest.mark.parametrize(
    ("body", "mount"),
    [
        (
            "volumes: ['./t.yml:/etc/traefik/traefik.yml:ro']",
            ("bind", "/shop/t.yml", "/etc/traefik/traefik.yml", True),
        ),
        ("volumes: ['/srv/x:/x']", ("bind", "/srv/x", "/x", False)),
        ("volumes: ['~/x:/x']", ("bind", "", "/x", False)),
        ("volumes: ['data:/x']", ("volume", "", "/x", False)),
        ("volumes: ['bound:/x']", ("volume", "/shop/dir", "/x", False)),
        ("volumes: ['/x']", ("volume", "", "/x", False)),
        ("volumes: ['C:\\x:/x']", ("bind", "/shop/C:\\x", "/x", False)),
        ("volumes: ['$U/t.yml:/t.yml']", ("bind", "", "/t.yml", False)),
        (
            "volumes: [{type: bind, source: ./a, target: /a, read_only: true}]",
            ("bind", "/shop/a", "/a", True),
        ),
        ("configs: [c]", ("config", "/shop/c.yml", "/c", True)),
        (
            "configs: [{source: c, target: /etc/traefik/t.yml}]",
            ("config", "/shop/c.yml", "/etc/traefik/t.yml", True),
        ),
        ("secrets: [k]", ("secret", "/shop/k.txt", "/run/secrets/k", True)),
    ],
)
def test_mounts(load: Load, body: str, mount: tuple[str, str, str, bool]) -> None:
    tail = (
        "configs: {c: {file: ./c.yml}}\nsecrets: {k: {file: k.txt}}\n"
        "volumes: {data: , bound: {driver_opts: {type: none, o: bind, device: ./dir}}}"
    )
    (found,) = service(load, body, tail).mounts
    assert (found.kind, found.path, found.target, found.read_only) == mount


def test_a_config_written_in_place_has_its_content(load: Load) -> None:
    (mount,) = service(load, "configs: [c]", 'configs: {c: {content: "http: {}"}}').mounts
    assert mount.content is not None
    assert mount.content.value == "http: {}"


def test_environment_from_files_and_in_place(load: Load) -> None:
    """C-031, C-121: it feeds the container, not the compose file."""
    found = service(
        load,
        "env_file: e.env\nenvironment: [B=inline, C, D=$A]",
        e_dot_env="A=file\nB=file\n",
    )
    values = {v.key.value: v.value.value if v.value is not None else None for v in found.environment}
    assert values == {"A": "file", "B": "inline", "C": None, "D": ""}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("command: [--api, '--log.level=DEBUG']", ["--api", "--log.level=DEBUG"]),
        ("command: --api --log.level=DEBUG", ["--api", "--log.level=DEBUG"]),
        ("command: >\n  --api\n  --ping", ["--api", "--ping"]),
        ("command: []", []),
        ("command: ''", []),
        ("command: ", None),
        ("", None),
    ],
)
def test_command(load: Load, body: str, words: list[str] | None) -> None:
    command = service(load, body).command
    assert (command if command is None else [word.value for word in command]) == words


@pytest.mark.parametrize(
    ("body", "replicas", "known"),
    [
        ("", 1, True),
        ("scale: 3", 3, True),
        ("deploy: {replicas: 0}", 0, True),
        ("deploy: {mode: global}", 1, True),
        ("scale: $N", 1, False),
        ("scale: ${N:-2}", 2, True),
    ],
)
def test_replicas(load: Load, body: str, replicas: int, known: bool) -> None:
    found = service(load, body)
    assert (found.replicas, found.scale_known) == (replicas, known)


def test_other_attributes(load: Load) -> None:
    found = service(
        load,
        "container_name: c\nprofiles: [dev]\nhealthcheck: {test: curl /}\nx-traefik-lint: {backend-routes: [/v1]}",
    )
    assert found.container_name is not None
    assert (found.container_name.value, [p.value for p in found.profiles]) == ("c", ["dev"])
    assert found.healthcheck is not None
    assert found.hints is not None
    assert found.healthcheck.get("test") is not None
    assert found.hints.sequence("backend-routes") is not None


def test_an_undefined_network_of_a_profile_need_not_stop_compose(load: Load) -> None:
    project = load("services: {s: {image: x, profiles: [dev], networks: [nowhere]}}")
    assert [(problem.kind, problem.file_lost) for problem in project.problems] == [
        ("undefined-network", False)
    ]
