"""PyYAML's parser, in C where it is installed so, as a source of events or tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from yaml.tokens import Token


class Mark(Protocol):
    """A place, counted in code points."""

    index: int


class Event(Protocol):
    """PyYAML's events seen as one: which of these a kind of event has is known where it is told by its class."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None


def event_source(text: str) -> Callable[[], Event]:
    """What gives the next event of a YAML text at each call, the end of the stream last."""
    return cast("Callable[[], Event]", _parser(text).get_event)


def token_source(text: str) -> Callable[[], Token | None]:
    """What gives the next token of a YAML text at each call, None behind the last."""
    return cast("Callable[[], Token | None]", _parser(text).get_token)


class _Parser(Protocol):
    def get_event(self) -> object: ...

    def get_token(self) -> object: ...


def _parser(text: str) -> _Parser:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _pure_parser(text)
    return cast("_Parser", CParser(text))


def _pure_parser(text: str) -> _Parser:
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PureParser(Reader, Scanner, Parser):  # as PyYAML's loaders mix them
        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    return PureParser()
