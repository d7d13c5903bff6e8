"""The options of the docker and swarm providers that decide which containers are read, and how."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.options.version import Version
from traefik_lint.runtime.providers.containers import Provider
from traefik_lint.runtime.providers.default_rule import DefaultRule


class Settings(NamedTuple):
    """What the provider's options say about choosing and reading containers."""

    provider: Provider
    version: Version
    exposed_by_default: bool
    network: str
    use_bind_port_ip: bool
    default_rule: DefaultRule
    #: Whether a container without a port in the files has none; a swarm service never has one (R-041).
    ports_known: bool = True
