"""TL920: what a planned upgrade changes without any option being refused.

Where the version that the user asks for is not the image's, an upgrade is being planned: defaults that are others
there, and behaviour that changes, are worth a look at the sections they concern (S-040 to S-042, R-165, R-173).
"""

from __future__ import annotations

from collections.abc import Iterator

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import readings
from traefik_lint.checks.registry import Draft, check, finding
from traefik_lint.model.values import Decodable, Element, Items
from traefik_lint.options.changes import behaviours, changed_defaults
from traefik_lint.options.nearest import readable_path
from traefik_lint.options.version import Version
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


@check("TL920", "changed-by-upgrade", severity="info")
def changed_by_upgrade(runtime: Runtime) -> Iterator[Draft]:
    now, planned = runtime.deployment.version_in_use, runtime.version
    if now is None or now >= planned:
        return
    places = _places(runtime)
    for behaviour in behaviours():
        if _is_between(behaviour.versions, now, planned) and not _has(planned, behaviour.until):
            place = next((found for path in behaviour.paths if (found := _section_of(path, places))), None)
            if place is not None and behaviour.name not in _TOLD_ELSEWHERE:
                message = f"with Traefik {planned.minor_text} {behaviour.text}"
                yield finding(_span(place), message, hint="see whether your routers rely on how it was")
    for change in changed_defaults():
        section, _, name = change.path.rpartition(".")
        place = places.get(section)
        if place is None or change.path in places or not _is_between((change.version,), now, planned):
            continue
        option = place.spec.field(name)
        if option is not None and option.exists_in(now):
            before, after = _shown(change.before), _shown(change.after)
            shown = readable_path(change.path)
            message = f"with Traefik {planned.minor_text} the default of {shown} is {after}, not {before}"
            yield finding(_span(place), message, hint=f"write it out where {before} is wanted")


#: Said by rules of their own where it does harm.
_TOLD_ELSEWHERE = frozenset(("basic-auth-without-users",))


def _places(runtime: Runtime) -> dict[str, Decodable]:
    """The first place of each option that is written."""
    places: dict[str, Decodable] = {}
    for reading in readings(runtime):
        if reading.scope == "object":
            continue
        waiting: list[Decodable] = [reading.decoded.element]
        while waiting:
            here = waiting.pop()
            places.setdefault(here.spec.path, here)
            if isinstance(here, Element):
                waiting.extend(here.fields.values())
            elif isinstance(here, Items):
                waiting.extend(here.items)
    return places


def _section_of(path: str, places: dict[str, Decodable]) -> Decodable | None:
    """What stands at the option's place, or the section it would stand in; a name's whole entry is no such section."""
    section = path.rpartition(".")[0]
    return places.get(path) or (None if section.endswith("*") else places.get(section))


def _span(place: Decodable) -> Span:
    return place.key.span if place.key is not None else place.node.span


def _has(version: Version, firsts: tuple[Version, ...]) -> bool:
    """Whether a release has a change that came to several lines of releases."""
    return any(version >= first and (version[:2] == first[:2] or first == max(firsts)) for first in firsts)


def _is_between(firsts: tuple[Version, ...], now: Version, planned: Version) -> bool:
    return _has(planned, firsts) and not _has(now, firsts)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "unset"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return quoted(value) if isinstance(value, str) else str(value).lower()
