"""The provider `kubernetes`: Ingress objects (K-100 … K-115)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from traefik_lint.golang.text import quote
from traefik_lint.model.deployment import Deployment, World
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element, Value
from traefik_lint.runtime.configuration import Part, ProviderConfiguration
from traefik_lint.runtime.names import normalize
from traefik_lint.runtime.providers.crd_names import hashed
from traefik_lint.runtime.providers.crd_routes import keep_router
from traefik_lint.runtime.providers.crd_tls import load_certificate
from traefik_lint.runtime.providers.ingress_backends import Backend, ProviderPanic, load_service, read_backend
from traefik_lint.runtime.providers.ingress_rules import path_rule, rule_text
from traefik_lint.runtime.providers.ingress_settings import settings_of
from traefik_lint.runtime.providers.kubernetes_cluster import Cluster, is_scalar, selector, text_of
from traefik_lint.runtime.providers.kubernetes_elements import Refused, put
from traefik_lint.runtime.providers.kubernetes_metadata import note_router
from traefik_lint.runtime.providers.kubernetes_options import ingress_options
from traefik_lint.runtime.providers.kubernetes_work import Work, subject_of
from traefik_lint.runtime.types import Drop
from traefik_lint.source.tree import Mapping, Node, Scalar

PROVIDER = "kubernetes"
_CONTROLLER = "traefik.io/ingress-controller"
_CLASS_ANNOTATION = "kubernetes.io/ingress.class"
_LOWEST = -(2**31)
_DEFAULT_SERVICE = "default-backend"
_DEFAULT_ROUTER = "default-router"


def build(deployment: Deployment, *, generous: Collection[World] = ()) -> ProviderConfiguration | None:
    """What the provider makes of the deployment's Ingresses; None when it is off.

    A name that is not in the files does not exist, except for the kinds in ``generous`` (``kubernetes-services``,
    ``secrets``, ``ingress-classes``); see :func:`kubernetes_crd.build`.
    """
    options = ingress_options(deployment)
    if options is None:
        return None
    configuration = ProviderConfiguration(PROVIDER)
    cluster = Cluster(deployment.objects, options.namespaces, deployment.version)
    work = Work(configuration, cluster, options, deployment.version, frozenset(generous))
    static = deployment.static
    syntax = static.element.string("core", "defaultRuleSyntax") if static is not None else ""
    try:
        work.select = selector(options.label_selector)
        classes = _classes(work)
        for found in cluster.all_of("networking.k8s.io", "Ingress"):
            if (work.select is None or work.select(found)) and _is_taken(work, found, classes):
                _build_ingress(work, found, syntax)
    except ProviderPanic as panic:
        # The provider's loop ends with it: nothing is handed to Traefik.
        empty = ProviderConfiguration(PROVIDER)
        empty.drops.append(panic.drop)
        return empty
    except Refused as refused:
        text = refused.text.replace("invalid label", "invalid ingress label")
        configuration.drops.append(Drop(refused.kind, f"provider {PROVIDER}", text, None, None, refused.fact))
        return configuration
    configuration.tls_certificates.extend(work.certificates[key] for key in sorted(work.certificates))
    return configuration


def _classes(work: Work) -> frozenset[str]:
    """Names of the IngressClass objects that are Traefik's (K-100)."""
    options = work.options
    if options.disable_ingress_class_lookup or options.disable_cluster_scope_resources:
        return frozenset()
    wanted = options.ingress_class
    return frozenset(
        found.name
        for found in work.cluster.everywhere("networking.k8s.io", "IngressClass")
        if found.spec is not None
        and text_of(found.spec.get("controller")) == _CONTROLLER
        and wanted in ("", found.name)
    )


def _is_taken(work: Work, found: KubernetesObject, classes: frozenset[str]) -> bool:
    """Whether the Ingress's class is the provider's (K-100)."""
    wanted = work.options.ingress_class
    name = found.spec.scalar("ingressClassName") if found.spec is not None else None
    if name is not None and is_scalar(name):
        if name.value in classes:
            return True
        # A class that is not in the files is taken for Traefik's when its name says so.
        is_own = name.value == wanted if wanted else "traefik" in name.value
        known = any(
            one.name == name.value for one in work.cluster.everywhere("networking.k8s.io", "IngressClass")
        )
        return "ingress-classes" in work.generous and is_own and not known
    annotation = found.annotation(_CLASS_ANNOTATION)
    text = annotation.value if annotation is not None else ""
    return text == wanted or (not wanted and text == "traefik")


class _Path(NamedTuple):
    """A router that a path became, before its name is known."""

    element: Element
    rule: str


def _build_ingress(work: Work, found: KubernetesObject, default_syntax: str) -> None:
    try:
        settings = settings_of(work, found, "router")
        _check_references(work, found, settings)
    except Refused as refused:
        work.drop(subject_of(found), refused, found)
        return
    _load_certificates(work, found)
    spec = found.spec
    if spec is None:
        return
    rules = spec.sequence("rules")
    default = spec.mapping("defaultBackend")
    if (rules is None or not rules.items) and default is not None:
        _build_default(work, found, default, settings)
    routers: dict[str, list[_Path]] = {}
    for rule in rules or ():
        http = rule.mapping("http") if isinstance(rule, Mapping) else None
        if http is None or not isinstance(rule, Mapping):
            continue
        host = rule.scalar("host")
        for path in http.sequence("paths") or ():
            if isinstance(path, Mapping):
                _build_path(work, found, host, path, settings, default_syntax, routers)
    for key, made in routers.items():
        for router in made:
            name = key if len(made) == 1 else hashed(key, router.rule)
            keep_router(work, work.configuration.http.routers, Part(name, router.element, found))


