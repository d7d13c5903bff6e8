"""TL333: a DNS challenge whose provider gets no credentials from Traefik's environment (S-066).

Traefik hands the challenge to a library that reads them from its own variables, each also with `_FILE` behind its name.
Without them Traefik starts, every order fails, and the routers of the resolver serve the default certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime


class Credentials(NamedTuple):
    """What a DNS provider's variables begin with, and the sets of which one is needed whole."""

    prefixes: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]


def _token(name: str, *others: str) -> Credentials:
    return Credentials((name.partition("_")[0] + "_",), ((name,), *((other,) for other in others)))


def _pair(*names: str) -> Credentials:
    return Credentials((names[0].partition("_")[0] + "_",), (names,))


#: Providers whose variables have been the same since Traefik 2.
_PROVIDERS: dict[str, Credentials] = {
    "bunny": _token("BUNNY_API_KEY"),
    "cloudflare": Credentials(
        ("CF_", "CLOUDFLARE_"),
        (
            ("CF_DNS_API_TOKEN",), ("CLOUDFLARE_DNS_API_TOKEN",),
            ("CF_API_EMAIL", "CF_API_KEY"), ("CLOUDFLARE_EMAIL", "CLOUDFLARE_API_KEY"),
            ("CF_API_EMAIL", "CLOUDFLARE_API_KEY"), ("CLOUDFLARE_EMAIL", "CF_API_KEY"),
        ),
    ),
    "cloudns": _pair("CLOUDNS_AUTH_PASSWORD"),
    "desec": _token("DESEC_TOKEN"),
    "digitalocean": _token("DO_AUTH_TOKEN"),
    "dreamhost": _token("DREAMHOST_API_KEY"),
    "duckdns": _token("DUCKDNS_TOKEN"),
    "dynu": _token("DYNU_API_KEY"),
    "freemyip": _token("FREEMYIP_TOKEN"),
    "godaddy": _pair("GODADDY_API_KEY", "GODADDY_API_SECRET"),
    "infomaniak": _token("INFOMANIAK_ACCESS_TOKEN"),
    "inwx": _pair("INWX_USERNAME", "INWX_PASSWORD"),
    "ionos": _token("IONOS_API_KEY"),
    "linode": _token("LINODE_TOKEN"),
    "namecheap": _pair("NAMECHEAP_API_USER", "NAMECHEAP_API_KEY"),
    "netcup": _pair("NETCUP_CUSTOMER_NUMBER", "NETCUP_API_KEY", "NETCUP_API_PASSWORD"),
    "njalla": _token("NJALLA_TOKEN"),
    "porkbun": _pair("PORKBUN_SECRET_API_KEY", "PORKBUN_API_KEY"),
    "vultr": _token("VULTR_API_KEY"),
}  # fmt: skip


@check("TL333", "dns-challenge-without-credentials", severity="warning", confidence="medium")
def dns_challenge_without_credentials(runtime: Runtime) -> Iterator[Draft]:
    traefik = runtime.deployment.traefik
    if traefik is None or not _is_plain(traefik):
        return
    variables = {one.key.value.removesuffix("_FILE"): one for one in traefik.environment}
    for name, resolver in runtime.resolvers.items():
        provider = resolver.value("acme", "dnsChallenge", "provider")
        needed = _PROVIDERS.get(provider.text.lower()) if provider is not None and provider.known else None
        if provider is None or needed is None or any(variables.keys() >= set(one) for one in needed.sets):
            continue
        wanted = " and ".join(needed.sets[0])
        own = [one for key, one in variables.items() if key.startswith(needed.prefixes)]
        given = f"{quoted(own[0].key.value)} is not enough" if own else "none of them is in its environment"
        yield finding(
            own[0].key if own else provider,
            f"the DNS provider {quoted(provider.text)} reads its credentials from {wanted}, and {given}: resolver "
            f"{quoted(name)} gets no certificate",
            hint=f"give {traefik.name.value} the environment {wanted}",
            related=[(provider if own else traefik.name, "the provider" if own else "the container")],
        )


def _is_plain(traefik: ComposeService) -> bool:
    """Whether the files tell the whole environment that Traefik gets."""
    if traefik.is_open or traefik.entrypoint is not None or traefik.image is None:
        return False
    if traefik.node.get("build") is not None or any(one.key.unknown for one in traefik.environment):
        return False
    return is_traefik_image(traefik.image.value)
