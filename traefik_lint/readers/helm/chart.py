"""From the values of the Traefik chart to Traefik's command line, as the chart's pod template writes it."""

from __future__ import annotations

from typing import NamedTuple

from traefik_lint.model.compose import Variable
from traefik_lint.model.deployment import ChartProblem
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.options.version import Version, parse_version
from traefik_lint.readers.helm.eras import Era, application_of, era_of, misplaced_values
from traefik_lint.readers.helm.ports import port_words
from traefik_lint.readers.helm.releases import Release
from traefik_lint.readers.helm.words import Step, flag, flags_below, has_text, is_null, is_true
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import Document, Mapping, Node, Scalar


class ChartValues(NamedTuple):
    """What a release of the chart runs.

    ``arguments`` are the words of Traefik's command line; those that come from the chart's own defaults stand at the
    beginning of the values. ``version`` is told by the image tag (``version_node``), else by the chart's version.
    ``ingress_class`` is the name of the IngressClass that the chart makes, "" for none. ``objects`` are the
    values' ``extraObjects``.
    """

    arguments: tuple[Scalar, ...]
    environment: tuple[Variable, ...]
    version: Version | None
    version_node: Scalar | None
    era: Era
    ingress_class: str
    objects: tuple[KubernetesObject, ...]
    problems: tuple[ChartProblem, ...]
    is_open: bool


def read_values(release: Release) -> ChartValues:
    """Read a release's values."""
    values = release.values
    if values is None:
        place = (
            release.object.kind_node if release.object is not None else Scalar(SourceFile("", ""), 0, 0, "")
        )
        values = Mapping(place.file, place.start, place.end, [])
    tag = _tag(values)
    told = parse_version(tag.value.partition("@")[0]) if tag is not None and not tag.unknown else None
    era = era_of(release.version, told)
    maker = _Words(values, era)
    words = maker.all()
    problems = [*misplaced_values(values, era), *maker.problems]
    problems.sort(key=lambda problem: problem.span.start)
    version = told if told is not None else application_of(release.version)
    node = tag if told is not None else release.version if version is not None else None
    return ChartValues(
        tuple(words),
        tuple(_environment(values)),
        version,
        node,
        era,
        _ingress_class(values, release.name, era),
        tuple(_objects(values)),
        tuple(problems),
        release.is_open or bool(release.value_files) or any(word.unknown for word in words),
    )


def _tag(values: Mapping) -> Scalar | None:
    for holder, name in ((values, "versionOverride"), (values.mapping("image"), "tag")):
        tag = holder.scalar(name) if holder is not None else None
        if tag is not None and has_text(tag):
            return tag
    return None


def _environment(values: Mapping) -> list[Variable]:
    found = []
    for item in values.sequence("env") or ():
        name = item.scalar("name") if isinstance(item, Mapping) else None
        if isinstance(item, Mapping) and name is not None:
            found.append(Variable(name, item.scalar("value")))
    return found


def _ingress_class(values: Mapping, release: str, era: Era) -> str:
    section = values.mapping("ingressClass")
    # Charts before 21 made none unless asked.
    if not is_true(section.get("enabled") if section is not None else None, era.last >= 21):
        return ""
    name = section.scalar("name") if section is not None else None
    return name.value if name is not None and has_text(name) else release


def _objects(values: Mapping) -> list[KubernetesObject]:
    from traefik_lint.readers.kubernetes.manifests import read_objects

    extra = values.sequence("extraObjects")
    return read_objects([Document(extra)]).objects if extra is not None else []


