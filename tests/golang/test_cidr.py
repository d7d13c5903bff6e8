"""Addresses, networks and Traefik's lists of them (R-123, S-040)."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traefik_lint.golang.cidr import parse_cidr, parse_ip, parse_trusted
from traefik_lint.golang.errors import GoError


@pytest.mark.parametrize(
    "text", ["1.2.3.4", "0.0.0.0", "::", "::1", "fe80::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::1.2.3.4"]
)
def test_addresses(text: str) -> None:
    assert parse_ip(text) is not None


NO_ADDRESSES = (
    "", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", "1.2.3.4 ", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::",
    "1:2:3:4:5:6:7::8", "::g", "fe80::1%eth0", "::1.2.3", "1.2.3.4::", "[::1]", "::1:", "a.test",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address(text: str) -> None:
    assert parse_ip(text) is None


INSIDE = (
    ("10.0.0.0/8", "10.255.0.1", True),
    ("10.1.2.3/8", "10.255.0.1", True),
    ("10.0.0.0/8", "11.0.0.1", False),
    ("10.0.0.0/8", "::ffff:10.0.0.1", True),
    ("0.0.0.0/0", "::1", False),
    ("::/0", "1.2.3.4", True),
    ("fe80::/10", "febf::1", True),
    ("::1/128", "::2", False),
    ("1.2.3.4/032", "1.2.3.4", True),
)


@pytest.mark.parametrize(("network", "address", "expected"), INSIDE)
def test_a_network_contains(network: str, address: str, expected: bool) -> None:
    parsed = parse_ip(address)
    assert parsed is not None
    assert parse_cidr(network).contains(parsed) is expected


@pytest.mark.parametrize(
    "text", ["", "1.2.3.4", "1.2.3.4/", "1.2.3.4/33", "::1/129", "1.2.3.4/-1", "1.2.3.4/8/8", "x/8"]
)
def test_what_is_no_network(text: str) -> None:
    with pytest.raises(GoError) as caught:
        parse_cidr(text)
    assert caught.value.text == f"invalid CIDR address: {text}"


def test_a_list_of_trusted_addresses() -> None:
    assert len(parse_trusted(["10.0.0.0/8", "::1"])) == 2
    with pytest.raises(GoError) as caught:
        parse_trusted(["10.0.0.0/8", "foo"])
    assert caught.value.text == "parsing CIDR trusted IPs <nil>: invalid CIDR address: foo"
    with pytest.raises(GoError) as caught:
        parse_trusted([])
    assert caught.value.text == "no trusted IPs provided"


@settings(deadline=None)
@given(st.ip_addresses())
def test_every_address_is_read(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    parsed = parse_ip(str(address))
    assert parsed is not None
    assert parsed.number & ((1 << address.max_prefixlen) - 1) == int(address)
    for number in (address.exploded, str(address).upper()):
        assert parse_ip(number) == parsed
