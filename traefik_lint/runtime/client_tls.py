"""TLS towards other servers, as forwardAuth and Redis use it (pkg/types/tls.go)."""

from __future__ import annotations

from collections.abc import Callable

from traefik_lint.runtime.defaults import Json


def client_tls_error(options: Json, *, has_file: Callable[[str], bool]) -> str | None:
    """Why Traefik refuses a client's TLS options, None when it does not.

    Files are not opened: those that ``has_file`` finds are sound.
    """
    ca, cert, key = (str(options.get(name, "")) for name in ("ca", "cert", "key"))
    if ca and not _is_content(ca) and not has_file(ca):
        return "failed to parse CA"
    if bool(cert) != bool(key):
        return "both TLS cert and key must be defined"
    if cert and not all(_is_content(each) or has_file(each) for each in (cert, key)):
        return "cert file does not exist"
    return None


def _is_content(text: str) -> bool:
    return "-----BEGIN" in text
