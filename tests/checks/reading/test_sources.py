"""Flags, variables and files as sources of the static configuration: which is read, and what is not."""

from __future__ import annotations

import pytest

from tests.checks.lint import lint

RULES = ("TL025", "TL028", "TL040", "TL041", "TL042", "TL043", "TL044")
FILE = 'entryPoints:\n  web:\n    address: ":80"\n'
LIST = "--entrypoints.web.http.middlewares"
MOUNT = "    volumes:\n      - ./traefik.yml:/etc/traefik/traefik.yml:ro\n"


def _compose(command: str = "", environment: str = "", more: str = "", image: str = "traefik:v3.7") -> str:
    text = f"services:\n  traefik:\n    image: {image}\n"
    text += f"    command: {command}\n" if command else ""
    text += f"    environment: {environment}\n" if environment else ""
    return text + more


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"compose.yml": _compose("[--api.insecure=true]", more=MOUNT), "traefik.yml": FILE},
         [("TL044", "compose.yml", "api.insecure")]),
        ({"compose.yml": _compose("[--api.insecure=true]", "{TRAEFIK_PING: 'true'}")},
         [("TL044", "compose.yml", "PING")]),
        ({"compose.yml": _compose("[--configfile=/etc/traefik/traefik.yml]", more=MOUNT), "traefik.yml": FILE}, []),
        ({"compose.yml": _compose("[--ping]", "{TRAEFIK_STACK: edge, TZ: UTC}")}, []),
        ({"compose.yml": _compose("[--ping]", "{CF_API_EMAIL: a@example.com}")}, []),
        ({"compose.yml": _compose("[--ping]", image="traefik:v1.7", more=MOUNT), "traefik.yml": FILE}, []),
        ({"compose.yml": _compose(environment="{TRAEFIK_PING: 'true', traefik_log_level: DEBUG}")},
         [("TL043", "compose.yml", "traefik_log_level")]),
        ({"compose.yml": _compose("[--api.dashboard, 'false', --ping]")}, [("TL040", "compose.yml", "false")]),
        ({"compose.yml": _compose("[--log.level, DEBUG, --ping]")}, []),
        ({"compose.yml": _compose("['\"--ping\"']")}, [("TL041", "compose.yml", '"--ping"')]),
        ({"compose.yml": _compose("['--log.level DEBUG']")}, [("TL041", "compose.yml", "log.level DEBUG")]),
        ({"compose.yml": _compose(f"[{LIST}=a@file, {LIST}=b@file]")},
         [("TL042", "compose.yml", "entrypoints.web.http.middlewares")]),
        ({"compose.yml": _compose(f"['{LIST}=a@file,b@file']")}, []),
        ({"compose.yml": _compose(more=MOUNT), "traefik.yml": "entrypoint:\n  web: {}\n"},
         [("TL025", "traefik.yml", "entrypoint")]),
        ({"traefik.yml": 'entryPoints:\n  web:\n    address: "80"\nproviders:\n  rest: {}\n'},
         [("TL028", "traefik.yml", '"80"')]),
        ({"traefik.yml": 'entryPoints:\n  a:\n    address: ":80"\n  b:\n    address: ":80"\nproviders:\n  rest: {}\n'},
         [("TL028", "traefik.yml", '":80"')]),
        ({"traefik.yml": FILE + "core:\n  defaultRuleSyntax: v2\n"}, []),
    ],
)  # fmt: skip
def test_static_sources(files: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert [(one.rule, one.path, one.text) for one in lint(files) if one.rule in RULES] == expected
