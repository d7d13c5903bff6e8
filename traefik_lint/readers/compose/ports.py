"""Container ports from ``ports`` and ``expose`` (C-110 … C-114)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.model.compose import ComposeProblem, Port
from traefik_lint.source.scalars import go_text
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

#: Of a longer range only the beginning is listed: the lowest port is the one that matters.
MOST_OF_A_RANGE = 128

_PROTOCOLS = frozenset(("tcp", "udp", "sctp"))
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)
_ADDRESS = re.compile(r"(?:[0-9.]+|\[[0-9A-Fa-f:.%\w]+\])?")


class PortRange(NamedTuple):
    """The numbers from ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many numbers there are, less one."""
        return self.last - self.first


def ports_of(node: Node | None, problems: list[ComposeProblem]) -> list[Port]:
    """The container ports of ``ports``, one for each number of a range."""
    found: list[Port] = []
    for item in node.items if isinstance(node, Sequence) else []:
        if isinstance(item, Mapping):
            found.extend(_long(item))
        elif isinstance(item, Scalar) and not item.unknown:
            ports = list(_short(item, go_text(item)))
            if not ports and item.value:
                message = f'"{item.value}" is no port that compose understands: it refuses the project'
                hint = "write [address:][published:]target[/protocol]"
                problems.append(ComposeProblem("port-form", message, item.span, hint, file_lost=True))
            found.extend(ports)
    return found


def exposed_ports_of(node: Node | None) -> list[Port]:
    """The ports of ``expose``; compose keeps a range as it is, only its first number is given here."""
    found: list[Port] = []
    for item in node.items if isinstance(node, Sequence) else []:
        if isinstance(item, Scalar) and not item.unknown:
            number, _, protocol = go_text(item).partition("/")
            numbers = _range(number)
            if numbers is not None:
                found.append(Port(numbers.first, protocol.lower() or "tcp", "", item))
    return found


def _short(item: Scalar, text: str) -> Iterator[Port]:
    parts = text.split(":")
    container = parts[-1]
    host = parts[-2] if len(parts) > 1 else ""
    address = ":".join(parts[:-2])
    number, _, protocol = container.partition("/")
    protocol = protocol.lower() or "tcp"
    numbers = _range(number)
    hosts = _range(host) if host else None
    if numbers is None or (host and hosts is None) or protocol not in _PROTOCOLS:
        return
    if _ADDRESS.fullmatch(address) is None:
        return
    if hosts is not None and hosts.size != numbers.size and numbers.size:
        return
    for i in range(min(numbers.size, MOST_OF_A_RANGE) + 1):
        published = ""
        if hosts is not None:
            # A range for one container port: any of them.
            published = host if hosts.size != numbers.size else str(hosts.first + i)
        yield Port(numbers.first + i, protocol, published, item, address.strip("[]"))


def _long(item: Mapping) -> Iterator[Port]:
    target = item.scalar("target")
    if target is None or target.unknown:
        return
    numbers = _range(go_text(target))
    if numbers is None:
        return
    published, protocol, address = (_text(item, name) for name in ("published", "protocol", "host_ip"))
    yield Port(numbers.first, protocol.lower() or "tcp", published, item, address)


def _text(item: Mapping, name: str) -> str:
    scalar = item.scalar(name)
    return go_text(scalar) if scalar is not None and not scalar.unknown else ""


def _range(text: str) -> PortRange | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    return PortRange(first, last) if first <= last <= 65535 else None
