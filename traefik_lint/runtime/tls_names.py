"""The names that TLS options may hold (pkg/tls; R-152, R-153)."""

from __future__ import annotations

from traefik_lint.options.version import Version

CLIENT_AUTH_TYPES = frozenset({
    "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven",
    "RequireAndVerifyClientCert",
})  # fmt: skip

CIPHER_SUITES = frozenset({
    "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_RC4_128_SHA", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_FALLBACK_SCSV",
})  # fmt: skip

_CURVES = {
    "secp256r1": Version(2, 0, 0), "CurveP256": Version(2, 0, 0), "secp384r1": Version(2, 0, 0),
    "CurveP384": Version(2, 0, 0), "secp521r1": Version(2, 0, 0), "CurveP521": Version(2, 0, 0),
    "x25519": Version(2, 0, 0), "X25519": Version(2, 0, 0), "x25519mlkem768": Version(3, 5, 0),
    "X25519MLKEM768": Version(3, 5, 0), "secp256r1mlkem768": Version(3, 7, 0),
    "SecP256r1MLKEM768": Version(3, 7, 0), "secp384r1mlkem1024": Version(3, 7, 0),
    "SecP384r1MLKEM1024": Version(3, 7, 0),
}  # fmt: skip


def is_curve(name: str, version: Version) -> bool:
    """Whether a release knows an elliptic curve by this name."""
    since = _CURVES.get(name)
    return since is not None and version >= since
