"""Names that the settings declare as defined elsewhere are not reported as undefined."""

from __future__ import annotations

from pathlib import Path

import pytest

from traefik_lint.findings.lint import lint
from traefik_lint.findings.request import Request

STATIC = "entryPoints: {web: {address: ':80'}}\nproviders: {file: {filename: dynamic.yml}}\n"
ROUTER = "http:\n  routers:\n    a:\n      rule: Host(`a.example.com`)\n      "
SERVICE = "  services: {s: {loadBalancer: {servers: [{url: 'http://10.0.0.1'}]}}}\n"


@pytest.mark.parametrize(
    ("rule", "options", "externals"),
    [
        ("undefined-entry-point", "entryPoints: [outside]\n      service: s", "entry-points: outside"),
        ("undefined-middleware", "middlewares: [outside]\n      service: s", "middlewares: '*@file'"),
        ("undefined-service", "service: outside", "services: [other, 'out*@file']"),
        (
            "undefined-certificate-resolver",
            "tls: {certResolver: outside}\n      service: s",
            "resolvers: [outside]",
        ),
        ("undefined-tls-options", "tls: {options: outside}\n      service: s", "tls-options: outside@file"),
    ],
)
def test_externals(
    rule: str, options: str, externals: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "traefik.yml").write_text(STATIC)
    (tmp_path / "dynamic.yml").write_text(f"{ROUTER}{options}\n{SERVICE}")
    monkeypatch.chdir(tmp_path)
    request = Request((".",), str(tmp_path), select=(rule,))
    assert [finding.name for finding in lint(request).findings] == [rule]
    (tmp_path / ".traefik-lint.yaml").write_text(f"externals:\n  {externals}\n")
    assert lint(request).findings == []
