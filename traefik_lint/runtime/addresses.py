"""Host and port as Go's `net` package takes them apart and joins them."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.golang.errors import GoError


class HostPort(NamedTuple):
    """The two halves of a network address, as text."""

    host: str
    port: str


def split_host_port(address: str) -> HostPort:
    """What `net.SplitHostPort` makes of an address; raises GoError with its text."""
    last = address.rfind(":")
    if last < 0:
        raise _address_error(address, "missing port in address")
    opened, closed = 0, 0
    if address.startswith("["):
        end = address.find("]")
        if end < 0:
            raise _address_error(address, "missing ']' in address")
        if end + 1 == len(address):
            raise _address_error(address, "missing port in address")
        if end + 1 != last:
            reason = "too many colons in address" if address[end + 1] == ":" else "missing port in address"
            raise _address_error(address, reason)
        host = address[1:end]
        opened, closed = 1, end + 1
    else:
        host = address[:last]
        if ":" in host:
            raise _address_error(address, "too many colons in address")
    if "[" in address[opened:]:
        raise _address_error(address, "unexpected '[' in address")
    if "]" in address[closed:]:
        raise _address_error(address, "unexpected ']' in address")
    return HostPort(host, address[last + 1 :])


def address_error(address: str) -> str | None:
    """Why `net.SplitHostPort` refuses an address, None when it does not."""
    try:
        split_host_port(address)
    except GoError as error:
        return error.text
    return None


def join_host_port(host: str, port: str) -> str:
    """What `net.JoinHostPort` does: brackets around a host with colons."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _address_error(address: str, reason: str) -> GoError:
    return GoError(f"address {address}: {reason}")
