"""TLS towards other servers, as forwardAuth and Redis use it (pkg/types/tls.go)."""

from __future__ import annotations

from traefik_lint.runtime.defaults import Json


def client_tls_error(options: Json, *, files_exist: bool) -> str | None:
    """Why Traefik refuses a client's TLS options, None when it does not.

    Files are not opened: those given by a path are sound when ``files_exist``, else they are not there.
    """
    ca, cert, key = (str(options.get(name, "")) for name in ("ca", "cert", "key"))
    if ca and not files_exist and not _is_content(ca):
        return "failed to parse CA"
    if bool(cert) != bool(key):
        return "both TLS cert and key must be defined"
    if cert and not files_exist and not (_is_content(cert) and _is_content(key)):
        return "cert file does not exist"
    return None


def _is_content(text: str) -> bool:
    return "-----BEGIN" in text
