from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traefik_lint.model.deployment import DynamicFile
from traefik_lint.options.version import NEWEST
from traefik_lint.readers.dynamic_file import read_dynamic
from traefik_lint.readers.static_file import read_static
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence


def dynamic(text: str, path: str = "dynamic.yml") -> DynamicFile:
    return read_dynamic(SourceFile(path, text), NEWEST)


@pytest.mark.parametrize(
    ("path", "text", "notation"),
    [
        ("traefik.yml", "log: {level: DEBUG}", "yaml"),
        ("traefik.YAML", "log: {level: DEBUG}", "yaml"),
        ("traefik.json", '{"log": {"level": "DEBUG"}}', "yaml"),
        ("traefik.toml", '[log]\nlevel = "DEBUG"', "toml"),
        ("traefik.yml", "log: {level: DEBUG}\n---\nlog: {level: INFO}", "yaml"),
    ],
)
def test_static_file(path: str, text: str, notation: str) -> None:
    source = read_static(SourceFile(path, text))
    log = source.root.mapping("log")
    assert log is not None
    level = log.scalar("level")
    assert level is not None
    assert (source.kind, source.notation, source.read_error, level.value) == ("file", notation, None, "DEBUG")


def test_a_static_file_has_no_templates() -> None:
    """S-012."""
    level = read_static(SourceFile("traefik.yml", "log: {level: '{{ env `L` }}'}")).root.mapping("log")
    assert level is not None
    scalar = level.scalar("level")
    assert scalar is not None
    assert not scalar.unknown


@pytest.mark.parametrize(
    ("path", "text", "message", "at"),
    [
        # S-015
        ("t.yml", "log: {}\nlog: {}", 'mapping key "log" already defined at line 1', "log"),
        ("t.toml", "[log]\n[log]", 'key "log" is already defined', "log"),
        ("t.yml", "[a]", "the top level is no mapping", "[a]"),
    ],
)
def test_why_a_static_file_is_refused(path: str, text: str, message: str, at: str) -> None:
    error = read_static(SourceFile(path, text)).read_error
    assert error is not None
    assert (error.message, error.span.text) == (message, at)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_an_empty_static_file_has_an_empty_root(text: str) -> None:
    source = read_static(SourceFile("traefik.yml", text))
    assert (source.root.entries, source.read_error) == ([], None)


ROUTER = "http: {routers: {a: {rule: %s, service: s}}}"


@pytest.mark.parametrize(
    ("rule", "value", "known"),
    [
        ("'Host(`a`)'", "Host(`a`)", True),
        ("'Host(`{{ env \"H\" }}`)'", 'Host(`{{ env "H" }}`)', False),
        # the quotes inside the action do not end the text
        ('"Host(`{{ env "H" }}`)"', 'Host(`{{ env "H" }}`)', False),
        ("'{{ env `}}` }}x'", "{{ env `}}` }}x", False),
        ("'Host(`a`)'{{/* a comment */}}", "Host(`a`)", True),
    ],
)
def test_templates_that_insert_values(rule: str, value: str, known: bool) -> None:
    """R-236."""
    file = dynamic(ROUTER % rule)
    assert file.decoded is not None
    found = file.decoded.element.value("http", "routers", "a", "rule")
    assert found is not None
    assert (found.text, found.known, file.open, file.decoded.error) == (value, known, False, None)


def test_what_stands_beside_an_inserted_value_keeps_its_place() -> None:
    text = ROUTER % '"Host(`{{ env "H" }}`) && Path(`/x`)"'
    file = dynamic(text)
    assert file.decoded is not None
    rule = file.decoded.element.value("http", "routers", "a", "rule")
    service = file.decoded.element.value("http", "routers", "a", "service")
    assert rule is not None
    assert service is not None
    at = rule.text.index("Path")
    assert (rule.sub(at, at + 4).text, rule.span.file is file.file) == ("Path", True)
    assert (service.text, service.span.text) == ("s", "s")


RENDERED = """\
{{ $domain := "example.com" }}
http:
  routers:
{{ range $i, $name := list "a" "b" }}
    {{ $name }}:
      rule: "Host(`{{ $name }}.{{ $domain }}`) && Path(`/{{ $i }}`)"
      service: shop # for all
{{ end }}
{{- if eq 1 1 }}
  services:
    shop: {loadBalancer: {servers: [{url: "http://shop"}]}}
{{- end }}
"""


