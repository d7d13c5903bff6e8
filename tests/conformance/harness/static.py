"""Moves a user's static configuration to free loopback ports, temporary files and fake engines.

Nothing is added that a router could see: one entry point `traefik` for the API, which is never a default
one (R-080), and the REST provider, whose own elements `normalise` takes out again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from .case import CONFIGURATION_FOLDER, Case
from .jsontypes import Json, Object, mapping, text
from .ports import free_port

_ADDRESS = re.compile(r"^[^:]*:(\d{1,5})(/(?:tcp|udp))?$", re.IGNORECASE)
_API = "traefik"
_PROVIDERS = ("file", "docker", "swarm", "kubernetescrd", "kubernetesingress")

#: Root keys of a static file; all others are passed over in silence (S-011).
_ROOTS = frozenset(
    {
        "global",
        "serverstransport",
        "tcpserverstransport",
        "entrypoints",
        "providers",
        "api",
        "metrics",
        "ping",
        "log",
        "accesslog",
        "tracing",
        "hostresolver",
        "certificatesresolvers",
        "experimental",
        "core",
        "spiffe",
        "ocsp",
        "pilot",
    }
)

#: What is set for every run, below its root key.
_ALWAYS: tuple[tuple[str, str], ...] = (
    ("log.level", "DEBUG"),
    ("log.format", "json"),
    ("global.checkNewVersion", "false"),
    ("global.sendAnonymousUsage", "false"),
    ("providers.providersThrottleDuration", "0s"),
    ("providers.rest.insecure", "true"),
)


class Local(NamedTuple):
    """A static configuration that can be run here.

    `ports` maps local ports to the user's, `providers` are the enabled ones in lower case.
    """

    arguments: tuple[str, ...]
    text: str
    api_port: int
    ports: Mapping[str, str]
    providers: frozenset[str]
    has_api: bool
    base_path: str = ""


class Surroundings(NamedTuple):
    """What a run puts in place of the user's machine."""

    folder: str
    docker: str
    kubernetes: str


class _Ports:
    """Hands out one local port for each port of the user's, so that clashes stay clashes (S-034)."""

    def __init__(self) -> None:
        self.local: dict[str, int] = {}
        self.api = free_port()

    def move(self, name: str, address: str) -> str:
        """Return the loopback address for an entry point's; one that is no address stays as it is."""
        found = _ADDRESS.match(address)
        if address and (not found or int(found[1]) > 65535):
            return address
        port, protocol = (found[1], (found[2] or "").lower()) if found else ("", "")
        if name.lower() == _API:
            self.local.setdefault(port + protocol, self.api)
            return f"127.0.0.1:{self.api}{protocol}"
        key = (port or name) + protocol.replace("/tcp", "")
        if key not in self.local:
            self.local[key] = free_port(udp=protocol == "/udp")
        return f"127.0.0.1:{self.local[key]}{protocol}"

    def users(self) -> dict[str, str]:
        """Return the user's port of each local one."""
        return {str(local): key.partition("/")[0] for key, local in self.local.items() if key[:1].isdigit()}


def localise(case: Case, around: Surroundings) -> Local:
    """Return what to start Traefik with for a case."""
    return _flags(case, around) if case.flags else _file(case, around)


# --- a static file ------------------------------------------------------------------------------------


