"""From a compose file to the containers or swarm services that an engine would have for it.

A second reading beside our own, and a small one: no interpolation but `$$`, no extends, no include. What
compose itself computes is no matter between Traefik and us.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

import yaml

from .docker_engine import Containers
from .jsontypes import Json, Object, mapping, sequence, text


class Project(NamedTuple):
    """A compose project; `addresses` maps each address given out to its service's name."""

    containers: Containers
    addresses: dict[str, str]


class _Network(NamedTuple):
    key: str
    name: str
    number: int

    @property
    def id(self) -> str:
        return _id(self.name)[:25]


class _TextLoader(yaml.SafeLoader):
    """Reads every scalar but null as text, as label values arrive at the engine."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _load(source: str) -> tuple[str, dict[str, Object], list[_Network]]:
    document = mapping(yaml.load(source, Loader=_TextLoader))
    project = re.sub(r"[^a-z0-9_-]", "", text(document["name"]).lower()).lstrip("_-")
    services = {name: mapping(service) for name, service in mapping(document.get("services")).items()}
    names = {"default": f"{project}_default"}
    for key, network in mapping(document.get("networks")).items():
        options = mapping(network)
        names[key] = text(options.get("name")) or (key if options.get("external") else f"{project}_{key}")
    numbers = {name: number for number, name in enumerate(sorted(set(names.values())), 1)}
    return project, services, [_Network(key, name, numbers[name]) for key, name in names.items()]


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def labels_of(value: Json) -> dict[str, str]:
    """Return labels in map or list form as a map, `$$` read as `$`."""
    if isinstance(value, dict):
        pairs = [(key, "" if item is None else str(item)) for key, item in value.items()]
    else:
        pairs = [(key, item) for key, _, item in (str(entry).partition("=") for entry in sequence(value))]
        pairs = [(key.replace("$$", "$"), item) for key, item in pairs]
    return {key: item.replace("$$", "$") for key, item in pairs}


def _attached(service: Object, networks: list[_Network]) -> list[_Network]:
    wanted = list(mapping(service.get("networks"))) or [str(key) for key in sequence(service.get("networks"))]
    return [network for key in (wanted or ["default"]) for network in networks if network.key == key]


def _count(service: Object) -> int:
    deploy = mapping(service.get("deploy"))
    return int(str(service.get("scale") or deploy.get("replicas") or 1))


# --- plain containers -----------------------------------------------------------------------------------


def containers_of(source: str) -> Project:
    """Return the running containers of a compose file."""
    project, services, networks = _load(source)
    addresses: dict[str, str] = {}
    containers = []
    for service_number, (name, service) in enumerate(services.items(), 1):
        for replica in range(1, _count(service) + 1):
            host = service_number * 10 + replica
            containers.append(_container(project, name, service, replica, networks, host))
            addresses.update({f"172.28.{network.number}.{host}": name for network in networks})
            addresses[f"172.17.0.{host}"] = name
    return Project(Containers(containers=tuple(containers)), addresses)


def _container(
    project: str, name: str, service: Object, replica: int, networks: list[_Network], host: int
) -> Object:
    container_name = text(service.get("container_name")) or f"{project}-{name}-{replica}"
    labels: Object = {
        **labels_of(service.get("labels")),
        "com.docker.compose.project": project,
        "com.docker.compose.service": name,
        "com.docker.compose.container-number": str(replica),
    }
    mode = text(service.get("network_mode"))
    ports = {} if mode and mode != "bridge" else _ports(service)
    attached: Object = {}
    if mode.startswith("service:"):
        mode = "container:" + _id(f"{project}-{mode.partition(':')[2]}-1")
    elif mode in ("host", "none"):
        attached = {mode: {"NetworkID": _id(mode), "IPAddress": ""}}
    elif mode == "bridge":
        attached = {mode: {"NetworkID": _id(mode), "IPAddress": f"172.17.0.{host}"}}
    elif not mode:
        found = _attached(service, networks)
        attached = {
            network.name: {"NetworkID": network.id, "IPAddress": f"172.28.{network.number}.{host}"}
            for network in found
        }
        mode = found[0].name
    exposed: Object = {port: {} for port in ports}
    return {
        "Id": _id(container_name),
        "Name": f"/{container_name}",
        "State": {"Status": "running", "Running": True},
        "Config": {"Labels": labels, "Image": text(service.get("image")), "ExposedPorts": exposed},
        "HostConfig": {"NetworkMode": mode},
        "NetworkSettings": {"Ports": ports, "Networks": attached},
    }


_PUBLISHED = re.compile(
    r"^(?:(?P<ip>\[.*\]|\d+\.\d+\.\d+\.\d+):)?(?:(?P<host>[\d-]*):)?(?P<low>\d+)(?:-(?P<high>\d+))?$"
)


def _ports(service: Object) -> Object:
    """Return the exposed and published ports, as `NetworkSettings.Ports` shows them."""
    found: Object = {}
    for port in sequence(service.get("expose")):
        number, _, protocol = str(port).partition("/")
        low, _, high = number.partition("-")
        for each in range(int(low), int(high or low) + 1):
            found.setdefault(f"{each}/{protocol or 'tcp'}", None)
    for port in sequence(service.get("ports")):
        if isinstance(port, dict):
            published = text(port.get("published"))
            bindings: Json = [{"HostIp": text(port.get("host_ip")) or "0.0.0.0", "HostPort": published}]
            found[f"{port['target']}/{text(port.get('protocol')) or 'tcp'}"] = bindings if published else None
            continue
        spec, _, protocol = str(port).partition("/")
        parts = _PUBLISHED.match(spec)
        if parts is None:
            raise ValueError(f"port {port!r} is none that the harness reads")
        first = int((parts["host"] or "32768").partition("-")[0])
        low_port = int(parts["low"])
        for each in range(low_port, int(parts["high"] or low_port) + 1):
            found[f"{each}/{(protocol or 'tcp').lower()}"] = [
                {"HostIp": parts["ip"] or "0.0.0.0", "HostPort": str(first + each - low_port)}
            ]
    return found


# --- swarm ----------------------------------------------------------------------------------------------


def swarm_of(source: str) -> Project:
    """Return the services and tasks of a compose file deployed as a stack."""
    stack, services, networks = _load(source)
    addresses: dict[str, str] = {}
    swarm_services, tasks = [], []
    for number, (name, service) in enumerate(services.items(), 1):
        deploy = mapping(service.get("deploy"))
        attached = _attached(service, networks)
        full_name = f"{stack}_{name}"
        virtual = {network.id: f"10.0.{network.number}.{number * 10}" for network in attached}
        addresses.update(dict.fromkeys(virtual.values(), name))
        labels: Object = {**labels_of(deploy.get("labels")), "com.docker.stack.namespace": stack}
        swarm_services.append(_swarm_service(full_name, labels, deploy, virtual))
        for slot in range(1, _count(service) + 1):
            own = {network.id: f"10.0.{network.number}.{number * 10 + slot}" for network in attached}
            addresses.update(dict.fromkeys(own.values(), name))
            tasks.append(_task(full_name, slot, own))
    overlays: list[Object] = [
        {"Name": network.name, "Id": network.id, "Scope": "swarm", "Driver": "overlay"}
        for network in networks
    ]
    return Project(Containers((), tuple(swarm_services), tuple(tasks), tuple(overlays)), addresses)


def _swarm_service(name: str, labels: Object, deploy: Object, addresses: dict[str, str]) -> Object:
    mode: Object = {"Global": {}} if deploy.get("mode") == "global" else {"Replicated": {"Replicas": 1}}
    virtual: list[Json] = [
        {"NetworkID": network, "Addr": f"{address}/24"} for network, address in addresses.items()
    ]
    return {
        "ID": _id(name)[:25],
        "Version": {"Index": 1},
        "Spec": {
            "Name": name,
            "Labels": labels,
            "Mode": mode,
            "EndpointSpec": {"Mode": text(deploy.get("endpoint_mode")) or "vip"},
        },
        "Endpoint": {"Spec": {"Mode": "vip"}, "VirtualIPs": virtual},
    }


def _task(service: str, slot: int, addresses: dict[str, str]) -> Object:
    attachments: list[Json] = [
        {"Network": {"ID": network}, "Addresses": [f"{address}/24"]} for network, address in addresses.items()
    ]
    return {
        "ID": _id(f"{service}.{slot}")[:25],
        "ServiceID": _id(service)[:25],
        "Slot": slot,
        "NodeID": "node1",
        "Status": {"State": "running"},
        "DesiredState": "running",
        "NetworksAttachments": attachments,
    }
