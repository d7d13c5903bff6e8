from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject, ComposeService

Load = Callable[..., ComposeProject]


def service(project: ComposeProject, name: str) -> ComposeService:
    return next(service for service in project.services if service.name.value == name)


def labels(found: ComposeService) -> dict[str, str]:
    return {label.key.value: label.value.value for label in found.labels}


def test_a_service_inherits_from_another_of_its_file(load: Load) -> None:
    project = load("""
services:
  base:
    image: web
    labels: [a=1, b=2]
    ports: ["80"]
  shop:
    extends: base
    labels: [b=3]
    ports: ["81"]
""")
    shop = service(project, "shop")
    assert shop.image is not None
    assert (shop.image.value, labels(shop), [port.target for port in shop.ports]) == (
        "web", {"a": "1", "b": "3"}, [80, 81],
    )  # fmt: skip
    assert {label.key.value: label.via.text if label.via else None for label in shop.labels} == {
        "a": "base",
        "b": None,
    }


def test_a_base_in_another_file_keeps_its_own_folder(load: Load) -> None:
    """C-077."""
    project = load(
        "services: {shop: {extends: {file: common/base.yml, service: base}}}",
        common__base_dot_yml="services: {base: {image: web, volumes: ['./conf:/etc/x'], labels: {a: $X}}}",
        _dot_env="X=1",
    )
    shop = service(project, "shop")
    assert ([mount.path for mount in shop.mounts], labels(shop)) == (["/shop/common/conf"], {"a": "1"})
    assert [file.path for file in project.files] == ["compose.yml", "common/base.yml"]


def test_chains_through_files(load: Load) -> None:
    project = load(
        "services: {c: {extends: {file: b.yml, service: b}, labels: [c=3]}}",
        b_dot_yml="services: {b: {extends: {file: a.yml, service: a}, labels: [b=2]}}",
        a_dot_yml="services: {a: {image: web, labels: [a=1, b=1]}}",
    )
    assert labels(service(project, "c")) == {"a": "1", "b": "2", "c": "3"}


def test_an_override_of_the_base_does_not_reach_the_extending_service(load: Load) -> None:
    """C-076: extends is carried out inside its own file."""
    project = load(
        "services: {base: {image: web, labels: [a=1]}, shop: {extends: base}}",
        "services: {base: {labels: [a=2]}}",
    )
    assert (labels(service(project, "base")), labels(service(project, "shop"))) == ({"a": "2"}, {"a": "1"})


def test_reset_takes_away_what_is_inherited_and_what_an_earlier_file_says(load: Load) -> None:
    project = load(
        "services: {shop: {image: x, labels: [old=1]}}",
        "services: {base: {image: web, labels: [a=1]}, shop: {extends: base, labels: !reset null}}",
    )
    assert labels(service(project, "shop")) == {}


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("services: {a: {extends: b}, b: {extends: a}}", "cycle", "b"),
        ("services: {a: {extends: a}}", "cycle", "a"),
        ("services: {a: {extends: nobody}}", "missing-service", "nobody"),
        ("services: {a: {extends: {file: no.yml, service: x}}}", "missing-file", "no.yml"),
    ],
)
def test_what_compose_refuses(load: Load, text: str, kind: str, at: str) -> None:
    problems = load(text).problems
    assert {problem.kind for problem in problems} == {kind}
    assert problems[0].file_lost
    assert problems[0].span.text in (at, "a")


def test_a_missing_base_leaves_the_project_open(load: Load) -> None:
    project = load("services: {a: {image: x, extends: {file: ../no.yml, service: x}}}")
    assert project.is_open
    assert project.problems[0].path == "/no.yml"


def test_a_remote_base_is_no_mistake(load: Load) -> None:
    project = load("services: {a: {image: x, extends: {file: 'https://x.org/c.yml', service: x}}}")
    assert (project.is_open, project.problems) == (True, [])
