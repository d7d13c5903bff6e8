from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.model.compose import Label
from traefik_lint.options.catalogue import dynamic
from traefik_lint.options.decoder import decode
from traefik_lint.options.version import NEWEST
from traefik_lint.readers.compose.dotenv import no_variables
from traefik_lint.readers.compose.interpolation import interpolate
from traefik_lint.readers.derived import cut
from traefik_lint.readers.labels import label_tree, provider_labels
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar


def labels_of(*written: str) -> list[Label]:
    """Labels as they come from a compose list, standing line by line in one file."""
    file = SourceFile("compose.yml", "\n".join(written))
    labels = []
    at = 0
    for line in written:
        item = interpolate(Scalar(file, at, at + len(line), line), no_variables).scalar
        equals = item.value.index("=")
        labels.append(Label(cut(item, 0, equals, "label"), cut(item, equals + 1, len(item.value), "label")))
        at += len(line) + 1
    return labels


def data(node: Node) -> object:
    """The tree as nested pairs, since a name may stand twice."""
    if isinstance(node, Mapping):
        return [(entry.key.value, data(entry.value)) for entry in node.entries]
    return node.value if isinstance(node, Scalar) else None


@pytest.mark.parametrize(
    ("labels", "tree"),
    [
        (["traefik.http.routers.api.rule=x"], [("http", [("routers", [("api", [("rule", "x")])])])]),
        (
            ["traefik.tcp.routers.a.rule=x", "traefik.tcp.routers.a.service=s"],
            [("tcp", [("routers", [("a", [("rule", "x"), ("service", "s")])])])],
        ),
        # a value and deeper names
        (
            ["traefik.http.routers.a.tls=true", "traefik.http.routers.a.tls.certresolver=le"],
            [("http", [("routers", [("a", [("tls", "true"), ("tls", [("certresolver", "le")])])])])],
        ),
        # indices stay with the name; the order is that of the bytes
        (
            ["traefik.http.x[2].main=b", "traefik.http.x[10].main=a"],
            [("http", [("x[10]", [("main", "a")]), ("x[2]", [("main", "b")])])],
        ),
        # a prefix without a dot
        (["traefik.httpx.a=b"], [("httpx", [("a", "b")])]),
        # never read
        (["traefik.frontend.rule=x", "traefik.tls.options.a.x=y", "other.http=z", "traefik.enable=true"], []),
        (["traefik.tls.stores.default.x=y"], [("tls", [("stores", [("default", [("x", "y")])])])]),
        # letter case is folded by the decoder
        (["traefik.HTTP.a=b"], [("HTTP", [("a", "b")])]),
    ],
)
def test_tree(labels: list[str], tree: object) -> None:
    found = label_tree(labels_of(*labels))
    assert (data(found.root), found.problems) == (tree, ())


@pytest.mark.parametrize(
    ("label", "kind", "text", "at"),
    [
        #
        ("Traefik.http.a=b", "wrong-case", "invalid label root Traefik", "Traefik"),
        ("TRAEFIK.http.a=b", "wrong-case", "invalid label root TRAEFIK", "TRAEFIK"),
        (
            "traefik.http.routers..rule=x", "invalid-key", "invalid element: traefik.http.routers..rule",
            "traefik.http.routers..rule",
        ),
        ("traefik.http.=x", "invalid-key", "invalid element: traefik.http.", "traefik.http."),
        (
            "traefik.http.[w].a=x", "invalid-key",
            "invalid leading character '[' in field name (bracket is a slice delimiter): [w]", "[w]",
        ),
    ],
)  # fmt: skip
def test_keys_that_drop_the_container(label: str, kind: str, text: str, at: str) -> None:
    (problem,) = label_tree(labels_of(label)).problems
    assert (problem.kind, problem.text, problem.span.text, problem.fatal) == (kind, text, at, True)


def test_the_first_problem_is_the_one_that_traefik_meets_first() -> None:
    found = label_tree(labels_of("traefik.http..b=1", "Traefik.http.a=1"))
    assert [problem.kind for problem in found.problems] == ["wrong-case", "invalid-key"]


@pytest.mark.parametrize(
    ("label", "unread"),
    [
        ("traefik.frontend.rule=x", True),
        ("traefik.port=80", True),
        ("traefik.docker=x", True),
        ("Traefik.backend=x", True),
        (" traefik.http.a=x", True),
        ("traefik.http.a=x", False),
        ("traefik.enable=true", False),
        ("traefik.docker.network=x", False),
        ("traefik.swarm.network=x", False),
        ("com.example.traefik.x=y", False),
    ],
)
def test_labels_that_are_never_read(label: str, unread: bool) -> None:
    labels = labels_of(label)
    assert label_tree(labels).unread == (tuple(labels) if unread else ())


