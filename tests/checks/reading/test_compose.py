from __future__ import annotations

import pytest

from tests.checks.lint import lint

RULES = ("TL002", "TL030", "TL031", "TL032", "TL033", "TL034", "TL035", "TL036", "TL037", "TL045")
HEAD = "services:\n  api:\n    image: registry.example.com/api:1.4\n"
M = "traefik.http.middlewares.m"
HASH = "$apr1$q5f0NsWt$Zb0BOQ0dJuvbNHk1vWY6x1"
DOUBLED = HASH.replace("$", "$$")


def _labels(*labels: str) -> str:
    return HEAD + "    labels:\n" + "".join(f"      - '{label}'\n" for label in labels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_labels(f"{M}.basicauth.users=ada:{HASH}"), [("TL030", HASH)]),
        (_labels(f"{M}.basicauth.users=ada:{DOUBLED}"), []),
        (_labels(f"{M}.basicauth.users=ada:{DOUBLED.replace('$$', '$$$$')}"), [("TL045", ":$$$$apr1$$$$")]),
        (_labels(f"{M}.basicauth.users=${{USERS}}"), []),
        (_labels(f"{M}.redirectregex.replacement=https://${{1}}"), [("TL030", "${1}")]),
        (_labels(f"{M}.redirectregex.replacement=https://$${{1}}"), []),
        (_labels(f"{M}.redirectregex.replacement=https://$1"), []),
        (_labels(f"{M}.redirectregex.replacement=https://$host/x"), [("TL030", "$host")]),
        (_labels(f"{M}.redirectregex.replacement=https://${{DOMAIN}}/x"), []),
        (_labels(f"{M}.redirectregex.regex=^https://(?P<host>.*)$", f"{M}.redirectregex.replacement=https://${{host}}"),
         [("TL030", "${host}")]),
        (_labels("traefik.http.routers.a.rule=PathRegexp(`^/x$`)"), []),
        (_labels("traefik.http.routers.a.rule=Host(`a.${DOMAIN}`)"), []),
        (HEAD + "    labels:\n      traefik.http.routers.${N}.rule: Host(`a.example.com`)\n", [("TL034", "${N}")]),
        (HEAD + "    labels:\n      - traefik.enable: true\n", [("TL032", "traefik.enable: true")]),
        (_labels("traefik.http.routers.a.priority=1", "traefik.http.routers.a.priority=2"),
         [("TL035", "traefik.http.routers.a.priority=1")]),
        (_labels("com.example.note=1", "com.example.note=2"), []),
        (HEAD + "    labels:\n      traefik.http.routers.a.service: 0123\n", [("TL036", "0123")]),
        (HEAD + "    labels:\n      com.example.version: 1.50\n", []),
        (HEAD + "    networks: [edge]\n    labels: [traefik.enable=true]\n", [("TL032", "edge")]),
        (HEAD + "    networks: [edge]\n    depends_on: [db]\n    labels: [traefik.enable=true]\n", []),
        ("include: [other.yml]\n" + _labels("traefik.enable=true"), [("TL033", "other.yml")]),
        (HEAD + "    extends: {service: base, file: base.yml}\n    labels: [traefik.enable=true]\n",
         [("TL033", "base.yml")]),
        (HEAD + "    env_file: app.env\n    labels: [traefik.enable=true]\n", [("TL033", "app.env")]),
        (HEAD + "    labels: [traefik.enable=true]\n    labels: [traefik.enable=false]\n", [("TL002", "labels")]),
    ],
)  # fmt: skip
def test_what_compose_makes_of_it(text: str, expected: list[tuple[str, str]]) -> None:
    found = [one for one in lint({"compose.yml": text}) if one.rule in RULES and one.severity != "info"]
    found.sort(key=lambda one: one.rule)
    assert [(one.rule, one.text.strip("'")) for one in found] == expected


@pytest.mark.parametrize(
    ("env", "expected"),
    [("DOMAIN=example.com\n", ["TL031"]), ("NAME=a\n", []), (None, [])],
)
def test_a_variable_is_only_missed_where_there_is_an_env_file(env: str | None, expected: list[str]) -> None:
    files = {"compose.yml": _labels("traefik.http.routers.a.rule=Host(`${NAME}.example.com`)")}
    if env is not None:
        files[".env"] = env
    assert [one.rule for one in lint(files) if one.rule == "TL031"] == expected


@pytest.mark.parametrize("name", [".env", ".env.local", "secrets/app.env"])
def test_files_with_secrets_are_only_mentioned(name: str) -> None:
    text = HEAD + f"    env_file: {name}\n    labels: [traefik.enable=true]\n"
    assert [one.severity for one in lint({"compose.yml": text}) if one.rule == "TL033"] == ["info"]


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        (f"USERS=ada:{HASH}\n", ["${USERS"]),
        (f"USERS='ada:{HASH}'\n", []),
        (f"USERS=ada:{DOUBLED}\n", []),
        ("USERS=ada:secret\n", []),
    ],
)
def test_a_hash_in_the_env_file_needs_quotes(env: str, expected: list[str]) -> None:
    files = {".env": env, "compose.yml": _labels(f"{M}.basicauth.users=${{USERS}}")}
    assert [one.text for one in lint(files) if one.rule == "TL030"] == expected
