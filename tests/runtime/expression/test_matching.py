"""Which requests and connections a rule takes."""

from __future__ import annotations

import pytest

from traefik_lint.runtime.expression import Connection, Request, matches, matches_connection, parse

V3 = (
    ("Host(`a.test`)", Request(host="A.Test:8080"), True),
    ("Host(`a.test`)", Request(host="a.test."), True),
    ("Host(`a.test.`)", Request(host="a.test"), True),
    ("Host(`a.test`)", Request(host="a.test.."), False),
    ("Host(`a.test:80`)", Request(host="a.test:80"), False),
    ("Host(`::1`)", Request(host="[::1]:80"), True),
    ("Host(`[::1]`)", Request(host="[::1]"), False),
    ("Host(`*.a.test`)", Request(host="b.a.test"), True),
    ("Host(`*.a.test`)", Request(host="c.b.a.test"), False),
    ("Host(`*.a.test`)", Request(host="a.test"), False),
    ("Host(`*a.test`)", Request(host="ba.test"), False),
    ("Host(`*`)", Request(host=""), True),
    ("HostRegexp(`^[a-z]+\\.test$`)", Request(host="A.TEST:443"), True),
    ("HostRegexp(`A`)", Request(host="A"), False),
    ("HostRegexp(`^.+$`)", Request(host=""), False),
    ("HostRegexp(`^([a-z]+\\.)*test$`)", Request(host="a.b.c.test"), True),
    ("Path(`/a`)", Request(path="/a"), True),
    ("Path(`/a`)", Request(path="/a/"), False),
    ("PathPrefix(`/a`)", Request(path="/ab"), True),
    ("PathPrefix(`/a/`)", Request(path="/a"), False),
    ("PathPrefix(`/{x}`)", Request(path="/b"), False),
    ("PathRegexp(`b+`)", Request(path="/abbc"), True),
    ("PathRegexp(`^/B`)", Request(path="/b"), False),
    ("Method(`get`)", Request(method="GET"), True),
    ("Method(`GET`)", Request(method="get"), False),
    ("Header(`x-a`, `1`)", Request(headers=[("X-A", "0"), ("X-A", "1")]), True),
    ("Header(`X-A`, `1`)", Request(headers=[("x-a", "1, 2")]), False),
    ("Header(`Host`, `a`)", Request(host="a", headers=[("Host", "a")]), False),
    ("HeaderRegexp(`X-A`, `^1`)", Request(headers=[("x-a", "12")]), True),
    ("Query(`k`)", Request(query="k"), True),
    ("Query(`k`)", Request(query="k=v"), False),
    ("Query(`k`, `v`)", Request(query="k=w&k=v"), True),
    ("Query(`k=v`)", Request(query="k=v"), False),
    ("Query(`a b`, `é`)", Request(query="a+b=%C3%A9"), True),
    ("QueryRegexp(`k`, `^[0-9]+$`)", Request(query="k=12"), True),
    ("QueryRegexp(`k`)", Request(query="k="), True),
    ("ClientIP(`10.0.0.0/8`)", Request(client_ip="10.1.2.3"), True),
    ("ClientIP(`10.0.0.0/8`)", Request(client_ip="::ffff:10.1.2.3"), True),
    ("ClientIP(`fe80::/10`)", Request(client_ip="fe80::1%eth0"), True),
    ("ClientIP(`::1`)", Request(client_ip="127.0.0.1"), False),
    ("Host(`a`) && !Path(`/x`)", Request(host="a", path="/"), True),
    ("!(Host(`a`) || Path(`/x`))", Request(host="b", path="/x"), False),
)

V2 = (
    ("Host(`a.test`,`b.test`)", Request(host="B.test:80"), True),
    ("HostRegexp(`{sub:[a-z]+}.a.test`)", Request(host="B.A.test"), True),
    ("HostRegexp(`{sub:[a-z]+}.a.test`)", Request(host="b.aXtest"), False),
    ("HostRegexp(`{sub}.a.test`)", Request(host="c.b.a.test"), False),
    ("Path(`/x`, `/{a:[0-9]+}`)", Request(path="/12"), True),
    ("Path(`/{a}`)", Request(path="/b/c"), False),
    ("PathPrefix(`/{a}/c`)", Request(path="/b/cd"), True),
    ("Method(`get`,`POST`)", Request(method="POST"), True),
    ("Headers(`x-a`, `1`, `X-B`, `2`)", Request(headers=[("X-A", "1"), ("X-B", "2")]), True),
    ("Headers(`x-a`, `1`, `X-B`, `2`)", Request(headers=[("X-A", "1")]), False),
    ("HeadersRegexp(`X-A`, `^1`)", Request(headers=[("X-A", "12")]), True),
    ("Query(`k=v`, `j=`)", Request(query="k=v&j=anything"), True),
    ("Query(`k=v`)", Request(query="k=w&k=v"), False),
    ("Query(`k={a:[0-9]+}`)", Request(query="k=12"), True),
    ("ClientIP(`10.0.0.0/8`, `::1`)", Request(client_ip="::1"), True),
)