class _Words:
    """The command line while it is being put together."""

    __slots__ = ("era", "place", "problems", "values")

    def __init__(self, values: Mapping, era: Era) -> None:
        self.values = values
        self.era = era
        self.problems: list[ChartProblem] = []
        #: Where the chart's own defaults are shown to stand: before the first value.
        self.place = Scalar(values.file, values.start, values.start, "")

    def all(self) -> list[Scalar]:
        """The words in the chart's order."""
        words = self.verbatim("globalArguments") if self.era.first < 36 else []
        words += port_words(self.values, self.era, self.place, self.problems)
        words += self.api()
        words.append(flag([Step("ping", self.place)], "true"))
        words += self.sections()
        words += self.providers()
        words += self.resolvers()
        return words + self.verbatim("additionalArguments")

    def verbatim(self, name: str) -> list[Scalar]:
        return [item for item in self.values.sequence(name) or () if isinstance(item, Scalar)]

    def entry(self, *path: str) -> tuple[Scalar, Node] | None:
        """The key and value at a path of the values."""
        here: Mapping | None = self.values
        for name in path[:-1]:
            here = here.mapping(name) if here is not None else None
        entry = here.entry(path[-1]) if here is not None else None
        return (entry.key, entry.value) if entry is not None else None

    def api(self) -> list[Scalar]:
        found = self.entry("api")
        if found is None or not isinstance(found[1], Mapping):
            return [flag([Step("api", self.place), Step("dashboard", self.place)], "true")]
        words = flags_below([Step("api", found[0])], found[1])
        if found[1].get("dashboard") is None:
            words.insert(0, flag([Step("api", found[0]), Step("dashboard", found[0])], "true"))
        return words

    def sections(self) -> list[Scalar]:
        words: list[Scalar] = []
        for section, option in (
            ("core", "defaultRuleSyntax"),
            ("log", "level"),
            ("global", "checkNewVersion"),
        ):
            found = self.entry(section, option)
            if found is not None and has_text(found[1]):
                words.append(flag([Step(section, found[0]), Step(option, found[0])], found[1]))
        metrics = self.entry("metrics", "prometheus")
        if not is_null(self.values.get("metrics")) and not (metrics is not None and is_null(metrics[1])):
            key = metrics[0] if metrics is not None else self.place
            path = [Step("metrics", key), Step("prometheus", key)]
            point = self.entry("metrics", "prometheus", "entryPoint")
            words.append(flag(path, "true"))
            steps = [*path, Step("entryPoint", point[0] if point is not None else key)]
            words.append(flag(steps, point[1] if point is not None else "metrics"))
        for kind in ("plugins", "localPlugins"):
            plugins = self.entry("experimental", kind)
            if plugins is None or not isinstance(plugins[1], Mapping):
                continue
            for plugin in plugins[1].entries:
                steps = [
                    Step("experimental", plugins[0]),
                    Step(kind, plugins[0]),
                    Step(plugin.key.value, plugin.key),
                ]
                for name in ("moduleName", "version"):
                    value = plugin.value.entry(name) if isinstance(plugin.value, Mapping) else None
                    if value is not None:
                        words.append(flag([*steps, Step(name, value.key)], value.value))
        return words

    def providers(self) -> list[Scalar]:
        words = self.provider("kubernetesCRD", True, "kubernetesCRD")
        words += self.provider("kubernetesIngress", True, "kubernetesIngress")
        words += self.provider("kubernetesGateway", False, "kubernetesGateway")
        words += self.provider("kubernetesIngressNGINX", False, "kubernetesIngressNGINX")
        file = self.entry("providers", "file", "enabled")
        if file is not None and is_true(file[1], False):
            steps = [Step("providers", file[0]), Step("file", file[0]), Step("directory", file[0])]
            words.append(flag(steps, "/etc/traefik/dynamic"))
        return words

    def provider(self, name: str, default: bool, option: str) -> list[Scalar]:
        found = self.entry("providers", name)
        body = found[1] if found is not None and isinstance(found[1], Mapping) else None
        key = found[0] if found is not None else self.place
        enabled = body.get("enabled") if body is not None else None
        if (found is not None and is_null(found[1])) or not is_true(enabled, default):
            return []
        path = [Step("providers", key), Step(option, key)]
        words = [flag(path, "true")]
        for entry in body.entries if body is not None else ():
            if entry.key.value in _PROVIDER_OPTIONS:
                words += flags_below([*path, Step(entry.key.value, entry.key)], entry.value)
        empty = body.get("allowEmptyServices") if body is not None else None
        if name in ("kubernetesCRD", "kubernetesIngress") and empty is None and self.era.maybe_from(32):
            words.append(flag([*path, Step("allowEmptyServices", key)], "true"))
        rbac = self.entry("rbac", "namespaced")
        if rbac is not None and is_true(rbac[1], False) and name != "kubernetesIngressNGINX":
            words.append(flag([*path, Step("disableClusterScopeResources", rbac[0])], "true"))
        return words

    def resolvers(self) -> list[Scalar]:
        words: list[Scalar] = []
        for name in ("certificatesResolvers", "certResolvers"):
            found = self.entry(name)
            if found is None or (name == "certResolvers" and self.era.surely_from(33)):
                continue
            if name == "certificatesResolvers":
                words += flags_below([Step(name, found[0])], found[1])
                continue
            # The old form leaves out the `acme` in between.
            for resolver in found[1].entries if isinstance(found[1], Mapping) else ():
                steps = [Step("certificatesResolvers", found[0]), Step(resolver.key.value, resolver.key)]
                words += flags_below([*steps, Step("acme", resolver.key)], resolver.value)
        return words


#: What the chart hands on from `providers.<name>`; the rest is about the Service and the RBAC around Traefik.
_PROVIDER_OPTIONS = frozenset({
    "allowCrossNamespace", "allowEmptyServices", "allowExternalNameServices", "crossProviderNamespaces",
    "defaultTLSResourcesNamespace", "disableIngressClassLookup", "experimentalChannel", "ingressClass",
    "labelSelector", "namespaces", "nativeLBByDefault", "safeNaming", "strictPrefixMatching",
})  # fmt: skip