class _TextLoader(yaml.SafeLoader):
    """Reads every scalar but null as text: Traefik converts from text anyway (S-014)."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _no_duplicates(loader: _TextLoader, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
    keys = [key.value for key, _ in node.value]
    if len(keys) != len(set(keys)):
        raise yaml.constructor.ConstructorError(problem="duplicate key", problem_mark=node.start_mark)
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True)
        for key, value in node.value
    }


_TextLoader.add_constructor("tag:yaml.org,2002:map", _no_duplicates)


def _file(case: Case, around: Surroundings) -> Local:
    path = f"{around.folder}/static.yml"
    ports = _Ports()
    try:
        document = yaml.load(case.static, Loader=_TextLoader)
    except yaml.YAMLError:
        document = None
    if not isinstance(document, dict) or not _loads_something(document):
        # Traefik refuses it, and anything added would mend it (S-011, S-013).
        return Local((f"--configFile={path}",), case.static, ports.api, {}, frozenset(), True)
    root: Object = document
    has_api = _key(root, "api") in root
    _localise_entry_points(root, ports)
    _localise_resolvers(root, around)
    providers = _localise_providers(root, around)
    for option, value in _ALWAYS + (() if has_api else (("api", "true"),)):
        _set(root, option, value)
    api = mapping(root.get(_key(root, "api")))
    return Local(
        (f"--configFile={path}",),
        yaml.safe_dump(root, sort_keys=False),
        ports.api,
        ports.users(),
        providers,
        has_api,
        text(api.get(_key(api, "basePath"))).rstrip("/"),
    )


def _loads_something(root: Object) -> bool:
    """Tell whether Traefik finds anything in a static file, and no section that is there without content."""
    known = {key: value for key, value in root.items() if str(key).lower() in _ROOTS}
    hollow = [
        value
        for key, value in known.items()
        if str(key).lower() in ("entrypoints", "providers")
        and isinstance(value, dict)
        and value
        and not any(each is not None for each in value.values())
    ]
    return any(value is not None for value in known.values()) and not hollow


def _key(among: Object, name: str) -> str:
    """Return the spelling of a key in a mapping, whatever its letter case."""
    return next((key for key in among if str(key).lower() == name.lower()), name)


def _set(root: Object, option: str, value: str) -> None:
    """Set `a.b.c` to a value; a parent that is no mapping is left as it is."""
    *parents, last = option.split(".")
    for parent in parents:
        key = _key(root, parent)
        if root.get(key) in (None, "true", ""):
            root[key] = {}
        below = root[key]
        if not isinstance(below, dict):
            return
        root = below
    root[_key(root, last)] = value


def _localise_entry_points(root: Object, ports: _Ports) -> None:
    key = _key(root, "entryPoints")
    if not root.get(key):
        if key in root and root[key] is not None and root[key] != {}:
            return
        root[key] = {"http": {"address": ":80"}}
    points = root[key]
    if not isinstance(points, dict):
        return
    if not any(str(name).lower() == _API for name in points):
        points[_API] = {"address": ""}
    for name, point in points.items():
        if isinstance(point, dict):
            address = _key(point, "address")
            point[address] = ports.move(str(name), text(point.get(address)))


def _localise_resolvers(root: Object, around: Surroundings) -> None:
    for resolver in mapping(root.get(_key(root, "certificatesResolvers"))).values():
        found = mapping(resolver)
        acme = mapping(found.get(_key(found, "acme")))
        if acme:
            acme[_key(acme, "caServer")] = "https://127.0.0.1:1/directory"
            if acme.get(_key(acme, "storage")) != "":
                acme[_key(acme, "storage")] = f"{around.folder}/acme.json"


def _localise_providers(root: Object, around: Surroundings) -> frozenset[str]:
    providers = mapping(root.get(_key(root, "providers")))
    enabled = set()
    for name in _PROVIDERS:
        key = _key(providers, name)
        if isinstance(providers.get(key), str) and text(providers[key]).lower() == "true" and name != "file":
            providers[key] = {}
        options = providers.get(key)
        if isinstance(options, dict) and (options or name != "file"):  # an empty one is refused (S-051)
            enabled.add(name)
            for option, value in _provider_options(name, around).items():
                if option != "watch" or _key(options, option) not in options:
                    options[_key(options, option)] = value
            for option in ("directory", "filename"):
                here = _key(options, option)
                if name == "file" and here in options:
                    options[here] = _local_path(text(options[here]), around)
    return frozenset(enabled)


def _provider_options(name: str, around: Surroundings) -> dict[str, Json]:
    if name == "file":
        return {"watch": "false"}
    if name == "docker":
        return {"endpoint": f"unix://{around.docker}"}
    if name == "swarm":
        return {"endpoint": f"unix://{around.docker}", "refreshSeconds": "20ms"}
    return {"endpoint": around.kubernetes, "token": "conformance"}


def _local_path(path: str, around: Surroundings) -> str:
    return (
        path.replace(CONFIGURATION_FOLDER, around.folder, 1)
        if path.startswith(CONFIGURATION_FOLDER)
        else path
    )


# --- flags ----------------------------------------------------------------------------------------------

_ENTRY_POINT = re.compile(r"^--?entrypoints\.([^.=]+)(\.address(?==|$))?", re.IGNORECASE)
_ACME = re.compile(r"^--?(certificatesresolvers\.[^.=]+\.acme)[.=]", re.IGNORECASE)


def _flags(case: Case, around: Surroundings) -> Local:
    ports = _Ports()
    users = [_localise_flag(flag, ports, around) for flag in case.flags]
    lower = [flag.lstrip("-").lower() for flag in case.flags]
    providers = frozenset(
        name for name in _PROVIDERS if any(re.match(rf"providers\.{name}(?:[.=]|$)", flag) for flag in lower)
    )
    has_api = any(re.match(r"api(?:[.=]|$)", flag) for flag in lower)
    own = _missing_addresses(case.flags, ports)
    own += [
        f"--{found[1]}.caserver=https://127.0.0.1:1/directory"
        for flag in case.flags
        if (found := _ACME.match(flag))
    ]
    for name in sorted(providers):
        own += [
            f"--providers.{name}.{option.lower()}={value}"
            for option, value in _provider_options(name, around).items()
            if option != "watch" or f"providers.{name}.watch" not in "\n".join(lower)
        ]
    own += [
        f"--{option.lower()}={value}"
        for option, value in _ALWAYS
        if not any(flag.startswith(option.lower()) for flag in lower)
    ]
    own += [] if has_api else ["--api=true"]
    # Whatever follows a positional argument is not read, so the user's come last (S-021, S-024).
    arguments = own + users if case.flags[0].startswith("-") else users + own
    base_path = next((flag.partition("=")[2] for flag in case.flags if "api.basepath=" in flag.lower()), "")
    return Local(
        tuple(dict.fromkeys(arguments)),
        "",
        ports.api,
        ports.users(),
        providers,
        has_api,
        base_path.rstrip("/"),
    )


def _localise_flag(flag: str, ports: _Ports, around: Surroundings) -> str:
    found = _ENTRY_POINT.match(flag)
    if found and found[2] and flag[found.end() : found.end() + 1] == "=":
        return flag[: found.end() + 1] + ports.move(found[1], flag[found.end() + 1 :])
    name, equals, value = flag.partition("=")
    lower = name.lower().lstrip("-")
    if lower in ("providers.file.directory", "providers.file.filename"):
        return name + equals + _local_path(value, around)
    if lower.startswith("certificatesresolvers.") and lower.endswith(".acme.storage") and value:
        return f"{name}={around.folder}/acme.json"
    return flag


def _missing_addresses(flags: tuple[str, ...], ports: _Ports) -> list[str]:
    """Return flags for the entry points without an address, and for those that Traefik itself would add."""
    found = [match for flag in flags if (match := _ENTRY_POINT.match(flag))]
    named = {match[1].lower(): match[1] for match in found}
    addressed = {match[1].lower() for match in found if match[2]}
    addresses = {name: "" for lower, name in named.items() if lower not in addressed}
    if not named and any(flag.lower().lstrip("-").startswith("entrypoints=") for flag in flags):
        return []  # refused (S-095); an entry point of ours would mend it
    if not named:
        addresses["http"] = ":80"
    if _API not in named:
        addresses[_API] = ""
    return [
        f"--entrypoints.{name}.address={ports.move(name, address)}" for name, address in addresses.items()
    ]
