"""Our own one-line descriptions of the options, by name, or by name and the sections around it.

A key is the end of an option's path without `*` and `[]`; the longest one that fits wins.
"""

from __future__ import annotations

import re
from pathlib import Path

WORDS: dict[str, str] = {}


def describe(scope: str, path: str) -> str:
    """The description of an option; `scope` is dynamic, static or crd (the path then begins with the kind)."""
    if not WORDS:
        WORDS.update(read_words())
    parts = [part for part in re.split(r"[.]", path.replace("[]", "")) if part and part != "*"]
    for start in range(len(parts)):
        key = ".".join(parts[start:])
        if f"{scope}:{key}" in WORDS:
            return WORDS[f"{scope}:{key}"]
        if key in WORDS:
            return WORDS[key]
    for end in range(len(parts) - 1, 0, -1):
        found = WORDS.get("gone:" + ".".join(parts[:end]))
        if found:
            return found
    return ""


def read_words() -> dict[str, str]:
    """The lines of `option_words.txt`."""
    words = {}
    for line in (Path(__file__).parent / "option_words.txt").read_text(encoding="utf-8").splitlines():
        key, separator, text = line.partition(" = ")
        if separator and not line.startswith("#"):
            for name in key.split(" | "):
                words[name.strip()] = text.strip()
    return words