def test_segments_stand_at_their_characters() -> None:
    root = label_tree(labels_of("x=1", "traefik.http.routers.my-api.tls.domains[0].main=a")).root
    names = []
    node: Node = root
    while isinstance(node, Mapping):
        (entry,) = node.entries
        names.append((entry.key.span.text, entry.key.span.first.column))
        node = entry.value
    assert names == [
        ("http", 9), ("routers", 14), ("my-api", 22), ("tls", 29), ("domains[0]", 33), ("main", 44),
    ]  # fmt: skip
    assert node.span.text == "a"


def test_labels_with_a_variable_in_the_name_meet_in_one_router() -> None:
    found = label_tree(
        labels_of("traefik.http.routers.${N}-s.rule=x", "traefik.http.routers.${N}-s.tls=true")
    )
    assert data(found.root) == [("http", [("routers", [("${N}-s", [("rule", "x"), ("tls", "true")])])])]
    assert found.problems == ()
    router = found.root.entries[0].value
    assert isinstance(router, Mapping)
    assert isinstance(router.entries[0].value, Mapping)
    (entry,) = router.entries[0].value.entries
    assert (entry.key.unknown, entry.key.span.text) == (True, "${N}-s")


def test_a_variable_for_a_whole_label_leaves_it_open() -> None:
    assert label_tree(labels_of("${LABEL}=x")).is_open
    assert not label_tree(labels_of("traefik.http.a=${X}")).is_open


def test_the_decoder_reads_the_tree() -> None:
    tree = label_tree(
        labels_of(
            "traefik.http.routers.Api.EntryPoints=web, other",
            "traefik.http.routers.api.tls.domains[0].main=a",
        )
    )
    decoded = decode(tree.root, dynamic(), "label", NEWEST)
    assert decoded.error is None
    router = decoded.element.element("http", "routers", "Api")
    assert router is not None
    assert [value.text for value in router.values("entryPoints")] == ["web", "other"]
    assert [element.string("main") for element in router.elements("tls", "domains")] == ["a"]


@pytest.mark.parametrize(
    ("labels", "enabled", "network", "error"),
    [
        #
        ([], None, "", ""),
        (["traefik.enable=true"], True, "", ""),
        (["traefik.enable=0"], False, "", ""),
        (["Traefik.enable=true"], True, "", "invalid label root Traefik"),
        (["traefik.Enable=true"], True, "", ""),
        (["traefik.enable=yes"], None, "", 'strconv.ParseBool: parsing "yes": invalid syntax'),
        (["traefik.enable=${X}"], None, "", ""),
        (["traefik.enabled=true"], None, "", "field not found, node: enabled"),
        (["traefik.docker.network=n"], None, "n", ""),
        (["traefik.docker.netwrk=n"], None, "", "field not found, node: netwrk"),
        (["traefik.docker.lbswarm=x"], None, "", 'strconv.ParseBool: parsing "x": invalid syntax'),
        (["traefik.docker=x", "traefik.swarm.network=n"], None, "", ""),
    ],
)
def test_what_labels_tell_the_docker_provider(
    labels: list[str], enabled: bool | None, network: str, error: str
) -> None:
    found = provider_labels(labels_of(*labels))
    assert (
        found.enabled,
        found.network.value if found.network else "",
        found.error.text if found.error else "",
    ) == (None if error and enabled else enabled, network, error)


@pytest.mark.parametrize(
    ("labels", "network", "both"),
    [
        #
        (["traefik.swarm.network=n"], "n", False),
        (["traefik.docker.network=n"], "n", False),
        (["traefik.docker.network=n", "traefik.swarm.lbswarm=true"], "", True),
    ],
)
def test_what_labels_tell_the_swarm_provider(labels: list[str], network: str, both: bool) -> None:
    found = provider_labels(labels_of(*labels), "swarm")
    assert (found.network.value if found.network else "", found.both) == (network, both)


@given(
    st.lists(st.text(st.sampled_from("traefik.httpenb[]0${}X-é ")).map(lambda text: text + "=v"), max_size=5)
)
def test_any_keys_are_read_without_a_crash(written: list[str]) -> None:
    prefixed = [prefix + line for line in written for prefix in ("traefik.http.", "traefik.docker.", "")]
    labels = labels_of(*prefixed)
    pending: list[Node] = [label_tree(labels).root]
    provider_labels(labels)
    while pending:
        node = pending.pop()
        for entry in node.entries if isinstance(node, Mapping) else []:
            assert 0 <= entry.key.start <= entry.key.end <= len(entry.key.file.text)
            pending.append(entry.value)