def _check_references(work: Work, found: KubernetesObject, settings: Element | None) -> None:
    """Middlewares and TLS options always belong to other providers here (K-033, K-103)."""
    allowed = work.options.cross_provider_namespaces
    if settings is None or allowed is None or found.namespace in allowed:
        return
    middlewares = settings.values("middlewares")
    options = settings.value("tls", "options")
    if middlewares:
        word, place = "middleware", middlewares[0]
    elif options is not None and options.text:
        word, place = "TLS option", options
    else:
        return
    text = f"Skipping Ingress: cross-provider {word} reference is not allowed from namespace {quote(found.namespace)}"
    raise Refused("cross-provider", text, place, "K-033")


def _load_certificates(work: Work, found: KubernetesObject) -> None:
    """Load `spec.tls[].secretName`; the first that is missing ends it (K-111)."""
    for entry in (found.spec.sequence("tls") if found.spec is not None else None) or ():
        name = entry.scalar("secretName") if isinstance(entry, Mapping) else None
        if name is None or not text_of(name):
            continue
        value = Value(
            work.spec("tls", "certificates", "*", "certFile"), name.value, name, None, not name.unknown
        )
        try:
            load_certificate(work, found, f"{found.namespace}-{name.value}", value)
        except Refused as refused:
            work.log(refused.text, refused.span)
            work.miss(subject_of(found), refused, found)
            return


def _build_default(work: Work, found: KubernetesObject, written: Mapping, settings: Element | None) -> None:
    """The router for everything that nothing else takes (K-110)."""
    http = work.configuration.http
    try:
        if _DEFAULT_SERVICE in http.services:
            raise Refused("several-defaults", "The default backend already exists.", written, "K-110")
        backend = read_backend(work, found, written, is_default=True)
        service = load_service(work, found, backend)
    except Refused as refused:
        work.drop(f"default backend of {subject_of(found)}", refused, found, written)
        return
    rule = 'PathPrefix("/")' if work.since((2, 11, 47), (3, 6, 11)) else "PathPrefix(`/`)"
    router = Element(work.spec("http", "routers", "*"), {}, written)
    put(router, "rule", rule, written)
    if work.version >= (3, 0, 0):
        put(router, "ruleSyntax", "default" if work.version >= (3, 4, 0) else "v3", written)
    put(router, "priority", _LOWEST, written)
    put(router, "service", _DEFAULT_SERVICE, backend.name)
    _apply_settings(router, settings, ("entryPoints", "middlewares", "tls", "observability"))
    note_router(work, router, found, backend.name.value, backend.port_text)
    keep_router(work, http.routers, Part(_DEFAULT_ROUTER, router, found))
    http.services[_DEFAULT_SERVICE] = Part(_DEFAULT_SERVICE, service, found)


def _build_path(
    work: Work,
    found: KubernetesObject,
    host: Scalar | None,
    path: Mapping,
    settings: Element | None,
    default_syntax: str,
    routers: dict[str, list[_Path]],
) -> None:
    written = path.scalar("path")
    try:
        backend = read_backend(work, found, path.mapping("backend"), place=path)
        service = _keep_service(work, found, backend)
        syntax = settings.string("ruleSyntax") if settings is not None else ""
        parts = []
        if host is not None and text_of(host):
            parts.append(rule_text(work, host.value, syntax or default_syntax))
        if written is not None and text_of(written):
            matcher = settings.value("pathMatcher") if settings is not None else None
            parts.append(path_rule(work, written.value, text_of(path.get("pathType")), matcher))
    except Refused as refused:
        shown = text_of(written) if written is not None else ""
        work.drop(f'path "{shown}" of {subject_of(found)}', refused, found, path)
        return
    place: Node = written or host or path
    router = Element(work.spec("http", "routers", "*"), {}, place)
    rule = " && ".join(parts)
    known = not any(scalar is not None and scalar.unknown for scalar in (host, written))
    spec = router.spec.fields["rule"]
    router.fields["rule"] = Value(spec, rule, place, None, known)
    put(router, "service", service, backend.name)
    _apply_settings(
        router,
        settings,
        ("ruleSyntax", "priority", "entryPoints", "middlewares", "tls", "observability"),
    )
    note_router(work, router, found, backend.name.value, backend.port_text)
    text = f"{found.namespace}-{found.name}-{text_of(host)}{text_of(written)}"
    routers.setdefault(normalize(text).removeprefix("-"), []).append(_Path(router, rule))


def _keep_service(work: Work, found: KubernetesObject, backend: Backend) -> str:
    name = normalize(f"{found.namespace}-{backend.name.value}-{backend.port_text}")
    services = work.configuration.http.services
    if name not in services:
        services[name] = Part(name, load_service(work, found, backend), found)
    return name


def _apply_settings(router: Element, settings: Element | None, names: tuple[str, ...]) -> None:
    if settings is None:
        return
    for name in names:
        found = settings.get(name)
        if found is None:
            continue
        router.fields[name] = found
