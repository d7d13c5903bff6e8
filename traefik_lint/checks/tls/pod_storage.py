"""TL327, and the part of TL315 about pods: certificates that are gone with the pod, or that several pods fight over.

Each Traefik keeps its ACME account, certificates and open challenges for itself (S-060): with several pods the CA asks
one that knows nothing of the challenge, and they overwrite each other's file.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from traefik_lint.checks.kubernetes.objects import mappings_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Value
from traefik_lint.readers.image import is_traefik_image
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar

_RELEASES = frozenset({"HelmChart", "HelmChartConfig", "HelmRelease", "Application"})
#: Volumes that live as long as the pod, and volumes that can't be written.
_PASSING = frozenset({"emptyDir"})
_READ_ONLY = frozenset({"configMap", "secret", "projected", "downwardAPI"})


def storage_not_kept(runtime: Runtime) -> Iterator[Draft]:
    """ACME storages of Traefik's workload outside any volume that outlives the pod."""
    yield from _of_chart(runtime)
    workload = runtime.deployment.workload
    pod = _pod(workload) if workload is not None else None
    container = _container(pod) if pod is not None else None
    if workload is None or pod is None or container is None or container.get("envFrom") is not None:
        return
    for name, resolver in runtime.resolvers.items():
        storage = resolver.value("acme", "storage")
        if storage is None or not storage.known or not storage.text or storage.span is None:
            continue
        draft = _draft(name, storage, workload, pod, container)
        if draft is not None:
            yield draft


def _of_chart(runtime: Runtime) -> Iterator[Draft]:
    """The chart mounts an emptyDir at /data where persistence is not switched on."""
    values = _values(runtime)
    if values is None:
        return
    persistence, deployment = values.mapping("persistence"), values.mapping("deployment")
    enabled = persistence.scalar("enabled") if persistence is not None else None
    path = persistence.scalar("path") if persistence is not None else None
    if values.get("additionalVolumeMounts") is not None or values.get("volumes") is not None:
        return
    if deployment is not None and deployment.get("additionalVolumes") is not None:
        return
    if any(one is not None and one.unknown for one in (enabled, path)):
        return
    is_kept = enabled is not None and enabled.value == "true"
    folder = path.value.rstrip("/") if path is not None else "/data"
    for name, resolver in runtime.resolvers.items():
        storage = resolver.value("acme", "storage")
        if storage is None or not storage.known or not storage.text or storage.span is None:
            continue
        is_inside = posixpath.join("/", storage.text).startswith(folder + "/")
        if is_kept and is_inside:
            continue
        where = "in an emptyDir as long as persistence is off" if is_inside else "in no volume of the chart"
        yield finding(
            storage,
            f"{quoted(storage.text)} lies {where}: the certificates of resolver {quoted(name)} are lost with the pod",
            hint="set persistence.enabled: true"
            if is_inside
            else f"write {folder}/{posixpath.basename(storage.text)}",
            related=[(enabled, "persistence")],
        )


def _values(runtime: Runtime) -> Mapping | None:
    """The values of the only release of the chart among the objects."""
    objects = runtime.deployment.objects
    if runtime.deployment.workload is not None or not any(one.kind in _RELEASES for one in objects):
        return None
    from traefik_lint.readers.helm import chart_releases

    releases = chart_releases(objects)
    if len(releases) != 1 or releases[0].is_open or releases[0].value_files:
        return None
    return releases[0].values


def _draft(
    name: str, storage: Value, workload: KubernetesObject, pod: Mapping, container: Mapping
) -> Draft | None:
    path = posixpath.normpath(posixpath.join("/", storage.text))
    mount = _mount_of(container, path)
    if mount is None:
        claims = workload.spec.sequence("volumeClaimTemplates") if workload.spec is not None else None
        targets = [one.value for each in _mounts(container) if (one := each.scalar("mountPath")) is not None]
        meant = next(
            (one for one in targets if any(word in one for word in ("data", "acme", "cert", "letsencrypt"))),
            "",
        )
        return finding(
            storage,
            f"{quoted(path)} lies in no volume of {workload.kind} {quoted(workload.name)}: the account and the "
            f"certificates of resolver {quoted(name)} are lost with the pod",
            hint=f"write {quoted(posixpath.join(meant, posixpath.basename(path)))}"
            if meant
            else "mount a persistent volume there"
            + (" (from volumeClaimTemplates)" if claims is not None else ""),
            related=[(workload.name_node, "Traefik")],
        )
    volume, kind = _volume(pod, mount)
    if kind in _PASSING:
        what = f"lies in an {kind}: the certificates of resolver {quoted(name)} are lost with the pod"
    elif kind in _READ_ONLY:
        what = f"lies in a {kind}, which can't be written: resolver {quoted(name)} can't store a certificate"
    else:
        return None
    return finding(
        storage,
        f"{quoted(path)} {what}",
        hint="use a persistentVolumeClaim for that volume",
        related=[(volume, "the volume")],
    )


def _pod(workload: KubernetesObject) -> Mapping | None:
    template = workload.spec.mapping("template") if workload.spec is not None else None
    return template.mapping("spec") if template is not None else None


def _container(pod: Mapping) -> Mapping | None:
    for container in mappings_of(pod.sequence("containers")):
        image = container.scalar("image")
        if image is not None and is_traefik_image(image.value):
            return container
    return None


def _mounts(container: Mapping) -> Iterator[Mapping]:
    return mappings_of(container.sequence("volumeMounts"))


def _mount_of(container: Mapping, path: str) -> Mapping | None:
    """The mount that a path lies in; the longest wins, and one that can't be told may be anywhere."""
    best: tuple[int, Mapping] | None = None
    for mount in _mounts(container):
        target = mount.scalar("mountPath")
        if target is None or target.unknown:
            return mount
        where = posixpath.normpath(target.value)
        if (path == where or path.startswith(where.rstrip("/") + "/")) and (
            best is None or len(where) > best[0]
        ):
            best = len(where), mount
    return best[1] if best is not None else None


def _volume(pod: Mapping, mount: Mapping) -> tuple[Scalar | None, str]:
    """Where a mount's volume is named, and its kind; "" where that can't be told."""
    name = mount.scalar("name")
    for volume in mappings_of(pod.sequence("volumes")):
        own = volume.scalar("name")
        if name is not None and own is not None and own.value == name.value:
            kinds = [entry.key.value for entry in volume if entry.key.value != "name"]
            return own, kinds[0] if len(kinds) == 1 else ""
    return None, ""


@check("TL327", "acme-in-several-instances", severity="warning")
def acme_in_several_instances(runtime: Runtime) -> Iterator[Draft]:
    acme = next((one for one in runtime.resolvers.values() if one.get("acme") is not None), None)
    if acme is None:
        return
    number = _instances(runtime)
    if number is None or number.unknown or not number.value.isdigit() or int(number.value) < 2:
        return
    yield finding(
        number,
        f"{number.value} instances of Traefik, each with certificates of its own: a challenge may end at another one "
        "than began it, and they overwrite each other's storage",
        hint="run one instance, or leave the certificates to cert-manager",
        related=[(acme, "the resolver")],
    )


def _instances(runtime: Runtime) -> Scalar | None:
    workload, container = runtime.deployment.workload, runtime.deployment.traefik
    if workload is not None and workload.spec is not None:
        return workload.spec.scalar("replicas")
    values = _values(runtime)
    chosen = values.mapping("deployment") if values is not None else None
    if chosen is not None:
        return chosen.scalar("replicas")
    deploy = container.node.mapping("deploy") if container is not None else None
    return deploy.scalar("replicas") if deploy is not None else None
