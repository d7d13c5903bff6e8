"""No input crashes the tool: whatever a file holds, the answer is a finding or silence, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Program
from traefik_lint.report.formats import FORMATS

_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

HOSTILE = {
    "brackets": b"entryPoints: " + b"[" * 200_000,
    "braces": b"http: " + b"{a: " * 100_000,
    "nested sequences": b"http:\n" + b"- " * 50_000,
    "alias bomb": b"http: {}\n" + _BOMB.encode(),
    "cyclic alias": b"http: &a\n  routers: *a\n",
    "merge of itself": b"http: &a\n  <<: *a\n",
    "NUL": b"http:\n  routers: \0\n",
    "UTF-16": "\ufeffhttp:\n  routers: {a: {rule: 'Host(`a`)', service: b}}\n".encode("utf-16-le"),
    "UTF-8 mark": b"\xef\xbb\xbfhttp:\n  routers: {a: {rule: 'Host(`a`)', service: b}}\n",
    "not UTF-8": b"http:\n  routers: \xff\xfe\n",
    "carriage returns": b"http:\r  routers:\r    a:\r      rule: Host(`a`)\r      service: [\r",
    "large scalar": b"http:\n  routers:\n    a:\n      rule: " + b"x" * 1_000_000 + b"\n      service: b\n",
    "large rule": b"http:\n  routers:\n    a:\n      service: b\n      rule: "
    + b" || ".join([b"Host(`a`)"] * 5_000) + b"\n",
    "deep rule": b"http:\n  routers:\n    a:\n      service: b\n      rule: "
    + b"(" * 5_000 + b"Host(`a`)" + b")" * 5_000 + b"\n",
    "long chain": b"http:\n  routers: {r: {rule: 'Host(`a`)', service: s, middlewares: [m0]}}\n"
    b"  services: {s: {loadBalancer: {servers: [{url: 'http://a'}]}}}\n  middlewares:\n"
    + b"".join(b"    m%d: {chain: {middlewares: [m%d]}}\n" % (n, n + 1) for n in range(3_000)),
    "wide chain": b"http:\n  routers: {r: {rule: 'Host(`a`)', service: s, middlewares: [m0]}}\n  middlewares:\n"
    + b"".join(b"    m%d: {chain: {middlewares: [m%d, m%d]}}\n" % (n, n + 1, n + 1) for n in range(60)),
    "wide services": b"http:\n  routers: {r: {rule: 'Host(`a`)', service: m0}}\n  services:\n"
    + b"".join(b"    m%d: {weighted: {services: [{name: m%d}, {name: m%d}]}}\n" % (n, n + 1, n + 1) for n in range(60)),
    "random bytes": bytes(range(256)) * 40,
    "long label": b"services:\n  a:\n    image: traefik\n    labels: ['traefik." + b"a." * 100_000 + b"=1']\n",
    "wrong shapes": b"http: [1]\ntcp: 3\nudp: {routers: 1}\ntls: null\nentryPoints: {web: 80}\nproviders: x\n",
    "keys that are no texts": b"http:\n  routers:\n    ? [a, b]\n    : {rule: x}\n",
    "tags": b"http: !!binary aGVsbG8=\nentryPoints: !unknown {web: !!int x}\n",
    "escape sequences":
    b'http:\n  routers:\n    "\\e[2J\\u202e":\n      {rule: "Hst(`\\e[31m`)", service: b, entryPoints: ["\\0"]}\n',
    "surrogate": b'http:\n  routers:\n    "\\ud800": {rule: "Host(`\\udfff`)", service: b}\n',
    "compose of lists": b"services: [traefik]\nlabels: [traefik.http.routers]\n",
    "labels": b"services:\n  a:\n    image: traefik\n    labels:\n"
    + b"".join(b"      - " + label + b"\n" for label in (
        b"traefik.http.routers.a.rule", b"traefik.http..rule=x", b"traefik.http.routers.a[0].rule=x",
        b"traefik.http.routers.a.tls.domains[99999999999].main=x", b"traefik.=", b"traefik", b"=", b"'='",
        b"traefik.http.services.a.loadbalancer.server.port=99999999999999999999", b"traefik.http.routers.${A.rule=x",
    )),
    "flags": b"services:\n  a:\n    image: traefik:v3\n    command: '--entrypoints.web.address=:80 --x=\"'\n",
    "documents": b"---\n" * 20_000 + b"kind: IngressRoute\napiVersion: traefik.io/v1alpha1\n",
    "kubernetes": b"apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: x\n"
    b"spec: {routes: [1, {match: [], services: {}}]}\n",
    "template": b"http:\n  routers:\n{{ range $i := until 1000000000 }}\n    r{{ $i }}: {}\n{{ end }}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("file", ["traefik.yml", "compose.yml", "dynamic.toml"])
def test_hostile_file(name: str, file: str, project: Path, traefik_lint: Program) -> None:
    (project / "traefik.yml").write_text("providers: {file: {filename: dynamic.toml}}\n")
    (project / file).write_bytes(HOSTILE[name])
    ran = traefik_lint("--format", "json")
    assert ran.code in (0, 1), ran.err
    assert ran.err == ""
    json.loads(ran.out)
    assert traefik_lint("routes").code == 0


def test_variables_that_double_with_each_line(project: Path, traefik_lint: Program) -> None:
    lines = ["V0=xxxxxxxxxx", *(f"V{n}=${{V{n - 1}}}${{V{n - 1}}}" for n in range(1, 60))]
    (project / ".env").write_text("\n".join(lines))
    (project / "compose.yml").write_text(
        "services:\n  a:\n    image: ${V59}\n    labels: ['traefik.http.routers.a.rule=${V59}']\n"
    )
    assert traefik_lint().code == 0


def test_messages_do_not_repeat_a_whole_file(project: Path, traefik_lint: Program) -> None:
    (project / "traefik.yml").write_text("providers: {file: {filename: dynamic.yml}}\n")
    (project / "dynamic.yml").write_bytes(HOSTILE["large scalar"])
    assert len(traefik_lint().out) < 10_000


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_writes_what_hostile_files_give(
    format_name: str, project: Path, traefik_lint: Program
) -> None:
    for number, (name, data) in enumerate(HOSTILE.items()):
        if not name.startswith("large"):
            (project / f"p{number}").mkdir()
            (project / f"p{number}" / "traefik.yml").write_bytes(data)
    ran = traefik_lint("--format", format_name)
    assert ran.code == 1
    assert "\x1b" not in ran.out.replace("\\u001b", "")
