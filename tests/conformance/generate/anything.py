"""Random bodies with any of Traefik's options in them, drawn from the option catalogue with odd values."""

from __future__ import annotations

from tests.conformance.harness.jsontypes import Json, Object
from traefik_lint.options.catalogue import crd, dynamic
from traefik_lint.options.spec import Spec
from traefik_lint.options.version import NEWEST

from .dice import Dice

NAMES = ("one", "two", "three", "Two")
_REFERENCES = (*NAMES, *NAMES, "gone", "one@file", "two@docker", "api@internal", "")
_PATTERNS = (
    "^/x",
    "(a|b)",
    "[a-z]+",
    "(?i)x",
    "",
    "[",
    "(?P<n>x)",
    "a{1001}",
    "\\p{Greek}",
    "x**",
    "^(?:https?://)?(.*)$",
)
_PATHS = ("/", "/p", "p", "", "/a/b/", "/{id}", "/é", "/a b", "http://up/path")
_ADDRESSES = (
    "10.0.0.0/8",
    "10.0.0.1",
    "::1",
    "fe80::/10",
    "x",
    "10.0.0.0/33",
    "",
    "10.0.0.1:80",
    " 10.0.0.2",
)
_TEXTS = (
    "",
    "x",
    "X-A",
    "a,b",
    " padded ",
    "é",
    "true",
    "7",
    "text/html",
    "a/b;q",
    "`",
    "'\"",
    "${1}",
    "$1",
    "a.shop",
)
#: Values by the option's name, in lower case; the others get any text.
_BY_NAME: dict[str, tuple[str, ...]] = {
    "address": ("http://auth:4181", "auth", "", "db:5432", "db", ":1"),
    "url": (
        "http://a:80",
        "https://b",
        "http://[::1]:80",
        "b:80",
        "http://w:x",
        "http://a b",
        "http://%zz",
        "",
    ),
    "prefix": _PATHS,
    "prefixes": _PATHS,
    "path": _PATHS,
    "query": ("/e", "/{status}.html", ""),
    "regex": _PATTERNS,
    "authresponseheadersregex": _PATTERNS,
    "accesscontrolalloworiginlistregex": _PATTERNS,
    "replacement": ("/x", "https://${1}", "$1x", ""),
    "scheme": ("http", "https", "h2c", "gopher", ""),
    "port": ("80", "8443", "x", ""),
    "sourcerange": _ADDRESSES,
    "excludedips": _ADDRESSES,
    "service": _REFERENCES,
    "fallback": _REFERENCES,
    "name": _REFERENCES,
    "middlewares": _REFERENCES,
    "serverstransport": _REFERENCES,
    "users": ("ann:$2y$05$abc", "bob:plain", "u:realm:hash", "x", "", "a:b:c:d"),
    "usersfile": ("", "", "", "/none/users"),
    "status": ("500", "500-599", "404", "4xx", "600", "200-", "599-500", "500,404", ""),
    "expression": (
        "NetworkErrorRatio() > 0.5",
        "LatencyAtQuantileMS(50.0) > 100",
        "ResponseCodeRatio(500, 600, 0, 600) > 0.3 || NetworkErrorRatio() > 1",
        "NetworkErrorRatio() > 1",
        "ResponseCodeRatio(500, 600) > 0.3",
        "LatencyAtQuantileMS(50) > 100",
        "NetworkErrorRatio()",
        "!NetworkErrorRatio() > 0.1",
        "Foo() > 1",
        "1 > 2",
        "",
    ),
    "retryexpression": (
        "IsNetworkError() && Attempts() < 2",
        "ResponseCode() == 502",
        "RequestMethod() == 'GET'",
        'RequestMethod() == "GET" || Attempts() <= 3',
        "Attempts(",
        "Attempts() < `x`",
        "",
    ),
    "encodings": ("gzip", "br", "zstd", "deflate", ""),
    "defaultencoding": ("gzip", "br", "foo"),
    "excludedcontenttypes": ("text/html", "a/b", "/;", "", "a", "text/html; charset=x"),
    "includedcontenttypes": ("text/html", "a/b", "/;", "a", "TEXT/html;"),
    "strategy": ("wrr", "p2c", "hrw", "leasttime", "foo", "", "WRR"),
    "mode": ("http", "grpc", "x"),
    "method": ("GET", "post", ""),
    "samesite": ("lax", "strict", "none", "x"),
    "ca": ("", "", "/none/ca.pem"),
    "cert": ("", "", "/none/cert.pem"),
    "key": ("", "", "/none/key.pem"),
    "rootcas": ("/none/ca.pem", ""),
    "cafiles": ("/none/ca.pem", ""),
    "minversion": ("VersionTLS12", "VersionTLS13", "TLS12", ""),
    "maxversion": ("VersionTLS12", "VersionTLS11", "x"),
    "ciphersuites": ("TLS_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA", "FOO"),
    "curvepreferences": ("X25519", "CurveP256", "X25519MLKEM768", "P-256", "BAR"),
    "clientauthtype": (
        "RequestClientCert",
        "NoClientCert",
        "RequireAndVerifyClientCert",
        "VerifyClientCertIfGiven",
        "x",
    ),
    "alpnprotocols": ("h2", "http/1.1", "x"),
}
_NUMBERS = (0, 1, 2, 5, 99, 100, 101, 200, 503, 599, 700, -1, 2147483648, 9223372036854775807)
_DURATIONS: tuple[Json, ...] = ("10s", "1h2m3s", "500ms", 5, 0, "0s", "-1s", "1.5s", "3m0s", "7")
#: What no generated world may hold: it needs other servers, or ends the process that is asked.
_LEFT_OUT = ("plugin", "spiffe")


