from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject

Load = Callable[..., ComposeProject]


@pytest.mark.parametrize(
    ("text", "env", "given", "expected"),
    [
        # C-020 and C-021
        ("services: {}", "", None, ("shop", False)),
        ("name: My_Proj!\nservices: {}", "", None, ("my_proj", True)),
        ("name: $N-x\nservices: {}", "N=web", None, ("web-x", True)),
        ("name: a-$N\nservices: {}", "", None, ("a-", False)),
        ("name: a\nservices: {}", "COMPOSE_PROJECT_NAME=b", None, ("b", True)),
        ("name: a\nservices: {}", "COMPOSE_PROJECT_NAME=b", "c", ("c", True)),
    ],
)
def test_project_name(load: Load, text: str, env: str, given: str | None, expected: tuple[str, bool]) -> None:
    project = load(text, _dot_env=env, project_name=given)
    assert (project.name, project.name_known) == expected


def test_the_name_of_the_last_file_wins(load: Load) -> None:
    assert load("name: a\nservices: {}", "name: b\nservices: {}").name == "b"


def test_the_name_can_be_inserted(load: Load) -> None:
    """C-022."""
    project = load("name: a\nservices: {s: {image: x, labels: ['n=$COMPOSE_PROJECT_NAME']}}")
    assert project.services[0].labels[0].value.value == "a"


def test_env_files_replace_the_one_beside_the_file(load: Load) -> None:
    """C-030."""
    text = "services: {s: {image: x, labels: ['n=${A:-none}-${B:-none}']}}"
    project = load(text, _dot_env="A=1", other_dot_env="B=2", env_files=["/shop/other.env"])
    assert project.services[0].labels[0].value.value == "none-2"


def test_a_broken_env_file_is_a_problem_at_its_place(load: Load) -> None:
    (problem,) = load("services: {s: {image: x}}", _dot_env="A B=1").problems
    assert (problem.kind, problem.span.file.path, problem.span.text) == ("env-file", ".env", "A B")


def test_a_variable_is_warned_about_once(load: Load) -> None:
    problems = load("services: {s: {image: $A, labels: ['a=$A', 'b=$A']}}").problems
    assert [(problem.kind, problem.span.text, problem.file_lost) for problem in problems] == [
        ("unset-variable", "$A", False)
    ]


@pytest.mark.parametrize(
    ("label", "kind", "at"),
    [
        ("'u=admin:$apr1$abc$def'", "unescaped-dollar", "$apr1$abc$def"),
        ("'u=admin:$2y$05$Kj/x'", "unescaped-dollar", "$2y$05$Kj/x"),
        ("'r=/api/${1}'", "interpolation", "${1}"),
        ("'r=${X:?}'", "required-variable", "${X:?}"),
    ],
)
def test_dollars_that_do_not_survive(load: Load, label: str, kind: str, at: str) -> None:
    """C-045, C-046."""
    problems = load(f"services: {{s: {{image: x, labels: [{label}]}}}}").problems
    assert [(problem.kind, problem.span.text) for problem in problems] == [(kind, at)]


@pytest.mark.parametrize(
    "label", ["'u=admin:$$apr1$$abc$$def'", "'r=/$1/x$'", "'r=PathRegexp(`^/x$`)'", "'p=${X:-}'"]
)
def test_dollars_that_are_right(load: Load, label: str) -> None:
    assert load(f"services: {{s: {{image: x, labels: [{label}]}}}}").problems == []


@pytest.mark.parametrize(
    ("body", "kind", "at"),
    [
        ("labels: [traefik.enable: true]", "label-form", "traefik.enable: true"),
        ("labels: [5]", "label-form", "5"),
        ("labels: {a: [b]}", "label-form", "[b]"),
        ("deploy: {labels: [a: b]}", "label-form", "a: b"),
        ("environment: [A: b]", "environment-form", "A: b"),
        ("labels: [a=1, a=2]", "duplicate-label", "a=1"),
        ('labels: {"traefik.http.routers.${N}.rule": x}', "key-interpolation", "${N}"),
        ("labels: {port: 0x50}", "changed-text", "0x50"),
        ("labels: {a: 1, a: 2}", "duplicate-key", "a"),
        ("ports: [http]", "port-form", "http"),
        ("networks: [nowhere]", "undefined-network", "nowhere"),
        ("command: --rule=Host(`a`)", "command", "("),
        ("command: --a; --b", "cut-command", "; --b"),
        ("label_file: no.labels", "missing-file", "no.labels"),
        ("env_file: [no.env]", "missing-file", "no.env"),
    ],
)
def test_problems_have_their_place(load: Load, body: str, kind: str, at: str) -> None:
    problems = load(f"services:\n  s:\n    image: x\n    {body}\n").problems
    assert [(problem.kind, problem.span.text) for problem in problems] == [(kind, at)]


@pytest.mark.parametrize(
    "body",
    [
        "labels: [a=1, a=1, b]",
        "labels: {a: 1, b: true, c: , d: 'x', e: 1.5}",
        "env_file: [{path: no.env, required: false}]",
        "networks:",
        "networks: []",
        "command:",
        "x-anything: [a: b]",
    ],
)
def test_forms_without_a_problem(load: Load, body: str) -> None:
    assert load(f"services:\n  s:\n    image: x\n    {body}\n").problems == []


@pytest.mark.parametrize(
    ("text", "at"),
    [("services: [a]", "[a]"), ("services: {a: x}", "x"), ("- a", "- a")],
)
def test_what_is_no_compose_file(load: Load, text: str, at: str) -> None:
    problems = load(text).problems
    assert [(problem.kind, problem.span.text, problem.file_lost) for problem in problems] == [
        ("form", at, True)
    ]


@pytest.mark.parametrize("text", ["", "# nothing", "services:", "services: {a: }", "a: [", "\t"])
def test_poor_files_give_a_project_without_services(load: Load, text: str) -> None:
    assert load(text).services == []


def test_a_missing_main_file(load: Load) -> None:
    from traefik_lint.readers.compose import load_project

    project = load_project(["/x/compose.yml"], load_file=lambda path: None)
    assert (project.services, project.is_open) == ([], True)


def test_aliases_do_not_multiply_the_work(load: Load) -> None:
    levels = "\n".join(f"x-{i}: &a{i} {{a: *a{i - 1}, b: *a{i - 1}, c: $X}}" for i in range(1, 8))
    text = f"x-0: &a0 {{v: $Y}}\n{levels}\nservices: {{s: {{image: x, labels: {{a: 1}}, x-all: *a7}}}}"
    project = load(text)
    assert [problem.span.text for problem in project.problems] == ["$Y", "$X"]


def test_a_long_chain_of_extends_ends(load: Load) -> None:
    services = ", ".join(f"s{i}: {{extends: s{i + 1}}}" for i in range(400))
    project = load(f"services: {{{services}, s400: {{image: x}}}}")
    assert (len(project.services), project.is_open, project.problems) == (401, True, [])
