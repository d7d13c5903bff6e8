"""Options of other releases, labels and options of Traefik 1, old API groups, and what an upgrade changes."""

from __future__ import annotations

import pytest

from tests.checks.lint import lint


def _command(*flags: str, image: str = "traefik:v3.7") -> dict[str, str]:
    lines = "".join(f"      - {flag}\n" for flag in ("--entrypoints.web.address=:80", *flags))
    return {"compose.yml": f"services:\n  traefik:\n    image: {image}\n    command:\n{lines}"}


@pytest.mark.parametrize(
    ("flag", "image", "expected"),
    [
        (
            "--ocsp",
            "traefik:v3.4",
            [("TL901", "error", "use Traefik 3.5.0 or newer, or take the option out")],
        ),
        ("--ocsp", "traefik:v3.5", []),
        ("--ocsp", "traefik", []),
        ("--ocsp", "${IMAGE}", []),
        ("--providers.docker.swarmmode", "traefik:v3.0", [("TL902", "error", "use providers.swarm")]),
        ("--providers.docker.swarmmode", "traefik:v2.11", []),
        ("--pilot.token=x", "traefik:v3.7", [("TL902", "error", "take it out")]),
        ("--tracing.jaeger", "traefik:v3.7", [("TL902", "error", "use tracing.otlp")]),
        ("--metrics.influxdb", "traefik:v3.7", [("TL902", "error", "use metrics.influxDB2")]),
        ("--experimental.http3", "traefik:v3.7", [("TL902", "error", "use entryPoints.<name>.http3")]),
        ("--loglevel=DEBUG", "traefik:v3.7", [("TL905", "error", "use log.level")]),
        ("--docker", "traefik:v3.7", []),
        ("--docker=true", "traefik:v3.7", [("TL905", "error", "use providers.docker")]),
        ("--docker=true", "traefik:v1.7", []),
    ],
)
def test_flags(flag: str, image: str, expected: list[tuple[str, str, str]]) -> None:
    found = [
        one
        for one in lint(_command(flag, image=image))
        if one.rule.startswith("TL9") and one.severity != "info"
    ]
    assert [(one.rule, one.severity, one.hint) for one in found] == expected


def test_a_planned_version_beats_the_image() -> None:
    found = lint(_command("--providers.docker.swarmmode", image="traefik:v2.11"), version="3.7")
    assert "TL902" in {one.rule for one in found}


API = "  api:\n    image: registry.example.com/api:1.4\n    expose: ['80']\n    labels:\n"


@pytest.mark.parametrize(
    ("labels", "image", "expected"),
    [
        (["traefik.port=80"], "traefik:v3.7", [("traefik.port", "warning")]),
        (["traefik.frontend.rule=Host:a.test"], "traefik:v3.7", [("traefik.frontend.rule", "warning")]),
        (["traefik.admin.frontend.rule=Host:a.test"], "traefik:v3.7", [("traefik.admin.frontend.rule", "warning")]),
        (["traefik.frontend.headers.customResponseHeaders=a"], "traefik:v2.11",
         [("traefik.frontend.headers.customResponseHeaders", "warning")]),
        (["traefik.port=80"], "traefik:v1.7", []),
        (["traefik.tags=public"], "traefik:v3.7", []),
        (["traefik.enable=false", "traefik.port=80"], "traefik:v3.7", []),
        (["traefik.constraint-label=public"], "traefik:v3.7", []),
        (["traefik.port=80"], "", [("traefik.port", "info")]),
        (["traefik.port=80", "traefik.http.routers.a.rule=Host(`a.test`)"], "", [("traefik.port", "warning")]),
    ],
)  # fmt: skip
def test_labels_of_traefik_1(labels: list[str], image: str, expected: list[tuple[str, str]]) -> None:
    files = _command("--providers.docker", image=image) if image else {"compose.yml": "services:\n"}
    text = files["compose.yml"] + API + "".join(f"      - {label}\n" for label in labels)
    found = [one for one in lint({"compose.yml": text}) if one.rule == "TL904"]
    assert [(one.text, one.severity) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('defaultEntryPoints = ["http"]\n[entryPoints.http]\naddress = ":80"\n', ["defaultEntryPoints"]),
        (
            '[entryPoints.http]\naddress = ":80"\n[entryPoints.http.redirect]\nentryPoint = "https"\n',
            ["redirect"],
        ),
        ('[acme]\nemail = "a@example.com"\n[entryPoints.http]\naddress = ":80"\n', ["acme"]),
        ('[entryPoints.http]\naddress = ":80"\n[api]\ninsecure = true\n', []),
    ],
)
def test_files_of_traefik_1_are_only_mentioned_where_nothing_tells_the_version(
    text: str, expected: list[str]
) -> None:
    found = [one for one in lint({"traefik.toml": text}) if one.rule in ("TL905", "TL010", "TL011")]
    assert [(one.text, one.severity) for one in found] == [(name, "info") for name in expected]
    found = [one for one in lint({"traefik.toml": text}, version="3.7") if one.rule == "TL905"]
    assert [one.text for one in found] == expected
    assert all(one.severity != "info" for one in found)


OBJECT = "apiVersion: {}/v1alpha1\nkind: Middleware\nmetadata:\n  name: one\nspec:\n  compress: {{}}\n"


@pytest.mark.parametrize(
    ("groups", "version", "expected"),
    [
        (["traefik.containo.us"], "3.7", ["error"]),
        (["traefik.containo.us"], "2.11", ["info"]),
        (["traefik.containo.us"], "", ["warning"]),
        (["traefik.containo.us", "traefik.io"], "", ["warning"]),
        (["traefik.io"], "3.7", []),
    ],
)
def test_old_api_groups(groups: list[str], version: str, expected: list[str]) -> None:
    text = "---\n".join(OBJECT.format(group) for group in groups)
    assert [
        one.severity for one in lint({"objects.yml": text}, version=version) if one.rule == "TL912"
    ] == expected


@pytest.mark.parametrize(
    ("image", "version", "expected"),
    [
        (
            "traefik:v3.2",
            "3.7",
            ["with Traefik 3.7 dot segments and doubled slashes are taken out of the path"],
        ),
        ("traefik:v3.6", "3.7.11", []),
        ("traefik:v3.2", "3.3.5", []),
        ("traefik:v3.7", "3.2", []),
        ("traefik:v3.2", "", []),
    ],
)
def test_what_an_upgrade_changes(image: str, version: str, expected: list[str]) -> None:
    files = _command("--entrypoints.web.http.encodequerysemicolons=true", image=image)
    found = [one for one in lint(files, version=version) if one.rule == "TL920"]
    assert [start for start in expected if not any(one.message.startswith(start) for one in found)] == []
    assert bool(found) == bool(expected)
    assert all(one.severity == "info" for one in found)


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("ipWhiteList: {sourceRange: [10.0.0.0/8]}", "use http.middlewares.<name>.ipAllowList"),
        (
            "headers: {sslRedirect: true}",
            "redirect on the entry point (http.redirections) or with redirectScheme",
        ),
        ("forwardAuth: {address: 'http://a.test', trustForwardHeader: true}", None),
        ("ipAllowList: {sourceRange: [10.0.0.0/8]}", None),
    ],
)
def test_deprecated_options(option: str, hint: str | None) -> None:
    text = f"http:\n  middlewares:\n    m:\n      {option}\n"
    found = [one for one in lint({"dynamic.yml": text}) if one.rule == "TL903"]
    assert [(one.hint, one.severity) for one in found] == ([(hint, "info")] if hint else [])
