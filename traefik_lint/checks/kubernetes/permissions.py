"""TL732: Traefik may not list what a provider watches (K-004).

A provider waits until it has listed every kind that it watches. One that its roles leave out keeps it waiting, and
then giving up: no router at all comes from it. Releases ask for more over time: EndpointSlices and Nodes from 3.1 on,
ConfigMaps from 3.4 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from traefik_lint.checks.kubernetes.objects import mappings_of
from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, Place, check, finding
from traefik_lint.model.kubernetes import KubernetesObject
from traefik_lint.model.values import Element
from traefik_lint.options.version import Version
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.tree import Mapping, Scalar, Sequence

_GROUP = "rbac.authorization.k8s.io"
_OWN = (
    "ingressroutes", "ingressroutetcps", "ingressrouteudps", "middlewares", "middlewaretcps", "tlsoptions",
    "tlsstores", "traefikservices", "serverstransports",
)  # fmt: skip
_VERBS = frozenset({"list", "watch"})

_Resource = tuple[str, str]


class _Account(NamedTuple):
    name: str
    namespace: str


@check("TL732", "missing-permission", severity="error", confidence="medium", needs=("static",))
def missing_permission(runtime: Runtime) -> Iterator[Draft]:
    deployment = runtime.deployment
    static, workload = deployment.static, deployment.workload
    account = _account(workload) if workload is not None else None
    if static is None or account is None or runtime.version < (3, 0, 0):
        return
    bound = _bound(deployment.objects, account)
    if not bound:
        yield from _bound_elsewhere(deployment.objects, account)
        return
    given = _given(bound)
    if given is None:
        return
    providers = static.element.element("providers")
    needed: dict[_Resource, str] = {}
    for name in ("kubernetesCRD", "kubernetesIngress"):
        options = providers.element(name) if providers is not None else None
        if options is not None:
            for resource in _needed(name, options, runtime.version):
                needed.setdefault(resource, name)
    lost = [resource for resource in needed if not _allows(given, resource)]
    if lost:
        shown = ", ".join(f"{resource} ({group})" if group else resource for group, resource in lost[:6])
        yield finding(
            _place(bound, lost),
            f"Traefik may not list and watch {shown}: providers.{needed[lost[0]]} never gets ready, and has no routers",
            hint="add "
            + "; ".join(
                f"apiGroups: [{quoted(group)}], resources: [{', '.join(one for of, one in lost if of == group)}]"
                for group in sorted({group for group, _ in lost})
            )
            + " with verbs: [get, list, watch]",
            severity="warning" if deployment.version_assumed else None,
        )


def _needed(provider: str, options: Element, version: Version) -> Iterator[_Resource]:
    """What a provider lists; the roles for single namespaces are not looked at."""
    yield ("", "services")
    yield ("", "secrets")
    yield ("discovery.k8s.io", "endpointslices") if version >= (3, 1, 0) else ("", "endpoints")
    if version >= (3, 1, 2) and not options.flag("disableClusterScopeResources"):
        yield ("", "nodes")
    if provider == "kubernetesIngress":
        yield ("networking.k8s.io", "ingresses")
        if not options.flag("disableIngressClassLookup") and not options.flag("disableClusterScopeResources"):
            yield ("networking.k8s.io", "ingressclasses")
        return
    if version >= (3, 4, 0):
        yield ("", "configmaps")
    for kind in (*_OWN, "serverstransporttcps"):
        yield ("traefik.io", kind)


def _account(workload: KubernetesObject) -> _Account | None:
    template = workload.spec.mapping("template") if workload.spec is not None else None
    pod = (
        template.mapping("spec")
        if template is not None
        else workload.spec
        if workload.kind == "Pod"
        else None
    )
    name = (pod.scalar("serviceAccountName") or pod.scalar("serviceAccount")) if pod is not None else None
    if (
        name is None
        or name.unknown
        or (workload.namespace_node is not None and workload.namespace_node.unknown)
    ):
        return None
    return _Account(name.value, workload.namespace)


def _bound(objects: list[KubernetesObject], account: _Account) -> list[KubernetesObject]:
    """The roles bound to the account for the whole cluster; empty where they are not all in the files."""
    roles = {found.name: found for found in objects if found.kind == "ClusterRole" and found.group == _GROUP}
    bound: list[KubernetesObject] = []
    for found in objects:
        if found.group != _GROUP or found.kind not in ("ClusterRoleBinding", "RoleBinding"):
            continue
        subjects = found.root.sequence("subjects")
        if not any(_is_account(subject, account) for subject in mappings_of(subjects)):
            continue
        reference = found.root.mapping("roleRef")
        name = reference.scalar("name") if reference is not None else None
        role = roles.get(name.value) if name is not None else None
        if found.kind == "RoleBinding" or role is None:
            return []
        bound.append(role)
    return bound


def _bound_elsewhere(objects: list[KubernetesObject], account: _Account) -> Iterator[Draft]:
    """A role of Traefik's that is given to an account of its account's name, in a namespace without one."""
    accounts = {(one.namespace, one.name) for one in objects if one.kind == "ServiceAccount"}
    roles = {found.name: found for found in objects if found.kind == "ClusterRole" and found.group == _GROUP}
    given: list[Scalar] = []
    for found in objects:
        if found.group != _GROUP or found.kind not in ("ClusterRoleBinding", "RoleBinding"):
            continue
        for subject in mappings_of(found.root.sequence("subjects")):
            if _is_account(subject, account):
                return  # by a role that is not in the files
            name, namespace, reference = (
                subject.scalar("name"),
                subject.scalar("namespace"),
                found.root.mapping("roleRef"),
            )
            role = (
                roles.get(text.value)
                if reference is not None and (text := reference.scalar("name"))
                else None
            )
            is_other = (
                name is not None and namespace is not None and (namespace.value, name.value) not in accounts
            )
            if (
                is_other
                and role is not None
                and name is not None
                and name.value == account.name
                and _is_of_traefik(role)
            ):
                given += [namespace] if namespace is not None else []
    if len(given) == 1:
        yield finding(
            given[0],
            f"the role is given to account {quoted(account.name)} of namespace {quoted(given[0].value)}, and Traefik "
            f"runs in {quoted(account.namespace)}: it may read nothing, and has no routers",
            hint=f"write namespace: {account.namespace}",
        )


def _is_of_traefik(role: KubernetesObject) -> bool:
    return any(
        item.value in ("traefik.io", "traefik.containo.us")
        for rule in mappings_of(role.root.sequence("rules"))
        for item in _items(rule.sequence("apiGroups"))
    )


def _is_account(subject: Mapping, account: _Account) -> bool:
    name, namespace = subject.scalar("name"), subject.scalar("namespace")
    if name is None or name.unknown or (namespace is not None and namespace.unknown):
        return name is not None
    return name.value == account.name and (namespace is None or namespace.value == account.namespace)


def _given(roles: list[KubernetesObject]) -> list[tuple[frozenset[str], frozenset[str]]] | None:
    """Groups and resources of every rule that lets list and watch; None when the roles may hold more."""
    given = []
    for role in roles:
        if role.root.get("aggregationRule") is not None:
            return None
        for rule in mappings_of(role.root.sequence("rules")):
            parts = [_texts(rule.sequence(key)) for key in ("apiGroups", "resources", "verbs")]
            if any(part is None for part in parts):
                return None
            groups, resources, verbs = (part or frozenset() for part in parts)
            if ("*" in verbs or verbs >= _VERBS) and rule.get("resourceNames") is None:
                given.append((groups, resources))
    return given


def _texts(items: Sequence | None) -> frozenset[str] | None:
    scalars = [item for item in items or () if isinstance(item, Scalar)]
    return None if any(item.unknown for item in scalars) else frozenset(item.value for item in scalars)


def _allows(given: list[tuple[frozenset[str], frozenset[str]]], resource: _Resource) -> bool:
    group, name = resource
    return any(
        (group in groups or "*" in groups) and (name in resources or "*" in resources)
        for groups, resources in given
    )


def _place(roles: list[KubernetesObject], lost: list[_Resource]) -> Place:
    """Where the missing resource would stand: beside its forerunner, else at the role's rules."""
    wanted = {"endpointslices": "endpoints", "serverstransporttcps": "serverstransports"}.get(lost[0][1], "")
    is_own = any(group == "traefik.io" for group, _ in lost)
    beside: Scalar | None = None
    for role in roles:
        for rule in mappings_of(role.root.sequence("rules")):
            groups = _items(rule.sequence("apiGroups"))
            old = next((item for item in groups if item.value == "traefik.containo.us"), None)
            resources = _items(rule.sequence("resources"))
            if is_own and beside is None:
                own = any(item.value == "traefik.io" for item in groups)
                beside = old or (resources[-1] if own and resources else None)
            for item in resources:
                if item.value == wanted:
                    return item
    if beside is not None:
        return beside
    rules = roles[0].root.entry("rules")
    return rules.key if rules is not None else roles[0].kind_node


def _items(items: Sequence | None) -> list[Scalar]:
    return [item for item in items or () if isinstance(item, Scalar)]
