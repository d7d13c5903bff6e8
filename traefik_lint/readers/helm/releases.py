"""Objects that install the Traefik chart: k3s's HelmChart(Config), Flux's HelmRelease, Argo CD's Application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.source.embedded import read_embedded
from traefik_lint.source.tree import Entry, Mapping, Node, ReadError, Scalar

_CHART = "traefik"


class Release(NamedTuple):
    """One installation of the chart, as far as one object tells.

    ``values`` are its own; ``value_files`` name files that hold more. ``is_open`` says that more values come from
    where we don't look (a ConfigMap, another object), ``error`` what keeps the values from being read.
    """

    name: str
    namespace: str
    values: Mapping | None
    version: Scalar | None
    value_files: tuple[Scalar, ...]
    object: KubernetesObject | None
    is_open: bool
    error: ReadError | None = None


def chart_releases(objects: list[KubernetesObject]) -> list[Release]:
    """All releases of the Traefik chart among the objects, in their order."""
    found: list[Release] = []
    for one in objects:
        if one.group == "helm.cattle.io" and one.kind in ("HelmChart", "HelmChartConfig"):
            found.extend(_of_k3s(one))
        elif one.group == "helm.toolkit.fluxcd.io" and one.kind == "HelmRelease":
            found.extend(_of_flux(one))
        elif one.group == "argoproj.io" and one.kind == "Application":
            found.extend(_of_argo(one))
    return found


def release_of_values(root: Mapping) -> Release:
    """A file of values on its own; the release's name and what else it is given are not known."""
    from traefik_lint.readers.kubernetes.manifests import mark_placeholders

    mark_placeholders(root)
    return Release(_CHART, "default", root, None, (), None, is_open=False)


def _of_k3s(found: KubernetesObject) -> Iterator[Release]:
    spec = found.spec
    if spec is None:
        return
    chart = spec.scalar("chart")
    is_ours = found.name == _CHART if chart is None else _is_chart(chart.value)
    if not is_ours:
        return
    values, error = _embedded(spec.scalar("valuesContent"))
    target = spec.scalar("targetNamespace")
    # The HelmChart of k3s itself is not in the files, and it has values of its own.
    yield Release(
        found.name,
        target.value if target is not None else found.namespace,
        values,
        spec.scalar("version"),
        (),
        found,
        spec.get("set") is not None or spec.get("valuesSecrets") is not None,
        error,
    )


def _of_flux(found: KubernetesObject) -> Iterator[Release]:
    spec = found.spec
    chart = spec.mapping("chart") if spec is not None else None
    chart_spec = chart.mapping("spec") if chart is not None else None
    if spec is None:
        return
    name = chart_spec.scalar("chart") if chart_spec is not None else None
    reference = spec.mapping("chartRef")
    if name is None and reference is not None:
        name = reference.scalar("name")
    if name is None or not _is_chart(name.value):
        return
    target = spec.scalar("targetNamespace")
    own = spec.scalar("releaseName")
    yield Release(
        own.value if own is not None else found.name,
        target.value if target is not None else found.namespace,
        spec.mapping("values"),
        chart_spec.scalar("version") if chart_spec is not None else None,
        (),
        found,
        spec.get("valuesFrom") is not None or spec.get("postRenderers") is not None,
    )


def _of_argo(found: KubernetesObject) -> Iterator[Release]:
    spec = found.spec
    if spec is None:
        return
    destination = spec.mapping("destination")
    namespace = destination.scalar("namespace") if destination is not None else None
    sources: list[Node] = list(spec.sequence("sources") or ())
    single = spec.mapping("source")
    if single is not None:
        sources.append(single)
    for source in sources:
        chart = source.scalar("chart") if isinstance(source, Mapping) else None
        if not isinstance(source, Mapping) or chart is None or not _is_chart(chart.value):
            continue
        helm = source.mapping("helm")
        name = helm.scalar("releaseName") if helm is not None else None
        values: Mapping | None = None
        error: ReadError | None = None
        files: tuple[Scalar, ...] = ()
        if helm is not None:
            values = helm.mapping("valuesObject")
            if values is None:
                values, error = _embedded(helm.scalar("values"))
            values = _with_parameters(helm, values)
            files = tuple(item for item in helm.sequence("valueFiles") or () if isinstance(item, Scalar))
        yield Release(
            name.value if name is not None else found.name,
            namespace.value if namespace is not None else found.namespace,
            values,
            source.scalar("targetRevision"),
            files,
            found,
            helm is not None and helm.get("fileParameters") is not None,
            error,
        )


def _is_chart(name: str) -> bool:
    return name.rstrip("/").rpartition("/")[2] == _CHART


def _embedded(text: Scalar | None) -> tuple[Mapping | None, ReadError | None]:
    if text is None:
        return None, None
    result = read_embedded(text)
    root = result.roots[0] if result.roots else None
    if not isinstance(root, Mapping):
        return None, result.error
    from traefik_lint.readers.kubernetes.manifests import mark_placeholders

    mark_placeholders(root)
    return root, result.error


def _with_parameters(helm: Mapping, values: Mapping | None) -> Mapping | None:
    """The values with Argo CD's ``parameters`` (``ports.web.port`` = 80) put in; lists by index are left out."""
    parameters = helm.sequence("parameters")
    if parameters is None:
        return values
    root = Mapping(helm.file, helm.start, helm.end, list(values.entries) if values is not None else [])
    for parameter in parameters:
        name = parameter.scalar("name") if isinstance(parameter, Mapping) else None
        value = parameter.scalar("value") if isinstance(parameter, Mapping) else None
        if name is None or value is None or "[" in name.value or "\\" in name.value:
            continue
        here = root
        *path, last = name.value.split(".")
        for step in path:
            below = here.get(step)
            copied = Mapping(name.file, name.start, value.end, [])
            if isinstance(below, Mapping):
                copied = Mapping(below.file, below.start, below.end, list(below.entries))
            here.entries = [entry for entry in here.entries if entry.key.value != step]
            here.entries.append(Entry(_step(name, step), copied))
            here = copied
        here.entries.append(Entry(_step(name, last), value))
    return root


def _step(name: Scalar, text: str) -> Scalar:
    begin = name.value.find(text)
    span = name.sub(begin, begin + len(text))
    return Scalar(span.file, span.start, span.end, text)
