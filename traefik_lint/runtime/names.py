"""Qualified names: `name@provider` and how Traefik takes them apart (R-065)."""

from __future__ import annotations

import re
from sys import intern

_ASCII_WORDS = re.compile(r"[0-9A-Za-z]+")


def provider_of(qualified: str) -> str:
    """The provider of a qualified name: what stands between the first and the second `@`.

    Empty when there is none. Go splits at every `@`, so `a@b@file` belongs to `b` when it looks things up.
    """
    parts = qualified.split("@", 2)
    return parts[1] if len(parts) > 1 else ""


def qualify(name: str, provider: str) -> str:
    """The name to look up for a reference that stands in an element of `provider`."""
    return name if "@" in name or not provider else intern(f"{name}@{provider}")


def normalize(text: str) -> str:
    """Every run of characters that are neither letters nor numbers becomes one `-`; none at the ends (R-030)."""
    if text.isascii():
        return "-".join(_ASCII_WORDS.findall(text))
    words: list[str] = []
    word: list[str] = []
    for char in text:
        if _is_letter_or_number(char):
            word.append(char)
        elif word:
            words.append("".join(word))
            word = []
    if word:
        words.append("".join(word))
    return "-".join(words)


def _is_letter_or_number(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    from unicodedata import category

    return category(char)[0] in "LN"
