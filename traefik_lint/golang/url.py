"""Go's `net/url`: what Traefik makes of a server's URL, and why it refuses one (R-042, R-204)."""

from __future__ import annotations

import re
from typing import NamedTuple

from traefik_lint.golang.cidr import parse_ip
from traefik_lint.golang.errors import GoError
from traefik_lint.golang.text import quote

_CONTROL = re.compile(r"[\0-\x1f\x7f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORT = re.compile(r"(?::[0-9]*)?")
_USERINFO = re.compile(r"[A-Za-z0-9._:~!$&'()*+,;=%@-]*")
_NOT_IN_HOST = re.compile(r"[\0-\x20#/?@\\^`{|}\x7f]")
_HEX = frozenset(b"0123456789abcdefABCDEF")
_PATH_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+,/:;=@")
_VALID_IN_PATH = _PATH_BYTES | frozenset(b"!'()*[]%")


class Url(NamedTuple):
    """A URL's parts; `host` holds the port, `path` is decoded, `escaped_path` is as it would be sent."""

    scheme: str
    opaque: str
    host: str
    path: str
    escaped_path: str
    raw_query: str
    fragment: str

    @property
    def hostname(self) -> str:
        """The host without port and brackets."""
        host = self._split_host()[0]
        return host[1:-1] if host.startswith("[") and host.endswith("]") else host

    @property
    def port(self) -> str:
        """The port's digits, empty when there is none."""
        return self._split_host()[1]

    def _split_host(self) -> tuple[str, str]:
        host, colon, port = self.host.rpartition(":")
        return (host, port) if colon and _PORT.fullmatch(f":{port}") else (self.host, "")


def parse_url(text: str) -> Url:
    """Read a URL as `url.Parse` does; raises GoError such as `parse "http://a:b": invalid port ":b" after host`."""
    before, _, fragment = text.partition("#")
    try:
        url = _parse(before)
    except GoError as error:
        raise GoError(f"parse {quote(before)}: {error.text}") from None
    if not fragment:
        return url
    try:
        return url._replace(fragment=unescape(fragment))
    except GoError as error:
        raise GoError(f"parse {quote(text)}: {error.text}") from None


def _parse(text: str) -> Url:
    if _CONTROL.search(text):
        raise GoError("net/url: invalid control character in URL")
    if text == "*":
        return Url("", "", "", "*", "*", "", "")
    if text.startswith(":"):
        raise GoError("missing protocol scheme")
    found = _SCHEME.match(text)
    scheme = found.group(1).lower() if found else ""
    rest, _, query = text[found.end() if found else 0 :].partition("?")
    if not rest.startswith("/"):
        if scheme:
            return Url(scheme, rest, "", "", "", query, "")
        if ":" in rest.partition("/")[0]:
            raise GoError("first path segment in URL cannot contain colon")
    host = ""
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        rest = slash + path
        host = _authority(scheme, authority)
    path = unescape(rest)
    return Url(scheme, "", host, path, escaped_path(rest, path), query, "")


def _authority(scheme: str, authority: str) -> str:
    userinfo, at, written_host = authority.rpartition("@")
    host = _host(scheme, written_host)
    if at:
        if _USERINFO.fullmatch(userinfo) is None:
            raise GoError("net/url: invalid userinfo")
        for part in userinfo.split(":", 1):
            unescape(part)
    return host


def _host(scheme: str, host: str) -> str:
    bracket = host.rfind("[")
    if bracket > 0:
        raise GoError("invalid IP-literal")
    if bracket == 0:
        return _ip_literal(host)
    colon = host.find(":")
    if colon >= 0:
        if scheme not in ("http", "https"):
            colon = host.rindex(":")
        _check_port(host[colon:])
    return _unescape_host(host)


def _ip_literal(host: str) -> str:
    close = host.rfind("]")
    if close < 0:
        raise GoError("missing ']' in host")
    port = host[close + 1 :]
    _check_port(port)
    written, percent, zone = host[1:close].partition("%25")
    address = _unescape_host(written)
    zone = f"%{unescape(zone)}" if percent else ""
    parsed = parse_ip(address)
    if parsed is None or (percent and zone == "%"):
        raise GoError(f"invalid host: ParseAddr({quote(address + zone)}): unable to parse IP")
    if parsed.written_as_ipv4:
        raise GoError("invalid IP-literal")
    return f"[{address}{zone}]{port}"


def _check_port(colon_port: str) -> None:
    if _PORT.fullmatch(colon_port) is None:
        raise GoError(f"invalid port {quote(colon_port)} after host")


def _unescape_host(host: str) -> str:
    # Go looks at one character after the other, so the first mistake counts.
    for found in re.finditer(r"%(..)?", host, re.DOTALL):
        escape = found.group()
        digits = (found.group(1) or "").encode("utf-8", "surrogateescape")
        valid = len(digits) == 2 and _HEX.issuperset(digits)
        if valid and (int(digits, 16) >= 0x80 or escape == "%25"):
            continue
        _check_host_characters(host[: found.start()])
        if valid:
            raise GoError(f"invalid URL escape {quote(escape)}")
        break
    else:
        _check_host_characters(host)
    return unescape(host)


def _check_host_characters(host: str) -> None:
    found = _NOT_IN_HOST.search(host)
    if found is not None:
        raise GoError(f"invalid character {quote(found.group())} in host name")


def unescape(text: str) -> str:
    """Decode `%XX` as `url.PathUnescape` does; raises GoError.

    Bytes that are no UTF-8 are kept as `surrogateescape` keeps them.
    """
    if "%" not in text:
        return text
    raw = text.encode("utf-8", "surrogateescape")
    decoded = bytearray()
    at = 0
    while at < len(raw):
        if raw[at] != 0x25:
            decoded.append(raw[at])
            at += 1
            continue
        digits = raw[at + 1 : at + 3]
        if len(digits) < 2 or not _HEX.issuperset(digits):
            escape = raw[at : at + 3].decode("utf-8", "surrogateescape")
            raise GoError(f"invalid URL escape {quote(escape)}")
        decoded.append(int(digits, 16))
        at += 3
    return decoded.decode("utf-8", "surrogateescape")


def escaped_path(written: str, path: str) -> str:
    """The path as it would be sent: as `written` when that is a valid encoding of `path`, else encoded anew."""
    if _VALID_IN_PATH.issuperset(written.encode("utf-8", "surrogateescape")):
        return written
    raw = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PATH_BYTES else f"%{byte:02X}" for byte in raw)


def parse_query(query: str) -> dict[str, list[str]]:
    """Read a query as `url.ParseQuery` does, leaving out the parts that it refuses."""
    values: dict[str, list[str]] = {}
    for part in query.split("&"):
        if not part or ";" in part:
            continue
        key, _, value = part.replace("+", " ").partition("=")
        try:
            name, decoded = unescape(key), unescape(value)
        except GoError:
            continue
        values.setdefault(name, []).append(decoded)
    return values
