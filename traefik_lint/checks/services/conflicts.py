"""TL514, TL515: a name that is defined more than once.

Containers that define it differently lose it altogether (R-060 … R-063); of several files the first one counts
(R-064). Services that only differ in their servers are joined, see TL516.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from traefik_lint.checks.names import quoted
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.compose import ComposeService, Label
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


class Defining:
    """A container's labels for one name: the first of them is the place to show."""

    __slots__ = ("container", "labels")

    def __init__(self, container: ComposeService, labels: list[Label]) -> None:
        self.container = container
        self.labels = labels

    @property
    def span(self) -> Span:
        """The first label that defines the name."""
        return self.labels[0].key.span


@check("TL514", "conflicting-definitions", severity="error")
def conflicting_definitions(runtime: Runtime) -> Iterator[Draft]:
    conflicts = [drop for drop in runtime.drops if drop.kind == "conflict"]
    all_defining = _all_defining(runtime) if conflicts else {}
    for drop in conflicts:
        words, _, rest = drop.subject.partition(' "')
        name = rest.rstrip('"')
        defining = all_defining.get(_key(words, name), [])
        if len(defining) < 2 or not _run_together(defining) or _is_unknown(defining):
            continue
        last = max(
            defining, key=lambda one: (one.labels[0].via is not None, one.span.file.path, one.span.start)
        )
        others = [one for one in defining if one is not last]
        what = words[:4].lower() if words[:4] in ("HTTP", "TCP ", "UDP ") else ""
        kind = words.split(" ", 1)[1] if what else words
        via = last.labels[0].via
        copied = " (the labels came with extends or a merge)" if via is not None else ""
        yield finding(
            last,
            f"{kind} {quoted(name)} is defined differently by {quoted(others[0].container.name.value)} and"
            f" {quoted(last.container.name.value)}{copied}, so Traefik drops it from both",
            hint="give each its own name: names are shared by all containers of the provider",
            related=[(one, "also defined here") for one in others] + [(via, "the labels come through this")],
        )


#: Protocol, group and name, as in `http`, `routers`, `web`.
_Key: TypeAlias = tuple[str, str, str]


def _all_defining(runtime: Runtime) -> dict[_Key, list[Defining]]:
    """For each name the containers whose labels define it, in the order of the files."""
    passed_over = {
        id(drop.origin)
        for drop in runtime.drops
        if drop.kind in ("not-enabled", "constraint", "decoding", "provider-labels")
    }
    found: dict[_Key, list[Defining]] = {}
    for project in runtime.deployment.projects:
        for service in project.services:
            if id(service) in passed_over:
                continue
            for labels in (service.labels, service.deploy_labels):
                for key, own in _by_name(labels).items():
                    found.setdefault(key, []).append(Defining(service, own))
    return found


def _by_name(labels: list[Label]) -> dict[_Key, list[Label]]:
    named: dict[_Key, list[Label]] = {}
    for label in labels:
        parts = label.key.value.split(".", 4)
        if len(parts) > 3 and parts[0] == "traefik":
            named.setdefault((parts[1].lower(), parts[2].lower(), parts[3]), []).append(label)
    return named


def _key(words: str, name: str) -> _Key:
    """The key of what Traefik's words for a kind mean: `HTTP router`, `Router TCP`, `ServersTransport`."""
    lowered = words.lower()
    protocol = "tcp" if "tcp" in lowered else "udp" if "udp" in lowered else "http"
    group = (
        "routers" if "router" in lowered else "middlewares" if "middleware" in lowered
        else "serverstransports" if "transport" in lowered else "services"
    )  # fmt: skip
    return protocol, group, name


def _run_together(defining: list[Defining]) -> bool:
    """Whether at least two of them run at the same time, as far as profiles and projects tell."""
    for index, one in enumerate(defining):
        for other in defining[index + 1 :]:
            if one.container is not other.container and together(one.container, other.container):
                return True
    return False


def together(one: ComposeService, other: ComposeService) -> bool:
    """Whether two compose services are meant to run at the same time: not alternatives of one another."""
    own = {profile.value for profile in one.profiles}
    others = {profile.value for profile in other.profiles}
    if one.project is other.project:
        return own == others or bool(own & others)
    # Several files of one folder are variants of one project more often than not.
    return not own and not others and one.project.directory != other.project.directory


def _is_unknown(defining: list[Defining]) -> bool:
    return any(label.value.unknown or label.key.unknown for one in defining for label in one.labels)


@check("TL515", "repeated-definition", severity="warning")
def repeated_definition(runtime: Runtime) -> Iterator[Draft]:
    """A second file defines a name again, and Traefik skips it."""
    for drop in runtime.drops:
        if drop.kind != "duplicate" or drop.span is None:
            continue
        words, _, name = drop.subject.partition(' "')
        yield finding(
            drop.span,
            f"{words} {quoted(name.rstrip(chr(34)))} is already defined in an earlier file of the folder:"
            " Traefik skips this one",
            hint="give it a name of its own, or keep one of the two",
            related=list(drop.related),
        )
