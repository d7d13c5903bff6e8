"""Values that decode, and that Traefik then refuses, gives up on, or passes over in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

from traefik_lint.golang.cidr import parse_trusted
from traefik_lint.golang.duration import format_duration
from traefik_lint.golang.errors import GoError
from traefik_lint.model.values import Decodable, Element, Items, Value
from traefik_lint.options.catalogue import Json, enums
from traefik_lint.options.version import Version

#: refuse = Traefik does not start; disable = a router, middleware or service is in error; drop = the thing is left
#: out; ignore = all goes on, but otherwise than written.
Reaction = Literal["refuse", "disable", "drop", "ignore"]


class ValueProblem(NamedTuple):
    """A value that Traefik does not take for what it was meant.

    ``text`` is Traefik's own error text, empty where it says nothing; ``effect`` tells in our words what happens
    then. ``expected`` are the right values, or one phrase that describes them.
    """

    value: Value
    reaction: Reaction
    text: str
    effect: str
    expected: tuple[str, ...]


def value_problems(element: Element, version: Version) -> Iterator[ValueProblem]:
    """The bad values in a decoded configuration, static or dynamic, or in any part of one.

    Only what was written and is known is looked at; each problem is about one value alone.
    """
    scope = "static" if _is_static(element) else "dynamic"
    checks = _checks(scope)
    waiting: list[Decodable] = [element]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Value):
            check = checks.get(here.spec.path)
            if check is not None and here.known:
                problem = check.look(here, version)
                if problem is not None:
                    yield problem
        elif isinstance(here, Items):
            waiting.extend(reversed(here.items))
        else:
            if here.spec.path in _HEADER_MAPS:
                yield from _header_names(here)
            waiting.extend(reversed(here.fields.values()))


def known_values(topic: str, version: Version) -> tuple[str, ...]:
    """The values of a topic of ``schemas/enums.json`` that a release knows, such as ``cipherSuites``."""
    values = cast("dict[str, dict[str, list[list[str | None]]]]", enums()["values"])
    return tuple(value for value, windows in values[topic].items() if _in_windows(windows, version))


def _is_static(element: Element) -> bool:
    return element.spec.name == "static" or element.spec.path.split(".")[0] in _STATIC_ROOTS


_STATIC_ROOTS = frozenset(
    ("log", "accessLog", "core", "providers", "entryPoints", "api", "certificatesResolvers")
)
_HEADER_MAPS = frozenset(
    f"http.middlewares.*.headers.{name}" for name in ("customRequestHeaders", "customResponseHeaders")
)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class _Check:
    """One line of the table of checks."""

    __slots__ = ("effect", "empty", "fold", "form", "reaction", "since", "text", "topic")

    def __init__(self, row: Json) -> None:
        self.topic = cast(str, row.get("topic", ""))
        self.form = cast(str, row.get("form", ""))
        self.reaction = cast(Reaction, row["reaction"])
        self.text = cast(str, row.get("text", ""))
        self.effect = cast(str, row.get("effect", ""))
        self.empty = bool(row.get("empty"))
        self.fold = bool(row.get("fold"))
        self.since = _version(cast(str, row.get("since", "2.0.0")))

    def look(self, value: Value, version: Version) -> ValueProblem | None:
        text = value.text
        if version < self.since or (self.empty and not text):
            return None
        reason = ""
        if self.topic:
            expected = known_values(self.topic, version)
            if text in expected or (self.fold and text.lower() in (known.lower() for known in expected)):
                return None
        else:
            wrong, phrase = _FORMS[self.form]
            found = wrong(value)
            if found is None:
                return None
            reason = found
            expected = (phrase,)
        shown = (
            format_duration(value.data)
            if value.spec.kind == "duration" and isinstance(value.data, int)
            else text
        )
        message = self.text or ("{reason}" if self.reaction == "disable" and reason else "")
        return ValueProblem(
            value,
            self.reaction,
            message.replace("{reason}", reason).replace("{value}", shown),
            self.effect,
            expected,
        )


@cache
def _checks(scope: str) -> dict[str, _Check]:
    rows = cast("list[Json]", enums()["checks"])
    return {
        cast(str, row["path"]): _Check(row)
        for row in rows
        if row["scope"] == scope and row.get("form") != "header-name"
    }


def _in_windows(windows: list[list[str | None]], version: Version) -> bool:
    if not windows:
        return True
    return any(
        _version(cast(str, first)) <= version and (last is None or version < _version(last))
        for first, last in windows
    )


@cache
def _version(text: str) -> Version:
    major, minor, patch = text.split(".")
    return Version(int(major), int(minor), int(patch))


def _header_names(element: Element) -> Iterator[ValueProblem]:
    for name, value in element.fields.items():
        if isinstance(value, Value) and not _TOKEN.fullmatch(name) and not (value.key and value.key.unknown):
            effect = "no HTTP message can carry such a header, so it is not sent"
            yield ValueProblem(value, "ignore", "", effect, ("a header name: letters, digits and hyphens",))


# --- forms: each says why a value is wrong, or None --------------------------------------------------------------


def _status_range(value: Value) -> str | None:
    """``500`` or ``500-599``; Go's Atoi on both sides of the first hyphens."""
    bounds = value.text.split("-")
    for bound in bounds[:2] if len(bounds) > 1 else bounds:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", bound):
            return f'strconv.Atoi: parsing "{bound}": invalid syntax'
    return None


def _network(value: Value) -> str | None:
    try:
        parse_trusted([value.text])
    except GoError as error:
        return error.text
    return None


def _matches(pattern: str) -> Callable[[Value], str | None]:
    compiled = re.compile(pattern)
    return lambda value: None if compiled.fullmatch(value.text) else "it has another form"


def _in_range(lowest: int, highest: int | None = None) -> Callable[[Value], str | None]:
    def wrong(value: Value) -> str | None:
        number = value.data
        if not isinstance(number, int) or (number >= lowest and (highest is None or number <= highest)):
            return None
        return "it is out of range"

    return wrong


_FORMS: dict[str, tuple[Callable[[Value], str | None], str]] = {
    "status-range": (_status_range, "a status such as 503, or a range such as 500-599"),
    "status": (_in_range(100, 599), "a status from 100 to 599"),
    "cidr": (_network, "an IP address or a network such as 10.0.0.0/8"),
    "ipv6-subnet": (_in_range(1, 128), "a number from 1 to 128"),
    "at-least-1": (_in_range(1), "a number of at least 1"),
    "not-negative": (_in_range(0), "a duration that is not negative"),
    "not-empty": (_matches(r"(?s).+"), "a text"),
    "media-type": (_matches(r"\s*[^\s/;]+/[^\s/;]+.*"), "a media type such as text/html"),
    "token": (_matches(_TOKEN.pattern), "an HTTP method such as GET"),
    "port": (_matches(r"[0-9]{1,5}"), "a port number"),
    "base-path": (_matches(r"/[a-zA-Z0-9/_.:~-]*"), "a path such as /traefik"),
}
