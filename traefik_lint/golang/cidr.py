"""Addresses and networks as Go's `net` reads them, and Traefik's lists of them (R-123, R-175, S-040)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from traefik_lint.golang.errors import GoError

_IPV4 = re.compile(r"(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
_GROUP = re.compile(r"[0-9A-Fa-f]{1,4}")
_BITS = re.compile(r"[0-9]+")
_MAPPED = 0xFFFF << 32  # ::ffff:0:0, where Go keeps IPv4 addresses


class Address(NamedTuple):
    """An address as a number of 128 bits; IPv4 ones are mapped, so `1.2.3.4` equals `::ffff:1.2.3.4`."""

    number: int
    written_as_ipv4: bool


class Network(NamedTuple):
    """A network: its first address and the number of leading bits that count, of 128."""

    number: int
    bits: int

    def contains(self, address: Address) -> bool:
        """Tell whether an address lies in the network."""
        return (address.number ^ self.number) >> (128 - self.bits) == 0


def parse_ip(text: str) -> Address | None:
    """Read an address as `net.ParseIP` does; None when it is none."""
    found = _IPV4.fullmatch(text)
    if found is not None:
        octets = [int(octet) for octet in found.groups()]
        if max(octets) > 255:
            return None
        return Address(_MAPPED | int.from_bytes(bytes(octets), "big"), True)
    number = _ipv6(text) if ":" in text else None
    return None if number is None else Address(number, False)


def _ipv6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    if "::" in tail:
        return None
    before = _groups(head, last=not gap)
    after = _groups(tail, last=True) if gap else []
    if before is None or after is None:
        return None
    missing = 8 - len(before) - len(after)
    if (gap and missing < 1) or (not gap and missing != 0):
        return None
    number = 0
    for group in [*before, *[0] * missing, *after]:
        number = number << 16 | group
    return number


def _groups(text: str, *, last: bool) -> list[int] | None:
    """Read groups of hexadecimal digits; the last one may be an IPv4 address."""
    if not text:
        return []
    groups: list[int] = []
    written = text.split(":")
    for index, group in enumerate(written):
        if _GROUP.fullmatch(group):
            groups.append(int(group, 16))
            continue
        ipv4 = parse_ip(group) if last and index == len(written) - 1 and "." in group else None
        if ipv4 is None:
            return None
        groups += [ipv4.number >> 16 & 0xFFFF, ipv4.number & 0xFFFF]
    return groups


def parse_cidr(text: str) -> Network:
    """Read a network as `net.ParseCIDR` does; raises GoError."""
    written, slash, mask = text.partition("/")
    address = parse_ip(written) if slash else None
    if address is None or _BITS.fullmatch(mask) is None or len(mask) > 100:
        raise GoError(f"invalid CIDR address: {text}")
    bits = int(mask)
    if bits > (32 if address.written_as_ipv4 else 128):
        raise GoError(f"invalid CIDR address: {text}")
    if address.written_as_ipv4:
        bits += 96
    return Network(address.number >> (128 - bits) << (128 - bits), bits)


def parse_trusted(texts: Iterable[str]) -> list[Network]:
    """Read a list of addresses and networks as Traefik's IP checker does.

    A single address becomes a network of one. Raises GoError with Traefik's text.
    """
    networks: list[Network] = []
    for text in texts:
        address = parse_ip(text)
        if address is not None:
            networks.append(Network(address.number, 128))
            continue
        try:
            networks.append(parse_cidr(text))
        except GoError as error:
            raise GoError(f"parsing CIDR trusted IPs <nil>: {error.text}") from None
    if not networks:
        raise GoError("no trusted IPs provided")
    return networks
