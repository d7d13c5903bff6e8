"""TL315: certificates that are gone with the container, or can't be written.

`storage` is relative to the working directory, `/` in the official image (S-060). Outside any volume the account and
all certificates are lost whenever the container is made anew, and the CA soon refuses further ones.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.checks.tls.pod_storage import storage_not_kept
from traefik_lint.model.compose import ComposeService, Mount
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL315", "acme-storage-not-kept", severity="warning")
def acme_storage_not_kept(runtime: Runtime) -> Iterator[Draft]:
    yield from storage_not_kept(runtime)
    traefik = runtime.deployment.traefik
    if traefik is None or traefik.is_open or traefik.image is None:
        return  # without an image it is a part of a service that other files complete
    for name, resolver in runtime.resolvers.items():
        acme = resolver.element("acme")
        if acme is None:
            continue
        storage = acme.value("storage")
        if storage is not None and (not storage.known or not storage.text):
            continue
        draft = _draft(name, acme, storage, traefik)
        if draft is not None:
            yield draft


def _draft(name: str, acme: Element, storage: Value | None, traefik: ComposeService) -> Draft | None:
    written = storage.text if storage is not None else "acme.json"
    path = posixpath.normpath(posixpath.join("/", written))
    place: Span = storage.span if storage is not None else acme.span
    mount = _mount_of(traefik, path)
    if mount is None:
        if any(not one.target for one in traefik.mounts):
            return None  # a mount whose target can't be told
        beside = _meant(traefik, path)
        meant = beside or f"/letsencrypt/{posixpath.basename(path)}"
        return finding(
            place,
            f"{quoted(path)} lies in no volume of {quoted(traefik.name.value)}: the account and the certificates of "
            f"resolver {quoted(name)} are lost with the container",
            hint=f"write {quoted(meant)}" + ("" if beside else " and mount a volume there"),
            related=[(traefik.name, "the container")],
        )
    if mount.kind == "volume" and posixpath.normpath(mount.target) == path:
        return finding(
            place,
            f"{quoted(path)} is the folder that a volume is mounted at, and resolver {quoted(name)} needs a file: it "
            "can't store a certificate",
            hint=f"write {quoted(posixpath.join(path, 'acme.json'))}",
            related=[(mount.node, "the mount")],
        )
    if mount.read_only and mount.kind != "tmpfs":
        return finding(
            place,
            f"{quoted(path)} is mounted read-only, so resolver {quoted(name)} can't store a certificate",
            hint="mount it without ro",
            related=[(mount.node, "the mount")],
        )
    if mount.kind == "tmpfs":
        return finding(
            place,
            f"{quoted(path)} lies in a tmpfs: the certificates of resolver {quoted(name)} are lost with the container",
            hint="mount a volume there",
            related=[(mount.node, "the mount")],
        )
    return None


def _mount_of(traefik: ComposeService, path: str) -> Mount | None:
    """The mount that a path lies in; the longest target wins."""
    best: Mount | None = None
    for mount in traefik.mounts:
        target = posixpath.normpath(mount.target) if mount.target else ""
        covers = target and (path == target or path.startswith(target.rstrip("/") + "/"))
        if covers and (best is None or len(target) > len(best.target)):
            best = mount
    return best


def _meant(traefik: ComposeService, path: str) -> str:
    """Where it was meant to go: a mounted file of that name, or a mounted folder for certificates."""
    base = posixpath.basename(path)
    writable = [mount for mount in traefik.mounts if not mount.read_only and mount.kind in ("bind", "volume")]
    for mount in writable:
        if posixpath.basename(mount.target) == base:
            return mount.target
    words = ("acme", "letsencrypt", "cert", "ssl", "data", "traefik")
    for word in words:
        for mount in writable:
            if word in mount.target.lower() and not posixpath.splitext(mount.target)[1]:
                return posixpath.join(mount.target, base)
    return ""
