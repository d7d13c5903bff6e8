"""Names of services: undefined, ambiguous, defined twice, shared: TL501, TL502, TL514 to TL516, TL519, TL524."""

from __future__ import annotations

import pytest

from tests.checks.compose_files import ON, RULE, app, project, service, traefik
from tests.checks.lint import found_by, lint

S = "traefik.http.services"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["traefik.http.routers.app.service=appp", f"{S}.app.loadbalancer.server.port=8080"], ["appp"]),
        (["traefik.http.routers.app.service=other"], ["other"]),
        (["traefik.http.routers.app.service=apii@internal"], ["apii@internal"]),
        (["traefik.http.routers.app.service=app", f"{S}.app.loadbalancer.server.port=8080"], []),
        (["traefik.http.routers.app.service=noop@internal"], []),
        (["traefik.http.routers.app.service=x@consulcatalog"], ["x@consulcatalog"]),
        (["traefik.http.routers.app.service=${SERVICE}"], []),
        (["traefik.http.routers.app.middlewares=e", "traefik.http.middlewares.e.errors.status=500",
          "traefik.http.middlewares.e.errors.query=/", "traefik.http.middlewares.e.errors.service=pages"], ["pages"]),
    ],
)  # fmt: skip
def test_undefined(labels: list[str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL501", app(*labels))] == expected


def test_the_only_service_beside_it_was_meant_where_others_may_be_elsewhere() -> None:
    labels = (ON, RULE, "traefik.http.routers.app.service=front", f"{S}.website.loadbalancer.server.port=80")
    open_world = {"compose.yml": "services:\n" + service(*labels)}
    [found] = [one for one in lint(open_world) if one.rule == "TL501"]
    assert (found.text, found.severity, found.hint) == ("front", "warning", 'write "website"')


def test_a_service_that_may_be_elsewhere() -> None:
    files = {"compose.yml": "services:\n" + service(ON, RULE, "traefik.http.routers.app.service=front")}
    assert found_by("TL501", files) == []


def test_the_automatic_service_of_a_container_is_called_after_its_project() -> None:
    files = app()
    files["compose.yml"] = "name: shop\n" + files["compose.yml"]
    files["dynamic/app.yml"] = (
        "http:\n  routers:\n    x: {rule: Host(`x.example.com`), service: app@docker}\n"
    )
    assert [one.hint for one in lint(files) if one.rule == "TL501"] == ['write "app-shop@docker"']


TWO = [f"{S}.a.loadbalancer.server.port=1", f"{S}.b.loadbalancer.server.port=2"]


@pytest.mark.parametrize(
    ("labels", "rules"),
    [
        ([RULE, *TWO], ["TL502"]),
        ([RULE, "traefik.http.routers.app.service=a", *TWO], []),
        ([RULE, *TWO[:1]], []),
        (TWO, ["TL524"]),
        (TWO[:1], []),
    ],
)
def test_several_services(labels: list[str], rules: list[str]) -> None:
    files = project(traefik(), service(ON, *labels))
    assert [rule for rule in ("TL502", "TL524") if found_by(rule, files)] == rules


def test_a_service_spelled_in_two_ways() -> None:
    labels = [
        RULE,
        f"{S}.frontend.loadbalancer.server.port=80",
        f"{S}.fronted.loadbalancer.passhostheader=true",
    ]
    [found] = [one for one in lint(project(traefik(), service(ON, *labels))) if one.rule == "TL502"]
    assert found.text == "traefik.http.routers.app.rule"
    assert found.hint == 'spell the service in one way: "fronted" and "frontend" are two'


def two(
    one: list[str], other: list[str], image: str = "registry.example.com/blog:2", rest: str = ""
) -> dict[str, str]:
    return project(
        traefik(), service(ON, *one, name="one"), service(ON, *other, name="two", image=image, rest=rest)
    )


A = "traefik.http.routers.r.rule=Host(`a.example.com`)"
B = "traefik.http.routers.r.rule=Host(`b.example.com`)"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (two([A], [B]), ["traefik.http.routers.r.rule"]),
        (two([A], [A]), ["traefik.http.routers.r.rule"]),  # each is bound to its own service
        (two([A, *TWO[:1]], [A, f"{S}.a.loadbalancer.server.port=1"]), []),
        (two([A], [B.replace("routers.r", "routers.s")]), []),
        (two([A], [B], rest="profiles: [debug]"), []),
        (two([A], ["traefik.http.routers.r.rule=Host(`${HOST}`)"]), []),
        (two(["traefik.http.middlewares.m.compress=true"], ["traefik.http.middlewares.m.compress=true"]), []),
        (two(["traefik.http.middlewares.m.addprefix.prefix=/a"], ["traefik.http.middlewares.m.addprefix.prefix=/b"]),
         ["traefik.http.middlewares.m.addprefix.prefix"]),
    ],
)  # fmt: skip
def test_conflicts(files: dict[str, str], expected: list[str]) -> None:
    assert [found[2] for found in found_by("TL514", files)] == expected


