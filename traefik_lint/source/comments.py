"""The comments of a text, not fooled by a ``#`` inside strings and block scalars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.error import YAMLError
from yaml.tokens import (
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    Token,
)

from traefik_lint.source.refused import MAX_DEPTH, Refused
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.toml_values import Cursor, read_string
from traefik_lint.source.tree import Comment
from traefik_lint.source.yaml_events import token_source

_COMMENT = re.compile(r"#[^\r\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")
_QUOTE_OR_COMMENT = re.compile("[\"'#]")
_OPENING = (BlockMappingStartToken, BlockSequenceStartToken, FlowMappingStartToken, FlowSequenceStartToken)
_CLOSING = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)


def yaml_comments(file: SourceFile, marker: str = "") -> list[Comment]:
    """The comments that hold ``marker``, in order; of a text that is no YAML those before the error."""
    if marker not in file.text:
        return []
    return [comment for comment in _comments(file, _yaml_places(file.text)) if marker in comment.text]


def toml_comments(file: SourceFile, marker: str = "") -> list[Comment]:
    """The comments that hold ``marker``, in order; of a text that is no TOML those before the error."""
    if marker not in file.text:
        return []
    return [comment for comment in _comments(file, _toml_places(file)) if marker in comment.text]


def _comments(file: SourceFile, places: Iterator[tuple[int, int]]) -> Iterator[Comment]:
    text = file.text
    for start, end in places:
        line_start = start + 1 - file.position(start).column
        written = text[start:end].rstrip()
        own_line = not text[line_start:start].strip()
        yield Comment(written[1:].strip(), Span(file, start, start + len(written)), own_line)


def _yaml_places(text: str) -> Iterator[tuple[int, int]]:
    # Whatever stands between two tokens is blank or comment; only the header of a block scalar hides one.
    end = 0
    depth = 0
    for token in _tokens(text):
        stop = token.start_mark.index if token else len(text)
        for found in _COMMENT.finditer(text, end, stop):
            yield found.span()
        if token is None:
            return
        if isinstance(token, ScalarToken):
            header = _BLOCK_HEADER.match(text, stop)
            if header and not token.plain:
                yield header.span(1)
        elif isinstance(token, _OPENING):
            depth += 1
            if depth > MAX_DEPTH:  # libyaml takes quadratic time over brackets that nothing closes
                return
        elif isinstance(token, _CLOSING):
            depth -= 1
        end = token.end_mark.index


def _tokens(text: str) -> Iterator[Token | None]:
    # The tokens and None at the end; an error ends them earlier.
    try:
        get_token = token_source(text)
        while True:
            token = get_token()
            yield token
            if token is None:
                return
    except (YAMLError, ValueError, OverflowError):  # as `parse_yaml` meets them
        return


def _toml_places(file: SourceFile) -> Iterator[tuple[int, int]]:
    cursor = Cursor(file)
    while True:
        found = _QUOTE_OR_COMMENT.search(file.text, cursor.pos)
        if not found:
            return
        cursor.pos = found.start()
        if found[0] != "#":
            try:
                read_string(cursor)
            except Refused:
                return
            continue
        comment = cursor.match(_COMMENT)
        if comment:
            yield comment.span()
