"""Short ways to write the worlds of cases: who reads what, through which entry points."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from .harness.case import Case

#: The usual static configuration, up to its providers.
POINTS = 'entryPoints:\n  web: {address: ":80"}\n  websecure: {address: ":443"}\n'
MANY_POINTS = (
    POINTS + '  admin: {address: ":9000"}\n  dns: {address: ":5353/udp"}\n  syslog: {address: ":5514/udp"}\n'
)
API = "api: {}\n"

FILE = "providers: {file: {filename: /etc/traefik/dynamic/shop.yml}}\n"
DIRECTORY = "providers: {file: {directory: /etc/traefik/dynamic}}\n"
DOCKER = "providers: {docker: {}}\n"
SWARM = "providers: {swarm: {}}\n"
DOCKER_AND_FILE = "providers: {docker: {}, file: {directory: /etc/traefik/dynamic}}\n"
CRD = "providers: {kubernetesCRD: {}}\n"
INGRESS = "providers: {kubernetesIngress: {}}\n"
KUBERNETES = "providers: {kubernetesCRD: {}, kubernetesIngress: {}}\n"

#: A service that any router of a file may use.
SERVICE = "services: {pots: {loadBalancer: {servers: [{url: 'http://pots:8080'}]}}}"


def file_case(name: str, text: str, points: str = POINTS + API) -> Case:
    """Return a case with one dynamic file."""
    return Case(name, static=points + FILE, files={"shop.yml": text})


def files_case(name: str, files: Mapping[str, str], points: str = POINTS + API) -> Case:
    """Return a case with a directory of dynamic files."""
    return Case(name, static=points + DIRECTORY, files=files)


def rule_case(name: str, rule: str, more: str = "", points: str = POINTS + API) -> Case:
    """Return a case with one http router of a file."""
    return file_case(
        name,
        f"http:\n  routers:\n    r: {{rule: {json.dumps(rule, ensure_ascii=False)}, "
        f"service: pots{more}}}\n  {SERVICE}\n",
        points,
    )


def tcp_rule_case(name: str, rule: str, more: str = "", points: str = POINTS + API) -> Case:
    """Return a case with one tcp router of a file."""
    return file_case(
        name,
        f"tcp:\n  routers:\n    r: {{rule: {json.dumps(rule, ensure_ascii=False)}, "
        f"service: db{more}}}\n"
        "  services: {db: {loadBalancer: {servers: [{address: 'db:5432'}]}}}\n",
        points,
    )


def middleware_case(name: str, middleware: str, points: str = POINTS + API) -> Case:
    """Return a case with one middleware of a file, used by one router; `middleware` is its flow mapping."""
    return file_case(
        name,
        f"http:\n  routers: {{r: {{rule: Host(`pots.shop`), service: pots, middlewares: [m]}}}}\n"
        f"  middlewares: {{m: {middleware}}}\n  {SERVICE}\n",
        points,
    )


def container(
    name: str,
    labels: Iterable[str] = (),
    expose: Iterable[int] = (8080,),
    more: str = "",
    swarm: bool = False,
) -> str:
    """Return the lines of a compose service; `more` are further lines of it, indented by four."""
    label_lines = "".join(
        f"      - {json.dumps(label.replace('$', '$$'), ensure_ascii=False)}\n" for label in labels
    )
    exposed = ", ".join(map(str, expose))
    lines = f"  {name}:\n    image: example/{name.lower()}:1\n"
    lines += f"    expose: [{exposed}]\n" if exposed else ""
    if label_lines and swarm:
        lines += "    deploy:\n      labels:\n" + label_lines.replace("      - ", "        - ")
    elif label_lines:
        lines += "    labels:\n" + label_lines
    return lines + more


def compose(*services: str, more: str = "") -> str:
    """Return a compose file of services as `container` writes them."""
    return "name: shop\nservices:\n" + "".join(services) + more


def docker_case(
    name: str, *services: str, points: str = POINTS + API, providers: str = DOCKER, more: str = ""
) -> Case:
    """Return a case of containers."""
    return Case(name, static=points + providers, compose=compose(*services, more=more))


def labels_case(name: str, *labels: str, points: str = POINTS + API) -> Case:
    """Return a case of one container with these labels, exposing port 8080."""
    return docker_case(name, container("pots", labels), points=points)


def swarm_case(
    name: str, *services: str, points: str = POINTS + API, providers: str = SWARM, more: str = ""
) -> Case:
    """Return a case of a swarm stack."""
    return Case(name, static=points + providers, compose=compose(*services, more=more))


def kubernetes_case(name: str, *manifests: str, points: str = POINTS + API, providers: str = CRD) -> Case:
    """Return a case of Kubernetes objects."""
    return Case(
        name, static=points + providers, manifests="---\n".join(each.lstrip("\n") for each in manifests)
    )


def flags_case(name: str, *flags: str, files: Mapping[str, str] | None = None) -> Case:
    """Return a case of command-line flags, with the API switched on."""
    return Case(name, flags=("--api=true", *flags), files=files or {})
