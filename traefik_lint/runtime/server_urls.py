"""Server URLs as Go prints them once it has parsed them (`url.URL.String`)."""

from __future__ import annotations

import re

from traefik_lint.golang.url import parse_url

_HOST_BYTES = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~!$&'()*+,;=:[]<>\""
)
_USER_INFO = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#]*@)")


def printed_url(text: str) -> str:
    """Parse a URL and print it again; raises GoError when Go can't parse it."""
    url = parse_url(text)
    user = _USER_INFO.match(text)
    authority = (user[1] if user else "") + _escaped_host(url.host)
    if url.opaque:
        printed = f"{url.scheme}:{url.opaque}"
    else:
        printed = f"{url.scheme}:" if url.scheme else ""
        path = url.escaped_path
        if authority or (url.scheme and path):
            printed += f"//{authority}"
        if path and not path.startswith("/") and authority:
            printed += "/"
        if not printed and ":" in path.partition("/")[0]:
            printed += "./"
        printed += path
    if url.raw_query or ("?" in text.partition("#")[0]):
        printed += f"?{url.raw_query}"
    return f"{printed}#{url.fragment}" if url.fragment else printed


def _escaped_host(host: str) -> str:
    return "".join(
        chr(byte) if byte in _HOST_BYTES else f"%{byte:02X}"
        for byte in host.encode("utf-8", "surrogateescape")
    )
