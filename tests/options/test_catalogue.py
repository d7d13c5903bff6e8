from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from traefik_lint.options import catalogue
from traefik_lint.options.catalogue import CRD_KINDS, crd, dynamic, enums, load_schema, static
from traefik_lint.options.nearest import edit_distance, names_of, nearest, nearest_of, places_of
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import NEWEST, Version


def options_of(spec: Spec) -> Iterator[Spec]:
    for field in spec.fields.values():
        yield field
        yield from options_of(field)
    if spec.item is not None:
        yield from options_of(spec.item)


def at(root: Spec, path: str) -> Spec:
    for name in path.split("."):
        found = root.item if name in ("*", "[]") else root.field(name)
        assert found is not None, path
        root = found
    return root


@pytest.mark.parametrize(
    ("root", "version", "count"),
    [
        # The number of options that each release has, in files.
        (dynamic(), Version(2, 11, 53), 350),
        (dynamic(), Version(3, 0, 4), 375),
        (dynamic(), Version(3, 3, 7), 419),
        (dynamic(), Version(3, 6, 24), 487),
        (static(), Version(3, 0, 4), 432),
        (static(), Version(3, 7, 9), 620),
    ],
)
def test_every_option_of_a_release_is_there(root: Spec, version: Version, count: int) -> None:
    found = [spec for spec in options_of(root) if spec.exists_in(version)]
    # Entries of maps count as options, elements of lists do not; metadata that Traefik fills itself is left out.
    entries = sum(spec.kind == "map" and spec.exists_in(version) for spec in options_of(root))
    assert count - 6 <= len(found) + entries <= count


def test_every_option_is_described_in_one_line() -> None:
    roots = [dynamic(), static(), *(spec for kind in CRD_KINDS if (spec := crd(kind)))]
    undescribed = [spec.path for root in roots for spec in options_of(root) if not spec.description]
    long = [spec.path for root in roots for spec in options_of(root) if len(spec.description) > 100]
    assert (undescribed, long) == ([], [])


@pytest.mark.parametrize(
    ("root", "path", "kind", "default"),
    [
        (dynamic(), "http.routers.*.priority", "int", 0),
        (dynamic(), "http.services.*.loadBalancer.passHostHeader", "bool", True),
        (dynamic(), "http.services.*.loadBalancer.healthCheck.interval", "duration", "30s"),
        (static(), "entryPoints.*.transport.respondingTimeouts.readTimeout", "duration", "1m0s"),
        (static(), "providers.docker.exposedByDefault", "bool", True),
        (static(), "tracing.sampleRate", "float", 1),
    ],
)
def test_kinds_and_defaults(root: Spec, path: str, kind: str, default: object) -> None:
    spec = at(root, path)
    assert (spec.kind, spec.default) == (kind, default)


@pytest.mark.parametrize(
    ("path", "version", "default"),
    [
        ("http.middlewares.*.compress.encodings", NEWEST, ["gzip", "br", "zstd"]),
        ("http.middlewares.*.compress.encodings", Version(3, 3, 4), ["zstd", "br", "gzip"]),
        ("http.middlewares.*.compress.encodings", Version(3, 2, 5), ["zstd", "br", "gzip"]),
    ],
)
def test_defaults_of_older_releases(path: str, version: Version, default: object) -> None:
    assert at(dynamic(), path).at(version).default == default


def test_where_a_section_may_stand_alone() -> None:
    tls = at(dynamic(), "http.routers.*.tls")
    assert tls.allow_empty == {"yaml", "toml", "label", "flag", "env"}
    assert at(dynamic(), "http.routers").allow_empty == frozenset()
    content_type = at(dynamic(), "http.middlewares.*.contentType")
    assert content_type.at(Version(2, 11, 53)).allow_empty == frozenset()


def test_only_traefiks_kinds_have_a_spec() -> None:
    assert crd("IngressRoute") is not None
    assert crd("Ingress") is None


