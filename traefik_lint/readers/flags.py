"""Command line arguments to static configuration, with the quirks of Traefik's flag parser (S-020 … S-028)."""

from __future__ import annotations

from typing import Literal

from traefik_lint.model.deployment import StaticSource
from traefik_lint.options.spec import Spec
from traefik_lint.readers.derived import cut
from traefik_lint.readers.paths import MAX_NAMES, KeyPath, PathTree
from traefik_lint.source.pieces import pieces_of
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Mapping, Piece, Scalar

_FlagType = Literal["switch", "list", "other"]


def flags_tree(arguments: list[Scalar], spec: Spec | None = None) -> StaticSource:
    """Read arguments (without the program's name) as Traefik's flags; keys stand at their characters.

    ``spec`` is the static configuration's; it tells which flags take no value (the newest release's by default).
    ``refused`` is Traefik's own complaint when the arguments are no flags; ``unread`` holds the arguments from the
    first one that is no flag, for there Traefik stops reading, and the words of ``--flag value`` that are not taken
    as the value. ``repeated`` holds list flags below a name that are given again: whether Traefik appends or
    replaces is left to chance (S-025).
    """
    reader = _Reader(spec)
    root = _root(arguments)
    refused, rest = reader.read(arguments)
    tree = PathTree(root)
    for path, value in reader.values.values():
        tree.add(path, value)
    span = Span(root.file, root.start, root.end)
    return StaticSource(
        "flags", root, span, "flag", refused=refused, unread=tuple(rest), repeated=tuple(reader.repeated)
    )


class _Reader:
    def __init__(self, spec: Spec | None) -> None:
        self._spec = spec
        #: By the flag's lower-case name: the first spelling's path, and the value so far.
        self.values: dict[str, tuple[KeyPath, Scalar]] = {}
        self.repeated: list[Scalar] = []

    def read(self, arguments: list[Scalar]) -> tuple[str, list[Scalar]]:
        """Take all flags; answers Traefik's complaint (or "") and the arguments that are not read."""
        if arguments and not arguments[0].value.startswith("-") and not arguments[0].unknown:
            return f"command not found: {arguments[0].value}", arguments
        at = 0
        while at < len(arguments):
            argument = arguments[at]
            text = argument.value
            if argument.unknown and not text.startswith("-"):
                at += 1  # a variable that may be a flag, a word or nothing
                continue
            if len(text) < 2 or text[0] != "-":
                return "", arguments[at:]
            if text == "--":
                return "", arguments[at + 1 :]
            dashes = 2 if text[1] == "-" else 1
            if len(text) == dashes or text[dashes] in "-=":
                return f"bad flag syntax: {text}", arguments[at:]
            at += 1
            equals = text.find("=", dashes + 1)
            if equals != -1:
                name = cut(argument, dashes, equals, "flag")
                self._set(name, cut(argument, equals + 1, len(text), "flag"))
                continue
            name = cut(argument, dashes, len(text), "flag")
            if self._type(name.value) == "switch":
                self._set(name, Scalar(name.file, name.end, name.end, "true", "flag", pieces=()))
            elif at < len(arguments):
                self._set(name, arguments[at])
                at += 1
            else:
                return f"flag needs an argument: -{name.value}", []
        return "", []

    def _set(self, name: Scalar, value: Scalar) -> None:
        if name.value.count(".") > MAX_NAMES:
            return
        path = KeyPath(name, ".", "flag")
        text = ".".join(path.names)
        key = text.lower()
        known = self.values.get(key)
        if known is None:
            self.values[key] = (path, value)
            return
        path, earlier = known
        if self._type(text) == "list":
            self.values[key] = (path, _joined(earlier, value))
            if self._is_below_a_name(text):
                self.repeated.append(name)
        else:
            self.values[key] = (path, value)

    def _type(self, name: str) -> _FlagType:
        """Whether a flag is taken without a value, by the option's type.

        Below a name (``entrypoints.web.address``) Traefik looks for any option that the flag's name *contains*, and
        so finds the switch above it (S-021).
        """
        spec = self._static()
        below_map = False
        switch_above = False
        for segment in name.lower().split("."):
            bracket = segment.find("[")
            found: Spec | None
            if spec.kind == "map":
                below_map = True
                found = spec.item
                # Entry points are pointers, which count as switches themselves.
                switch_above = switch_above or spec.name.lower() == "entrypoints"
            else:
                found = spec.field(segment if bracket == -1 else segment[:bracket])
                switch_above = switch_above or (
                    below_map and found is not None and found.kind in ("struct", "bool")
                )
            if found is None:
                return "switch" if switch_above else "other"
            spec = found
            if bracket != -1 and spec.item is not None:
                spec = spec.item
        if spec.kind == "list":
            return "list"
        if switch_above or spec.kind == "bool" or (spec.kind == "struct" and not below_map):
            return "switch"
        return "other"

    def _is_below_a_name(self, name: str) -> bool:
        spec: Spec | None = self._static()
        for segment in name.lower().split("."):
            if spec is None:
                return False
            if spec.kind == "map":
                return True
            spec = spec.field(segment)
        return False

    def _static(self) -> Spec:
        if self._spec is None:
            from traefik_lint.options.catalogue import static

            self._spec = static()
        return self._spec


def _joined(first: Scalar, second: Scalar) -> Scalar:
    """Two values of a list flag as one, separated by a comma, each part standing where it was written."""
    value = f"{first.value},{second.value}"
    size = len(first.value)
    unknown = first.unknown or second.unknown
    if first.file is not second.file:
        return Scalar(second.file, second.start, second.end, value, "flag", pieces=(), unknown=unknown)
    pieces = [
        *pieces_of(first),
        Piece(size, size + 1, second.start, second.start),
        *(
            Piece(begin + size + 1, end + size + 1, start, stop)
            for begin, end, start, stop in pieces_of(second)
        ),
    ]
    start, end = min(first.start, second.start), max(first.end, second.end)
    return Scalar(first.file, start, end, value, "flag", pieces=tuple(pieces), unknown=unknown)


def _root(arguments: list[Scalar]) -> Mapping:
    if not arguments:
        return Mapping(SourceFile("", ""), 0, 0, [])
    first, last = arguments[0], arguments[-1]
    end = last.end if last.file is first.file and last.end >= first.start else first.end
    return Mapping(first.file, first.start, end, [])
