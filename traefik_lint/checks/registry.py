"""How a check says what it is, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeAlias

from traefik_lint.findings.finding import Confidence, Related, Severity
from traefik_lint.model.deployment import World
from traefik_lint.runtime.types import Runtime
from traefik_lint.source.span import Span


class Place(Protocol):
    """Anything that knows where it stands: a value, an element, a node, a router, a label."""

    @property
    def span(self) -> Span | None:
        """The characters, None for what Traefik made up."""


class Draft(NamedTuple):
    """What a check found, before the engine adds the rule's id; None means the rule's own severity or confidence."""

    span: Span
    message: str
    hint: str
    related: tuple[Related, ...]
    severity: Severity | None
    confidence: Confidence | None


CheckFunction: TypeAlias = Callable[[Runtime], Iterator[Draft]]


class Check(NamedTuple):
    """A registered rule: ``needs`` are the kinds that must be closed for it to run at all."""

    id: str
    name: str
    severity: Severity
    confidence: Confidence
    needs: tuple[World, ...]
    run: CheckFunction


_REGISTERED: dict[str, Check] = {}
_NAMES: set[str] = set()


def check(
    id: str,
    name: str,
    *,
    severity: Severity = "warning",
    confidence: Confidence = "high",
    needs: tuple[World, ...] = (),
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function as the rule ``id`` (``TL201``) with its kebab-case ``name`` of the bad pattern.

    The function gets one :class:`Runtime` and yields :func:`finding` drafts. ``needs`` names the kinds of things
    that must be wholly in the given files, so that the function may say "does not exist" of them.
    Raises ValueError when the id or the name is taken.
    """

    def register(function: CheckFunction) -> CheckFunction:
        if id in _REGISTERED or name in _NAMES:
            raise ValueError(f"rule {id} ({name}) is registered twice")
        _NAMES.add(name)
        _REGISTERED[id] = Check(id, name, severity, confidence, needs, function)
        return function

    return register


def registered() -> list[Check]:
    """All rules registered so far, by id."""
    return [_REGISTERED[id] for id in sorted(_REGISTERED)]


def finding(
    place: Place | Span,
    message: str,
    *,
    hint: str,
    related: Iterable[tuple[Place | Span | None, str]] = (),
    severity: Severity | None = None,
    confidence: Confidence | None = None,
) -> Draft:
    """Say ``message`` about ``place``; related places without a position are left out.

    Raises ValueError when ``place`` itself has no position (something Traefik made up: check that first).
    """
    span = place if isinstance(place, Span) else place.span
    if span is None:
        raise ValueError(f"a finding needs a place: {message}")
    others = []
    for other, text in related:
        other_span = other if other is None or isinstance(other, Span) else other.span
        if other_span is not None:
            others.append(Related(other_span, text))
    return Draft(span, message, hint, tuple(others), severity, confidence)