@pytest.mark.parametrize("topic", ["tlsVersions", "cipherSuites", "curves", "dnsProviders", "strategies"])
def test_known_values_are_listed(topic: str) -> None:
    assert enums()["values"][topic]  # type: ignore[index]


def test_tables_name_options_that_exist() -> None:
    known = {
        "dynamic": {spec.path for spec in options_of(dynamic())},
        "static": {spec.path for spec in options_of(static())},
    }
    for row in enums()["checks"]:  # type: ignore[attr-defined]
        path = row["path"].removesuffix("[]").removesuffix(".*")
        assert path in known[row["scope"]], row
    text = json.dumps(load_schema("changes.json"))
    assert "live" not in text


# --- names that were meant ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("rul", "http.routers.*", "rule"),
        ("entrypoint", "http.routers.*", "entryPoints"),
        ("entry_points", "http.routers.*", "entryPoints"),
        ("strip-prefix", "http.middlewares.*", "stripPrefix"),
        ("midlewares", "http", "middlewares"),
        ("router", "http", "routers"),
        ("certresolvers", "http.routers.*.tls", "certResolver"),
        ("frontend", "http", None),
        ("x", "http.routers.*", None),
        ("", "http.routers.*", None),
    ],
)
def test_the_nearest_name_at_a_place(name: str, path: str, expected: str | None) -> None:
    assert nearest(name, at(dynamic(), path), NEWEST) == expected


def test_labels_have_their_own_spelling() -> None:
    balancer = at(dynamic(), "http.services.*.loadBalancer")
    assert nearest("serer", balancer, NEWEST, "label") == "server"
    assert nearest("serers", balancer, NEWEST) == "servers"


def test_options_of_other_releases_are_not_proposed() -> None:
    middleware = at(dynamic(), "http.middlewares.*")
    assert nearest("encodedCharacter", middleware, NEWEST) == "encodedCharacters"
    assert nearest("encodedCharacter", middleware, Version(3, 0, 4)) is None


def one_letter_changes(name: str, chance: random.Random) -> Iterator[str]:
    for index in range(len(name)):
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        yield name[:index] + name[index + 1 :]
        yield name[:index] + letter + name[index:]
        yield name[:index] + letter + name[index + 1 :]
        yield name[:index] + name[index + 1 : index + 2] + name[index] + name[index + 2 :]


@pytest.mark.parametrize("root", [dynamic(), static()], ids=["dynamic", "static"])
def test_one_wrong_letter_is_nearly_always_understood(root: Spec) -> None:
    chance = random.Random(7)
    tried = right = 0
    for spec in [root, *options_of(root)]:
        for section in (spec, spec.item):
            if section is None or section.kind != "struct" or spec.internal:
                continue
            names = names_of(section, NEWEST)
            known = {name.lower() for name in names}
            for name in names:
                changed = [
                    text for text in one_letter_changes(name, chance) if text and text.lower() not in known
                ]
                for text in chance.sample(changed, min(3, len(changed))):
                    tried += 1
                    right += nearest(text, section, NEWEST) == name
    assert tried > 500
    assert right / tried > 0.98


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("a", "", 1), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "xyz", 3), ("abcdef", "a", 4)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other, 3) == distance
    assert edit_distance(other, one, 3) == distance


def test_nothing_is_proposed_of_nothing() -> None:
    assert nearest_of("rule", []) is None


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("compress", ["http.middlewares.<name>", "log"]),
        (
            "certResolver",
            ["http.routers.<name>.tls", "tcp.routers.<name>.tls", "entryPoints.<name>.http.tls"],
        ),
        ("entrypoints", ["http.routers.<name>", "tcp.routers.<name>", "udp.routers.<name>", ""]),
        ("frontends", []),
    ],
)
def test_where_a_name_is_right(name: str, places: list[str]) -> None:
    assert places_of(name) == places


def test_loading_is_done_once() -> None:
    assert catalogue.dynamic() is catalogue.dynamic()
