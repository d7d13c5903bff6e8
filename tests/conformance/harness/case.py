"""A conformance case: one world that both the real Traefik and our model are asked about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .binary import installed_version
from .jsontypes import Object

NOTHING: Mapping[str, str] = MappingProxyType({})

#: Where a container of Traefik's image sees the configuration; cases name paths below it.
CONFIGURATION_FOLDER = "/etc/traefik"
DYNAMIC_FOLDER = CONFIGURATION_FOLDER + "/dynamic"


class Case(NamedTuple):
    """One configuration, as its user would write it.

    `static` is the text of traefik.yml; without it `flags` are the arguments. `files` are the texts of
    the files in Traefik's `dynamic` folder, `compose` is a compose file (a Traefik service is added when it
    has none), `manifests` is a stream of Kubernetes objects. No `version` means the installed one.
    """

    id: str
    static: str = ""
    flags: tuple[str, ...] = ()
    files: Mapping[str, str] = NOTHING
    compose: str = ""
    manifests: str = ""
    version: str = ""


class Answer(NamedTuple):
    """What somebody makes of a case; `rawdata` is None when Traefik would refuse to start."""

    rawdata: Object | None
    static_error: str = ""
    log_errors: tuple[str, ...] = ()


def version_of(case: Case) -> str:
    """Return the Traefik version that a case is about."""
    return case.version or installed_version()


def write(case: Case, folder: Path) -> None:
    """Write a case to a folder, as the files that a user would have there."""
    for name, text in user_files(case).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def readable(case: Case) -> str:
    """Return a case as one printable text, file by file."""
    files = user_files(case)
    return "\n".join(
        [f"case {case.id}, Traefik {version_of(case)}"]
        + [f"--- {name}\n{files[name].rstrip()}" for name in sorted(files)]
    )


def user_files(case: Case) -> dict[str, str]:
    """Return the files of a case by their path."""
    files = {f"dynamic/{name}": text for name, text in case.files.items()}
    if case.static:
        files["traefik.yml"] = case.static
    if case.compose or (case.flags and not case.manifests):
        files["compose.yml"] = compose_document(case)
    if case.manifests:
        files["manifests.yml"] = case.manifests
        if case.flags:
            files["traefik-deployment.yml"] = deployment_document(case)
    return files


def compose_document(case: Case) -> str:
    """Return a case's compose file with the service that runs Traefik in it."""
    text = case.compose or "services:\n"
    if "\nname:" not in "\n" + text:
        text = "name: proj\n" + text
    if "image: traefik:" in text:
        return text
    head, marker, rest = text.partition("services:\n")
    if not marker:
        raise ValueError(f"case {case.id}: the compose file needs a line 'services:'")
    return head + marker + _traefik_service(case) + rest


def _traefik_service(case: Case) -> str:
    lines = ["  traefik:", f"    image: traefik:v{version_of(case)}"]
    if case.flags:
        lines.append("    command:")
        lines += ["      - " + json.dumps(flag.replace("$", "$$"), ensure_ascii=False) for flag in case.flags]
    lines += [
        "    labels:",
        '      traefik.enable: "false"',
        "    deploy:",
        "      labels:",
        '        traefik.enable: "false"',
        "    volumes:",
        "      - /var/run/docker.sock:/var/run/docker.sock:ro",
    ]
    if case.static:
        lines.append(f"      - ./traefik.yml:{CONFIGURATION_FOLDER}/traefik.yml:ro")
    if case.files:
        lines.append(f"      - ./dynamic:{DYNAMIC_FOLDER}:ro")
    return "\n".join(lines) + "\n"


def deployment_document(case: Case) -> str:
    """Return the Kubernetes Deployment that runs Traefik with a case's flags."""
    container: Object = {"name": "traefik", "image": f"traefik:v{version_of(case)}", "args": list(case.flags)}
    document: Object = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "traefik", "namespace": "kube-system"},
        "spec": {
            "selector": {"matchLabels": {"app": "traefik"}},
            "template": {"metadata": {"labels": {"app": "traefik"}}, "spec": {"containers": [container]}},
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
