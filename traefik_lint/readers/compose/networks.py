"""The project's networks and who is in them (C-100 … C-104)."""

from __future__ import annotations

from traefik_lint.model.compose import Attachment, ComposeProblem, ComposeProject, Network
from traefik_lint.source.scalars import go_text
from traefik_lint.source.tree import Mapping, Node, Scalar, Sequence

_TRUE = frozenset(("true", "y", "yes", "on"))


def networks_of(node: Node | None, project: ComposeProject) -> dict[str, Network]:
    """The networks that the top level defines, by key, with docker's real names (C-101)."""
    found: dict[str, Network] = {}
    for entry in node.entries if isinstance(node, Mapping) else []:
        key = entry.key.value
        definition = entry.value if isinstance(entry.value, Mapping) else None
        external, name = _external(definition)
        if definition is not None:
            name = definition.scalar("name") or name
        known = name is None or not name.unknown
        if name is not None and name.value and known:
            real = go_text(name)
        else:
            real = key if external else f"{project.name}_{key}"
        found[key] = Network(key, real, external, entry.key, known)
    return found


def attachments_of(service: Mapping, project: ComposeProject, optional: bool) -> list[Attachment]:
    """The networks of a service; without any it is in the project's default one (C-100).

    A network that is nowhere defined is noted among the project's problems; with ``optional`` (a profile must be
    active for the service to exist) compose may accept the project all the same.
    """
    if service.get("network_mode") is not None:
        return []
    named = _named(service.get("networks"))
    if not named:
        return [Attachment(_default(project), None)]
    return [Attachment(_network(node, project, optional), node) for node in named]


def _named(node: Node | None) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [entry.key for entry in node.entries]
    if isinstance(node, Sequence):
        return [item for item in node.items if isinstance(item, Scalar)]
    return []


def _network(node: Scalar, project: ComposeProject, optional: bool) -> Network:
    key = node.value
    network = project.networks.get(key)
    if network is not None:
        return network
    if key == "default":
        return _default(project)
    if not node.unknown and not project.is_open:
        message = (
            f'the network "{key}" is not defined in the top-level "networks": compose refuses the project'
        )
        hint = f'add it there: "{key}:" (with "external: true" if it already exists)'
        project.problems.append(ComposeProblem("undefined-network", message, node.span, hint, not optional))
    return Network(key, f"{project.name}_{key}", False, None, known=False)


def _default(project: ComposeProject) -> Network:
    network = project.networks.get("default")
    if network is None:
        network = Network("default", f"{project.name}_default", False, None)
        project.networks["default"] = network
    return network


def _external(definition: Mapping | None) -> tuple[bool, Scalar | None]:
    """Whether a network is external, and its name by the deprecated ``external: {name: …}`` (C-102)."""
    external = definition.get("external") if definition is not None else None
    if isinstance(external, Mapping):
        return True, external.scalar("name")
    if isinstance(external, Scalar):
        return go_text(external).lower() in _TRUE, None
    return False, None