def test_labels_that_extends_copied() -> None:
    files = project(
        traefik(), service(ON, RULE), "  copy:\n    extends: app\n    environment: {MODE: worker}\n"
    )
    [found] = [one for one in lint(files) if one.rule == "TL514"]
    assert "came with extends" in found.message


def shared(one: str, other: str, image: str) -> dict[str, str]:
    labels = [f"{S}.web.loadbalancer.server.port=8080"]
    return two(
        [f"traefik.http.routers.{one}", f"traefik.http.routers.{one.partition('.')[0]}.service=web", *labels],
        [
            f"traefik.http.routers.{other}",
            f"traefik.http.routers.{other.partition('.')[0]}.service=web",
            *labels,
        ],
        image,
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            shared(
                "x.rule=Host(`x.example.com`)", "y.rule=Host(`y.example.com`)", "registry.example.com/blog:1"
            ),
            True,
        ),
        (
            shared(
                "x.rule=Host(`x.example.com`)", "y.rule=Host(`y.example.com`)", "registry.example.com/app:1.4"
            ),
            True,
        ),
        (
            shared(
                "x.rule=Host(`x.example.com`)", "x.rule=Host(`x.example.com`)", "registry.example.com/app:1.5"
            ),
            False,
        ),
        (
            shared(
                "x.rule=Host(`x.example.com`)", "x.rule=Host(`x.example.com`)", "registry.example.com/blog:1"
            ),
            True,
        ),
    ],
)
def test_a_service_of_two_applications(files: dict[str, str], expected: bool) -> None:
    assert bool(found_by("TL516", files)) is expected


def test_a_second_file_with_the_same_name() -> None:
    text = "http:\n  middlewares:\n    small:\n      compress: {}\n"
    files = project(traefik(), dynamic=text) | {"dynamic/b.yml": text}
    assert found_by("TL515", files) == [("dynamic/b.yml", 3, "small")]
    assert found_by("TL515", project(traefik(), dynamic=text)) == []


@pytest.mark.parametrize(
    ("labels", "rest", "expected"),
    [
        ([f"{S}.app.loadbalancer.server.url=http://a", f"{S}.app.loadbalancer.server.port=80"], "", True),
        (
            [f"{S}.app.loadbalancer.server.url=http://a", f"{S}.app.loadbalancer.server.scheme=https"],
            "",
            True,
        ),
        ([f"{S}.app.loadbalancer.server.url=http://a:80"], "", False),
        ([f"{S}.app.loadbalancer.server.port=80"], "network_mode: none", True),
        ([f"{S}.app.loadbalancer.server.port=80"], "network_mode: container:elsewhere", False),
    ],
)
def test_containers_without_a_server(labels: list[str], rest: str, expected: bool) -> None:
    assert bool(found_by("TL519", app(*labels, rest=rest))) is expected
