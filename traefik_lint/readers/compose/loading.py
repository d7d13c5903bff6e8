"""Compose files put together to one tree: interpolation, ``include``, ``extends`` and overrides (C-001)."""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Sequence as Listed
from typing import NamedTuple

from traefik_lint.model.compose import ComposeProblem
from traefik_lint.readers.compose.dotenv import read_dotenv
from traefik_lint.readers.compose.extends import Extending
from traefik_lint.readers.compose.forms import form_problems
from traefik_lint.readers.compose.includes import Include, includes_of
from traefik_lint.readers.compose.merge import is_null, merge, without_resets
from traefik_lint.readers.compose.variables import Variables
from traefik_lint.source.span import SourceFile, Span
from traefik_lint.source.tree import Entry, Mapping
from traefik_lint.source.yaml import YamlResult, parse_yaml

LoadFile = Callable[[str], "SourceFile | None"]

#: More files than this belong to no project; it bounds includes that fan out.
MAX_FILES = 500


class Loaded(NamedTuple):
    """One file's documents, with variables replaced."""

    file: SourceFile
    roots: list[Mapping]


class Loader:
    """The loading of one project.

    ``directories`` tells for each file against which folder its relative paths are resolved. ``is_open`` becomes
    true when something that belongs to the project could not be read.
    """

    def __init__(self, load_file: LoadFile) -> None:
        self.load_file = load_file
        self.problems: list[ComposeProblem] = []
        self.files: dict[str, SourceFile] = {}
        self.directories: dict[int, str] = {}
        self.is_open = False
        self._loaded = 0
        self._warned: set[str] = set()

    def problem(
        self, kind: str, message: str, span: Span, hint: str = "", lost: bool = True, path: str = ""
    ) -> None:
        """Note what compose refuses (``lost``) or warns about."""
        self.problems.append(ComposeProblem(kind, message, span, hint, lost, path))

    def environment(self, paths: Listed[str], outer: dict[str, str], required: bool) -> dict[str, str]:
        """The variables of env files; what is set outside or in an earlier file can be used, and outside wins."""
        known: dict[str, str] = {}
        for path in paths:
            file = self.load_file(path)
            if file is None:
                self.is_open = self.is_open or required
                continue
            found = read_dotenv(file, lambda name: outer.get(name, known.get(name)))
            known.update(found.variables())
            if found.error is not None:
                message = f"{found.error.message}: compose refuses the env file"
                self.problem("env-file", message, found.error.span)
        return {**known, **outer}

    def model(
        self, paths: Listed[str], directory: str, environment: dict[str, str], including: tuple[str, ...] = ()
    ) -> Mapping | None:
        """All files of a project, or of one ``include``, laid over each other; None when none can be read."""
        merged: Mapping | None = None
        variables = Variables(environment, self._warned)
        for path in paths:
            loaded = self.read(path, directory, variables)
            if loaded is None:
                continue
            for root in loaded.roots:
                included = self._with_includes(root, directory, variables, (*including, path))
                extending = Extending(self, path, variables, included)
                own = Mapping(root.file, root.start, root.end, extending.applied().entries)
                if merged is None:
                    merged = own
                else:
                    laid = merge(merged, own)
                    merged = laid if isinstance(laid, Mapping) else merged
                # Resets were marks for the files before; what is left of them is nothing.
                if "!reset" in loaded.file.text:
                    cleaned = without_resets(merged)
                    merged = cleaned if isinstance(cleaned, Mapping) else merged
        return merged

    def read(self, path: str, directory: str, variables: Variables) -> Loaded | None:
        """One file's documents with their variables replaced; None when it is missing or there are too many."""
        self._loaded += 1
        file = self.load_file(path) if self._loaded <= MAX_FILES else None
        if file is None:
            self.is_open = True
            return None
        first_time = path not in self.files
        self.files.setdefault(path, file)
        self.directories.setdefault(id(file), directory)
        result = parse_yaml(file)
        if first_time:
            self._parse_problems(result)
        roots = []
        for document in result.documents:
            root = document.root
            if isinstance(root, Mapping):
                replaced = variables.replace(root, self.problems if first_time else [])
                if isinstance(replaced, Mapping):
                    roots.append(replaced)
                    if first_time:
                        self.problems.extend(form_problems(replaced))
            elif root is not None and first_time:
                message = "the top level is no mapping: compose refuses the file"
                self.problem("form", message, root.span)
        return Loaded(file, roots)

    def _parse_problems(self, result: YamlResult) -> None:
        if result.error is not None:
            self.is_open = True
            self.problem("yaml", result.error.message, result.error.span)
        for duplicate in result.duplicates:
            message = (
                f'the key "{duplicate.key.value}" is written twice in one mapping: compose refuses the file'
            )
            self.problem("duplicate-key", message, duplicate.key.span, "keep one of them")

    def _with_includes(
        self, root: Mapping, directory: str, variables: Variables, including: tuple[str, ...]
    ) -> Mapping:
        node = root.get("include")
        if node is None or is_null(node):
            return root
        sections: dict[str, Entry] = {
            entry.key.value: entry for entry in root.entries if entry.key.value != "include"
        }
        for include in includes_of(node, directory):
            found = self._included(include, variables, including)
            for entry in found.entries if found is not None else []:
                if entry.key.value in _IMPORTED and isinstance(entry.value, Mapping):
                    own = sections.get(entry.key.value)
                    if own is None:
                        sections[entry.key.value] = entry
                    else:
                        # The including file wins (C-082).
                        laid = merge(
                            Mapping(root.file, root.start, root.end, [entry]),
                            Mapping(root.file, root.start, root.end, [own]),
                        )
                        assert isinstance(laid, Mapping)
                        sections[entry.key.value] = laid.entries[0]
        return Mapping(root.file, root.start, root.end, list(sections.values()), root.tag)

    def _included(self, include: Include, variables: Variables, including: tuple[str, ...]) -> Mapping | None:
        if include.is_remote:
            self.is_open = True
            return None
        paths = []
        for path, node in include.paths:
            if path in including:
                message = f'"{node.value}" includes itself: compose refuses the project'
                self.problem("cycle", message, node.span, "take one of the includes out")
                return None
            if self.load_file(path) is None:
                self.is_open = True
                message = f'the included file "{node.value}" is missing: compose refuses the project'
                self.problem("missing-file", message, node.span, path=path)
                continue
            paths.append(path)
        env_files = [path for path, _ in include.env_files]
        required = bool(env_files)
        if not env_files and not include.without_env:
            env_files = [os.path.join(include.directory, ".env")]
        for path, node in include.env_files:
            if self.load_file(path) is None:
                self.is_open = True
                message = f'the env file "{node.value}" is missing: compose refuses the project'
                self.problem("missing-file", message, node.span, path=path)
        environment = self.environment(env_files, variables.values, required)
        return self.model(paths, include.directory, environment, including)


_IMPORTED = frozenset(("services", "volumes", "networks", "secrets", "configs", "models"))