@pytest.mark.parametrize(("rule", "request_", "expected"), V3)
def test_a_request_and_a_v3_rule(rule: str, request_: Request, expected: bool) -> None:
    assert matches(parse(rule), request_) is expected


@pytest.mark.parametrize(("rule", "request_", "expected"), V2)
def test_a_request_and_a_v2_rule(rule: str, request_: Request, expected: bool) -> None:
    assert matches(parse(rule, syntax="v2"), request_) is expected


WILDCARDS = (
    ("Host(`*`)", "a.test", ((3, 6, 15), False), ((3, 7, 0), False), ((3, 7, 7), True)),
    ("Host(`*`)", "localhost", ((3, 6, 15), False), ((3, 7, 0), True), ((3, 7, 7), True)),
    ("Host(`*.test`)", "a.test", ((3, 6, 15), False), ((3, 7, 0), True), ((3, 7, 7), True)),
)


@pytest.mark.parametrize(("rule", "host", "before", "first", "later"), WILDCARDS)
def test_wildcards_came_with_3_7(
    rule: str,
    host: str,
    before: tuple[tuple[int, int, int], bool],
    first: tuple[tuple[int, int, int], bool],
    later: tuple[tuple[int, int, int], bool],
) -> None:
    for version, expected in (before, first, later):
        assert matches(parse(rule, version=version), Request(host=host)) is expected


UNKNOWN = (
    ("Host(`a`)", Request(), None),
    ("Host(`*`)", Request(), True),
    ("ClientIP(`::1`)", Request(), None),
    ("!ClientIP(`::1`)", Request(), None),
    ("ClientIP(`::1`) && Path(`/x`)", Request(path="/"), False),
    ("Path(`/`) || ClientIP(`::1`)", Request(path="/"), True),
    ("ClientIP(`::1`) || Path(`/`)", Request(path="/"), True),
    ("Path(`/`) && ClientIP(`::1`)", Request(path="/"), None),
    ("Header(`X`, `1`)", Request(headers=None), None),
    ("Path(`x`)", Request(path="x"), None),
    ("Path(", Request(), None),
)


@pytest.mark.parametrize(("rule", "request_", "expected"), UNKNOWN)
def test_what_is_not_known_stays_open_unless_it_does_not_matter(
    rule: str, request_: Request, expected: bool | None
) -> None:
    assert matches(parse(rule), request_) is expected


TCP = (
    ("v3", "HostSNI(`*`)", Connection(""), True),
    ("v3", "HostSNI(`A.test`)", Connection("a.test"), True),
    ("v3", "HostSNI(`a.test.`)", Connection("a.test"), True),
    ("v3", "HostSNI(`*.a.test`)", Connection("b.a.test"), True),
    ("v3", "HostSNI(`a.test`)", Connection(""), False),
    ("v3", "HostSNI(`a.test`)", Connection(None), None),
    ("v3", "HostSNIRegexp(`^a\\.`)", Connection("a.test"), True),
    ("v3", "ALPN(`h2`)", Connection("", alpn=["http/1.1", "h2"]), True),
    ("v3", "!ClientIP(`10.0.0.0/8`)", Connection("", client_ip="10.0.0.1"), False),
    ("v2", "HostSNI(`a`,`*`)", Connection("b"), True),
    ("v2", "HostSNI(`A.test`)", Connection("a.test"), True),
    ("v2", "HostSNIRegexp(`{a:[a-z]+}.test`)", Connection("b.test"), True),
    ("v2", "ALPN(`h2`,`http/1.1`)", Connection("", alpn=["http/1.1"]), True),
)


@pytest.mark.parametrize(("syntax", "rule", "connection", "expected"), TCP)
def test_a_connection_and_a_rule(
    syntax: str, rule: str, connection: Connection, expected: bool | None
) -> None:
    assert matches_connection(parse(rule, syntax=syntax, protocol="tcp"), connection) is expected


def test_thousands_of_hosts_are_tried_without_recursion() -> None:
    rule = parse(" || ".join(f"Host(`h{number}.test`)" for number in range(5000)))
    assert matches(rule, Request(host="h4999.test")) is True
