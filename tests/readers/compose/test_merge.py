from __future__ import annotations

from collections.abc import Callable

import pytest

from traefik_lint.model.compose import ComposeProject

Load = Callable[..., ComposeProject]


def service_yaml(body: str) -> str:
    return "services:\n  a:\n    image: x\n" + "".join(f"    {line}\n" for line in body.splitlines())


def labels(project: ComposeProject) -> dict[str, str]:
    return {label.key.value: label.value.value for label in project.services[0].labels}


@pytest.mark.parametrize(
    ("base", "override", "expected"),
    [
        # C-071: by key, whatever the form
        ("labels: [a=1, b=2]", "labels: [b=3, c=4]", {"a": "1", "b": "3", "c": "4"}),
        ("labels: [a=1, b=2]", "labels: {b: 3}", {"a": "1", "b": "3"}),
        ("labels: {a: 1}", "labels: [a=2]", {"a": "2"}),
        ("labels: {a: 1}", "labels:", {"a": "1"}),
        ("labels: {a: 1}", "labels: {a: }", {"a": ""}),
        # C-075
        ("labels: [a=1, b=2]", "labels: !override [c=3]", {"c": "3"}),
        ("labels: [a=1, b=2]", "labels: !reset []", {}),
        ("labels: {a: 1, b: 2}", "labels: {a: !reset null}", {"b": "2"}),
        ("labels: [a=1]", "profiles: [x]", {"a": "1"}),
    ],
)
def test_labels_of_two_files(load: Load, base: str, override: str, expected: dict[str, str]) -> None:
    assert labels(load(service_yaml(base), service_yaml(override))) == expected


@pytest.mark.parametrize(
    ("base", "override", "expected"),
    [
        # C-072: replaced as a whole
        ("command: [a, b]", "command: [c]", ["c"]),
        ("command: [a, b]", "command: c d", ["c", "d"]),
        ("command: [a, b]", "command:", None),
        ("command: [a, b]", "image: y", ["a", "b"]),
    ],
)
def test_command_of_two_files(load: Load, base: str, override: str, expected: list[str] | None) -> None:
    command = load(service_yaml(base), service_yaml(override)).services[0].command
    assert (command if command is None else [word.value for word in command]) == expected


@pytest.mark.parametrize(
    ("base", "override", "expected"),
    [
        # C-073: appended, then unique
        ('ports: ["80:80"]', 'ports: ["81:80"]', [("80", 80), ("81", 80)]),
        ('ports: ["80:80"]', 'ports: ["80:80"]', [("80", 80)]),
        ('ports: ["80:80"]', 'ports: !override ["81:80"]', [("81", 80)]),
        (
            "ports: [{target: 80, published: 80}]",
            "ports: [{target: 80, published: 80, protocol: tcp}]",
            [("80", 80)],
        ),
    ],
)
def test_ports_of_two_files(load: Load, base: str, override: str, expected: list[tuple[str, int]]) -> None:
    ports = load(service_yaml(base), service_yaml(override)).services[0].ports
    assert [(port.published, port.target) for port in ports] == expected


def test_networks_as_list_and_map_meet(load: Load) -> None:
    """C-074."""
    tail = "networks: {web: {}, db: {}, default: {}}\n"
    project = load(service_yaml("networks: [web]") + tail, service_yaml("networks: {db: {aliases: [x]}}"))
    assert [attachment.network.key for attachment in project.services[0].networks] == ["web", "db"]


def test_a_volume_for_the_same_target_takes_the_place_of_the_earlier(load: Load) -> None:
    project = load(service_yaml("volumes: [./a:/etc/x, ./b:/y]"), service_yaml("volumes: ['./c:/etc/x:ro']"))
    mounts = [(mount.path, mount.target, mount.read_only) for mount in project.services[0].mounts]
    assert mounts == [("/shop/c", "/etc/x", True), ("/shop/b", "/y", False)]


def test_documents_of_one_file_are_laid_over_each_other(load: Load) -> None:
    """C-004."""
    project = load(service_yaml("labels: [a=1]") + "---\n" + service_yaml("labels: [a=2]"))
    assert labels(project) == {"a": "2"}


def test_an_overridden_value_stands_where_it_was_written_last(load: Load) -> None:
    project = load(service_yaml("labels: [a=1]"), service_yaml("labels: [a=2]"))
    (label,) = project.services[0].labels
    assert (label.value.file.path, label.value.span.text) == ("compose1.yml", "2")
