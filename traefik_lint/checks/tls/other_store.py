"""TL311: a TLS store other than `default`: what is in it is never served (R-149, R-154, K-066)."""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.runtime.types import Runtime


@check("TL311", "unused-tls-store", severity="warning")
def unused_tls_store(runtime: Runtime) -> Iterator[Draft]:
    for store in runtime.tls_stores.values():
        if store.name == "default" or store.span is None:
            continue
        is_object = isinstance(store.origin, KubernetesObject)
        yield finding(
            store,
            f"Traefik serves certificates of the store {quoted('default')} only: this one is never used",
            hint="name the TLSStore default" if is_object else "write default instead of the store's name",
        )
    for file in runtime.deployment.dynamic_files:
        if file.decoded is None:
            continue
        for certificate in file.decoded.element.elements("tls", "certificates"):
            stores = certificate.values("stores")
            if not stores or any(store.text == "default" or not store.known for store in stores):
                continue
            yield finding(
                stores[0],
                f"Traefik serves certificates of the store {quoted('default')} only: this one is never served",
                hint="leave stores out",
            )
