"""What the README shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.cli.program import Program, project, traefik_lint
from traefik_lint.cli.app import COMMANDS
from traefik_lint.findings.settings_reader import EXTERNAL_KINDS, SETTINGS, read_settings
from traefik_lint.report.formats import FORMATS
from traefik_lint.source.span import SourceFile

__all__ = ["project", "traefik_lint"]

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

COMPOSE = """\
services:
  traefik:
    image: traefik:v3.6
    ports:
      - 80:80
      - 443:443
    volumes:
      - ./traefik/traefik.yml:/etc/traefik/traefik.yml:ro
      - /var/run/docker.sock:/var/run/docker.sock:ro
  shop:
    image: ghcr.io/example/shop:4.2
    expose: [8080]
    labels:
      - traefik.enable=true
      - traefik.http.routers.shop.rule=Host(`shop.example.com`)
      - traefik.http.routers.shop.entrypoints=webscure
      - traefik.http.routers.shop.tls.certresolver=le
"""
STATIC = """\
entryPoints:
  web:
    address: :80
    http:
      redirections:
        entryPoint:
          to: websecure
  websecure:
    address: :443
providers:
  docker:
    exposedByDefault: false
certificatesResolvers:
  le:
    acme:
      email: ops@example.com
      storage: /acme/acme.json
      tlsChallenge: {}
"""


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def shown(command: str) -> str:
    """What the README shows as the output of a command."""
    (found,) = [
        block for block in blocks("console") if block.startswith(f"$ {command}\n") and block.count("\n") > 1
    ]
    return found.partition("\n")[2]


def test_the_examples_are_what_is_printed(
    project: Path, traefik_lint: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = project / "home"
    (home / "traefik").mkdir(parents=True)
    (home / "compose.yml").write_text(COMPOSE)
    (home / "traefik" / "traefik.yml").write_text(STATIC)
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "130")
    ran = traefik_lint("--select", "TL201")
    assert (ran.code, ran.out) == (1, shown("traefik-lint"))
    (home / "compose.yml").write_text(COMPOSE.replace("webscure", "websecure"))
    assert traefik_lint("routes").out == shown("traefik-lint routes")


def test_every_command_and_format_is_named() -> None:
    rows = set(re.findall(r"^\| `traefik-lint \[?(\w+)", README, re.MULTILINE))
    assert rows == set(COMMANDS)
    assert [name for name in FORMATS if name not in README] == []


def test_the_settings_shown_are_all_there_are() -> None:
    (text,) = [block for block in blocks("yaml") if "severities:" in block]
    read_settings(SourceFile(".traefik-lint.yaml", text), "/project")
    assert set(yaml.safe_load(text)) == set(SETTINGS)
    assert [kind for kind in EXTERNAL_KINDS if f"`{kind}`" not in README] == []


def test_the_hook_shown_exists() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    (text,) = [block for block in blocks("yaml") if block.startswith("repos:")]
    assert {hook["id"] for hook in yaml.safe_load(text)["repos"][0]["hooks"]} < hooks
    assert [hook for hook in hooks if f"`{hook}`" not in README] == []


def test_links_lead_to_files() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (ROOT / link).exists()] == []