def test_a_template_that_depends_on_nothing_is_rendered() -> None:
    file = dynamic(RENDERED)
    assert file.decoded is not None
    assert (file.open, file.decoded.error) == (False, None)
    routers = file.decoded.element.element("http", "routers")
    assert routers is not None
    assert {name: file.decoded.element.string("http", "routers", name, "rule") for name, _ in routers} == {
        "a": "Host(`a.example.com`) && Path(`/0`)",
        "b": "Host(`b.example.com`) && Path(`/1`)",
    }
    assert file.decoded.element.value("http", "services", "shop") is None
    assert "shop" in (file.decoded.element.element("http", "services") or ())


@pytest.mark.parametrize(
    ("path", "part", "line", "written"),
    [
        (("http", "routers", "b", "rule"), "Host", 6, "Host"),
        (("http", "routers", "b", "rule"), "b.", 6, "{{ $name }}."),
        (("http", "routers", "b", "rule"), "Path", 6, "Path"),
        (("http", "routers", "a", "rule"), "/0", 6, "/{{ $i }}"),
        (("http", "routers", "b", "service"), "shop", 7, "shop"),
    ],
)
def test_rendered_text_stands_where_the_template_wrote_it(
    path: tuple[str, ...], part: str, line: int, written: str
) -> None:
    file = dynamic(RENDERED)
    assert file.decoded is not None
    value = file.decoded.element.value(*path)
    assert value is not None
    at = value.text.index(part)
    span = value.sub(at, at + len(part))
    assert (span.file, span.first.line, span.text) == (file.file, line, written)


@pytest.mark.parametrize(
    "text",
    [
        'http:\n{{ if env "X" }}\n  routers: {}\n{{ end }}\n',
        '{{ range $h := split (env "HOSTS") "," }}\na: b\n{{ end }}',
        '{{ $h := env "X" }}\nhttp: {}\n',
        'http: {}\n{{- env "X" -}}\n',
        "http: {{ not closed",
        "{{ .Values | toYaml }}\nhttp: {}\n: {{ x }}",
    ],
)
def test_templates_whose_result_cannot_be_told_leave_the_file_open(text: str) -> None:
    file = dynamic(text)
    assert (file.open, file.decoded, file.read_error) == (True, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "http: {}\n{{- /* trims */ -}}\n",
        "{{ if false }}\nhttp: [\n{{ end }}",
        "{{ range until 0 }}x{{ end }}",
    ],
)
def test_templates_that_leave_nothing(text: str) -> None:
    file = dynamic(text)
    assert file.decoded is not None
    assert not file.open


@pytest.mark.parametrize(
    ("path", "text"), [("d.yml", "http: {\n"), ("d.yml", "http: {}\nhttp: {}"), ("d.toml", "http = ")]
)
def test_a_dynamic_file_that_traefik_refuses_is_open(path: str, text: str) -> None:
    """R-230, R-232."""
    file = dynamic(text, path)
    assert file.read_error is not None
    assert file.open


def test_toml() -> None:
    file = dynamic('[http.routers.a]\nrule = "Host(`a`)"\n', "d.toml")
    assert file.decoded is not None
    assert file.decoded.element.string("http", "routers", "a", "rule") == "Host(`a`)"


@given(st.text(st.sampled_from("{}\"'`-/*: \n\tab$=|#"), max_size=60))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for path in ("d.yml", "d.toml"):
        file = dynamic(text, path)
        assert file.decoded is not None or file.open
        read_static(SourceFile(path, text))


FRAGMENTS = [
    "http:\n", "  routers:\n", "    a: {rule: x}\n", "{{ if true }}", "{{ else }}", "{{ end }}", "\n", "  ",
    "{{ `a: b` }}",
    "{{ range list 1 2 }}", "{{ . }}", "k: v\n", "{{- ", " -}}", "{{/* c */}}", "- ", "é", '"', '{{ env "X" }}',
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
def test_any_template_gives_spans_inside_the_file(text: str) -> None:
    file = dynamic(text)
    pending: list[Node] = [file.decoded.element.node] if file.decoded is not None else []
    while pending:
        node = pending.pop()
        assert node.file is file.file
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Mapping):
            pending += [item for entry in node.entries for item in (entry.key, entry.value)]
        elif isinstance(node, Sequence):
            pending += node.items
        elif isinstance(node, Scalar):
            for i in range(len(node.value) + 1):
                span = node.sub(i, i + 1)
                assert node.start <= span.start <= span.end <= node.end