def value(dice: Dice, spec: Spec, odd: float = 0.004) -> Json:
    """Return a value for an option; in this part of all throws one that Traefik can't read."""
    kind = spec.kind
    if kind == "struct":
        return struct(dice, spec, odd)
    if kind == "map":
        assert spec.item is not None
        keys = ("X-A", "x-a", "Host", "404", "500-503", "a b") if spec.item.kind != "struct" else NAMES
        return {key: value(dice, spec.item, odd) for key in dice.some(keys, 1, 2)}
    if kind == "list":
        assert spec.item is not None
        item = spec.item
        if item.kind != "struct":
            return [
                _scalar(dice, item, spec.name, odd)
                for _ in range(dice.number(0 if dice.chance(0.2) else 1, 2))
            ]
        return [struct(dice, item, odd) for _ in range(dice.number(1, 2))]
    return _scalar(dice, spec, spec.name, odd)


def struct(dice: Dice, spec: Spec, odd: float = 0.004) -> Object:
    """Return a struct with a few of its fields."""
    fields = [
        field
        for field in spec.fields.values()
        if field.name not in _LEFT_OUT and not field.internal and field.exists_in(NEWEST)
    ]
    chosen = dice.some(fields, 1, min(4, len(fields))) if fields else []
    for field in fields:
        if field.required and field not in chosen:
            chosen.append(field)
    return {field.name: value(dice, field, odd) for field in chosen}


def _scalar(dice: Dice, spec: Spec, name: str, odd: float) -> Json:
    kind = spec.kind
    if dice.chance(odd):
        return dice.pick(("yes", "1.5", "x", "", " 1", "0x10", "1e3"))
    if kind == "bool":
        return dice.chance(0.6)
    if kind in ("int", "uint", "float"):
        numbers = [number for number in _NUMBERS if number >= 0] if kind == "uint" else list(_NUMBERS)
        return dice.pick(numbers)
    if kind in ("duration", "int-or-string"):
        return dice.pick(_DURATIONS)
    if spec.enum and dice.chance(0.7):
        return dice.pick(spec.enum)
    known = _BY_NAME.get(name.lower(), _TEXTS)
    return known[0] if dice.chance(0.4) else dice.pick(known)


def _field(*path: str) -> Spec:
    spec = dynamic()
    for name in path:
        found = spec.item if name == "*" else spec.fields[name.lower()]
        assert found is not None
        spec = found
    return spec


def one_of(dice: Dice, spec: Spec, odd: float = 0.004) -> Object:
    """Return a middleware or service of one kind; seldom of two."""
    kinds = [
        field
        for field in spec.fields.values()
        if field.kind in ("struct", "map")
        and field.name not in _LEFT_OUT
        and not field.internal
        and field.exists_in(NEWEST)
    ]
    return {
        field.name: value(dice, field, odd) or True
        for field in dice.some(kinds, 1, 2 if dice.chance(0.03) else 1)
    }


def http_middleware(dice: Dice, odd: float = 0.004) -> Object:
    """Return an http middleware of any kind."""
    return one_of(dice, _field("http", "middlewares", "*"), odd)


def http_service(dice: Dice, odd: float = 0.004) -> Object:
    """Return an http service of any kind."""
    return one_of(dice, _field("http", "services", "*"), odd)


def balancer(dice: Dice, odd: float = 0.004) -> Object:
    """Return any http load balancer."""
    return struct(dice, _field("http", "services", "*", "loadBalancer"), odd)


def servers_transport(dice: Dice, protocol: str = "http") -> Object:
    """Return a servers transport of http or tcp."""
    return struct(dice, _field(protocol, "serversTransports", "*"))


def tcp_middleware(dice: Dice) -> Object:
    """Return a tcp middleware."""
    return one_of(dice, _field("tcp", "middlewares", "*"))


def tcp_balancer(dice: Dice) -> Object:
    """Return a tcp load balancer."""
    return struct(dice, _field("tcp", "services", "*", "loadBalancer"))


def tls_options(dice: Dice) -> Object:
    """Return TLS options."""
    return struct(dice, _field("tls", "options", "*"))


def tls_store(dice: Dice) -> Object:
    """Return a store of certificates."""
    return struct(dice, _field("tls", "stores", "*"))


def object_spec(dice: Dice, kind: str) -> Object:
    """Return the spec of an object of one of Traefik's kinds; of a middleware, one type."""
    root = crd(kind)
    assert root is not None
    spec = root.fields["spec"]
    return one_of(dice, spec, 0) if kind in ("Middleware", "MiddlewareTCP") else struct(dice, spec, 0)
