"""What a walk passes over: what git ignores, and what the settings exclude."""

from __future__ import annotations

import os
from typing import NamedTuple

from traefik_lint.source.globs import PathPatterns


class FolderPatterns(NamedTuple):
    """Patterns for the paths below an absolute folder."""

    folder: str
    patterns: PathPatterns

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """See :meth:`PathPatterns.verdict`; an absolute path outside the folder fits no pattern."""
        start = self.folder.rstrip(os.sep) + os.sep
        if not path.startswith(start):
            return None
        return self.patterns.verdict(path[len(start) :].replace(os.sep, "/"), is_folder)


def is_ignored(path: str, is_folder: bool, rules: tuple[FolderPatterns, ...]) -> bool:
    """Whether a path is passed over; of the rules, outermost first, the last that fits decides."""
    for rule in reversed(rules):
        verdict = rule.verdict(path, is_folder)
        if verdict is not None:
            return verdict
    return False


def rules_of(folder: str) -> tuple[FolderPatterns, ...]:
    """The ignore rules that lie in one folder: ``.git/info/exclude`` counts less than ``.gitignore``."""
    rules: list[FolderPatterns] = []
    for name in (os.path.join(".git", "info", "exclude"), ".gitignore"):
        path = os.path.join(folder, name)
        if not os.path.isfile(path):  # opening a FIFO would block
            continue
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                patterns = PathPatterns(file)
        except OSError:
            continue
        if patterns:
            rules.append(FolderPatterns(folder, patterns))
    return tuple(rules)


def rules_above(folder: str, root: str | None) -> tuple[FolderPatterns, ...]:
    """The ignore rules of the folders above one, from the repository's ``root`` down."""
    rules: tuple[FolderPatterns, ...] = ()
    here = folder
    while root is not None and here != root:
        here = os.path.dirname(here)
        rules = (*rules_of(here), *rules)
    return rules
