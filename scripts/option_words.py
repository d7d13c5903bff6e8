"""Our own one-line descriptions of the options."""

from __future__ import annotations


def describe(scope: str, path: str) -> str:
    return ""
