"""What somebody meant by a key that its place does not have, in the notation they write."""

from __future__ import annotations

from traefik_lint.checks.names import quoted
from traefik_lint.checks.reading.readings import Reading
from traefik_lint.model.values import Problem
from traefik_lint.options.nearest import edit_distance, names_of, nearest, places_of, readable_path
from traefik_lint.options.spec import Notation, Spec
from traefik_lint.options.version import Version

_MOST_LISTED = 12
#: Beyond this many letters a name one level deeper is the better guess.
_CLOSE = 1


def place_of(parent: Spec | None) -> str:
    """Where a key stands, for a message: `http.routers.<name>`, `the top level`."""
    path = readable_path(parent.path) if parent is not None else ""
    if not path and parent is not None and parent.name in ("static", "dynamic"):
        return f"the top level of the {parent.name} configuration"
    return path or "the top level"


def hint_for(problem: Problem, reading: Reading, version: Version) -> str:
    """What to write instead of an unknown key: the name that was meant here, or where the key belongs."""
    parent = problem.parent
    name = problem.name
    if parent is None:
        return "take it out"
    notation = reading.notation
    names = names_of(parent, version, notation)
    near = nearest(name, parent, version, notation)
    if near is not None and edit_distance(near.lower(), name.lower(), _CLOSE) <= _CLOSE:
        return f"write {quoted(_spelled(near, notation))}"
    deeper = _sections_with(name, parent, version, notation)
    if deeper:
        return _put_under(name, deeper, notation)
    near = near or _habit(name, names) or _beginning(name, names)
    if near is not None:
        return f"write {quoted(_spelled(near, notation))}"
    elsewhere = _elsewhere(name, parent, reading, version)
    if elsewhere:
        return elsewhere
    shown = ", ".join(sorted(_spelled(known, notation) for known in names)[:_MOST_LISTED])
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return f"known here: {shown}{more}" if names else "take it out"


#: Names that other tools, or other parts of Traefik, have for an option.
_HABITS = {
    "certificateresolver": "certResolver", "resolver": "certResolver", "certificatesresolver": "certResolver",
    "backend": "service", "hosts": "rule", "host": "rule", "match": "rule", "allowlist": "ipAllowList",
    "whitelist": "ipAllowList", "ratelimiting": "rateLimit", "cors": "headers", "redirect": "redirectScheme",
}  # fmt: skip


def _habit(name: str, names: list[str]) -> str | None:
    meant = _HABITS.get(name.lower())
    return meant if meant in names else None


def _beginning(name: str, names: list[str]) -> str | None:
    """The only name that begins with what was written, or the other way round."""
    lowered = name.lower()
    found = [
        known
        for known in names
        if len(known) > 3
        and len(lowered) > 3
        and (known.lower().startswith(lowered) or lowered.startswith(known.lower()))
    ]
    return found[0] if len(found) == 1 else None


def _spelled(name: str, notation: Notation) -> str:
    """Labels, flags and variables are written in lower case by custom; files and objects as documented."""
    if notation == "env":
        return name.upper()
    return name.lower() if notation in ("label", "flag") else name


def _sections_with(name: str, parent: Spec, version: Version, notation: Notation) -> list[str]:
    """The sections below a struct that have a key of this name; of those at several depths the nearest."""
    wanted = name.lower()
    level = [("", parent)]
    for _ in range(_DEEPEST):
        found = []
        below = []
        for prefix, here in level:
            for field in here.fields.values():
                inner = field.item if field.kind == "list" and field.item is not None else field
                if field.internal or inner.kind != "struct" or not field.exists_in(version):
                    continue
                path = prefix + _in_notation(field, notation)
                below.append((path + ("_" if notation == "env" else "."), inner))
                if any(known.lower() == wanted for known in names_of(inner, version, notation)):
                    found.append(path)
        if found:
            return sorted(found, key=lambda path: _rank(path, name))
        level = below
    return []


#: How deep below a place an option is looked for.
_DEEPEST = 2
#: Of several sections that have an option, the one that is meant most of the time.
_USUAL = {
    "users": "basicauth",
    "port": "loadbalancer.server",
    "scheme": "loadbalancer.server",
    "url": "loadbalancer.servers",
}


def _rank(path: str, name: str) -> bool:
    usual = _USUAL.get(name.lower(), "")
    return not (usual and usual.endswith(path.lower()))


def _in_notation(field: Spec, notation: Notation) -> str:
    if notation in ("label", "flag", "env"):
        if field.label_name:
            return field.label_name
        return _spelled(field.name, notation) + ("[0]" if field.kind == "list" else "")
    return field.name


def _put_under(name: str, sections: list[str], notation: Notation) -> str:
    if notation in ("label", "flag", "env"):
        separator = "_" if notation == "env" else "."
        ways = [quoted(f"{section}{separator}{name}") for section in sections[:3]]
        return "write " + " or ".join(ways)
    return f"put {quoted(name)} under " + " or ".join(quoted(section) for section in sections[:3])


def _elsewhere(name: str, parent: Spec, reading: Reading, version: Version) -> str:
    """Places of the same configuration that have a key of exactly this name."""
    notation = reading.notation
    if notation == "crd":
        return ""
    places = [place for place in places_of(name, version) if place]
    protocol = parent.path.partition(".")[0]
    usual = _USUAL.get(name.lower(), "-")
    # A place in the same protocol is the likelier one; of the rest the shortest.
    places.sort(
        key=lambda place: (place.partition(".")[0] != protocol, usual not in place.lower(), place.count("."))
    )
    same = [place for place in places if place.partition(".")[0] == protocol]
    places = same or places
    if not places:
        return ""
    dotted = notation in ("label", "flag", "env")
    shown = " or ".join(_dotted(place) if dotted else place for place in places[:2])
    is_static = all(_is_static(place) for place in places[:2])
    if is_static and reading.scope != "static":
        return f"{quoted(name)} belongs into the static configuration, under {shown}"
    if reading.scope == "static" and not any(_is_static(place) for place in places):
        return f"{quoted(name)} belongs into the dynamic configuration, under {shown}"
    return f"{quoted(name)} belongs under {shown}"


def _dotted(place: str) -> str:
    """A place as labels and flags write it."""
    return place.lower().replace("loadbalancer.servers[0]", "loadbalancer.server")


def _is_static(place: str) -> bool:
    return place.partition(".")[0].lower() not in ("http", "tcp", "udp", "tls")
