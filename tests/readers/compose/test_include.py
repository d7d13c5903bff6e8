from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject

Load = Callable[..., ComposeProject]


def labels(project: ComposeProject) -> dict[str, dict[str, str]]:
    return {
        service.name.value: {label.key.value: label.value.value for label in service.labels}
        for service in project.services
    }


def test_an_included_project_has_its_own_folder_and_env(load: Load) -> None:
    """C-080, C-081."""
    project = load(
        "include: [sub/compose.yml]\nservices: {a: {image: x, labels: [v=$V]}}",
        sub__compose_dot_yml="services: {b: {image: y, labels: ['v=$V-$W'], volumes: ['./c:/c']}}",
        sub___dot_env="V=inner\nW=only",
        _dot_env="V=outer",
    )
    assert labels(project) == {"a": {"v": "outer"}, "b": {"v": "outer-only"}}
    assert project.services[0].mounts[0].path == "/shop/sub/c"
    assert project.problems == []


@pytest.mark.parametrize(
    "item",
    [
        "{path: [sub/a.yml, sub/b.yml]}",
        "{path: [sub/a.yml, sub/b.yml], project_directory: .}",
        "{path: [sub/a.yml, sub/b.yml], env_file: /dev/null}",
    ],
)
def test_a_list_of_paths_is_a_file_and_its_overrides(load: Load, item: str) -> None:
    project = load(
        f"include: [{item}]",
        sub__a_dot_yml="services: {b: {image: y, labels: [k=1]}}",
        sub__b_dot_yml="services: {b: {labels: [k=2]}}",
    )
    assert labels(project) == {"b": {"k": "2"}}


def test_the_including_file_wins(load: Load) -> None:
    """C-082."""
    project = load(
        "include: [b.yml]\nservices: {b: {labels: [k=mine]}}",
        b_dot_yml="services: {b: {image: y, labels: [k=theirs, l=theirs]}}",
    )
    assert labels(project) == {"b": {"k": "mine", "l": "theirs"}}


def test_a_service_may_extend_an_included_one(load: Load) -> None:
    project = load(
        "include: [b.yml]\nservices: {a: {extends: b}}", b_dot_yml="services: {b: {image: y, labels: [k=1]}}"
    )
    assert labels(project)["a"] == {"k": "1"}


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("include: [compose.yml]", "cycle", "compose.yml"),
        ("include: [no.yml]", "missing-file", "no.yml"),
        ("include: [{path: b.yml, env_file: no.env}]", "missing-file", "no.env"),
    ],
)
def test_what_compose_refuses(load: Load, text: str, kind: str, at: str) -> None:
    project = load(text, b_dot_yml="services: {b: {image: y}}")
    assert [(p.kind, p.span.text, p.file_lost) for p in project.problems] == [(kind, at, True)]


def test_a_missing_include_leaves_the_project_open(load: Load) -> None:
    project = load("include: [no.yml]\nservices: {a: {image: x, networks: [elsewhere]}}")
    assert project.is_open
    assert [problem.kind for problem in project.problems] == ["missing-file"]


def test_includes_that_fan_out_end(load: Load) -> None:
    files = {f"f{i}_dot_yml": f"include: [f{i + 1}.yml, ./f{i + 1}.yml]" for i in range(40)}
    assert load("include: [f0.yml]", **files).is_open
