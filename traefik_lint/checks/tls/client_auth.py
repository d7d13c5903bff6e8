"""TL306, TL307, TL308: `clientAuth` that asks for less than it seems, or that can't be built.

Without a type, the authority alone makes Traefik require client certificates; without both it asks for none.
The two Verify types need an authority, the two others never look at it (R-153, K-068).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.runtime.types import Runtime, TlsOptions
from traefik_lint.source.tree import Mapping

_VERIFYING = ("VerifyClientCertIfGiven", "RequireAndVerifyClientCert")
_TRUSTING = {
    "RequestClientCert": "a client without any certificate gets in too",
    "RequireAnyClientCert": "any certificate is good enough, also one that clients signed themselves",
}


@check("TL306", "client-auth-without-effect", severity="warning")
def client_auth_without_effect(runtime: Runtime) -> Iterator[Draft]:
    for options, auth in _client_auths(runtime):
        kind = auth.value("clientAuthType")
        text = kind.text if kind is not None else ""
        authorities = auth.values("caFiles")
        if kind is not None and not kind.known:
            continue
        if text == "NoClientCert" and authorities and kind is not None:
            yield finding(
                kind,
                f'with "NoClientCert" nobody is asked for a certificate: {_authority(options)} is never used',
                hint="write RequireAndVerifyClientCert, or leave clientAuth out",
            )
        elif not text and not authorities and not _says_something_else(auth):
            yield finding(
                auth,
                f"clientAuth has neither a type nor {_authority(options)} that can be loaded, "
                "so nobody is asked for a client certificate",
                hint=f"write clientAuthType: RequireAndVerifyClientCert, and {_authority_option(options)} "
                "with the authority of the client certificates",
            )


@check("TL307", "client-auth-without-authority", severity="error")
def client_auth_without_authority(runtime: Runtime) -> Iterator[Draft]:
    for options, auth in _client_auths(runtime):
        kind = auth.value("clientAuthType")
        if kind is None or kind.text not in _VERIFYING or auth.values("caFiles"):
            continue
        effect = (
            "every router without options of its own is disabled and refuses TLS"
            if options.name == "default"
            else "routers that use these options are disabled and TLS for their hosts is refused"
        )
        yield finding(
            kind,
            f"{quoted(kind.text)} needs {_authority(options)} that can be loaded; without one {effect}",
            hint=f"add {_authority_option(options)} with the authority that signs the client certificates",
        )


@check("TL308", "client-certificates-not-verified", severity="warning")
def client_certificates_not_verified(runtime: Runtime) -> Iterator[Draft]:
    for options, auth in _client_auths(runtime):
        kind = auth.value("clientAuthType")
        if kind is None or kind.text not in _TRUSTING or not auth.values("caFiles"):
            continue
        yield finding(
            kind,
            f"{quoted(kind.text)} never looks at {_authority(options)}: {_TRUSTING[kind.text]}",
            hint="write RequireAndVerifyClientCert (or VerifyClientCertIfGiven where certificates are optional)",
        )


def _client_auths(runtime: Runtime) -> Iterator[tuple[TlsOptions, Element]]:
    for options in runtime.tls_options.values():
        auth = options.element.element("clientAuth") if options.element is not None else None
        if auth is not None:
            yield options, auth


def _says_something_else(auth: Element) -> bool:
    """Whether there are keys that are no options of it, which other rules report."""
    known = {"clientauthtype", "cafiles", "secretnames"}
    return isinstance(auth.node, Mapping) and any(entry.key.value.lower() not in known for entry in auth.node)


def _authority(options: TlsOptions) -> str:
    return "an authority (secretNames)" if _is_object(options) else "an authority (caFiles)"


def _authority_option(options: TlsOptions) -> str:
    return "secretNames" if _is_object(options) else "caFiles"


def _is_object(options: TlsOptions) -> bool:
    return isinstance(options.origin, KubernetesObject)
