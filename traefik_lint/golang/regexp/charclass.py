"""Sets of characters in Go's regular expressions, as sorted ranges of code points."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from traefik_lint.golang.regexp.unicode_names import CATEGORY_ALIASES, SCRIPT_NAMES

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_MAX_RUNE = 0x10FFFF
_LAST_CASED = 0x1E943  # no character above has upper and lower case
_DIGIT: Ranges = ((48, 57),)
_SPACE: Ranges = ((9, 10), (12, 13), (32, 32))
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_CATEGORY_LIST = """
C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl
Zp Zs
"""
_CATEGORIES = frozenset(_CATEGORY_LIST.split())
# Letters that have an upper or lower case of which they are not the lower or upper case in turn.
_ONE_WAY = (
    "\u00b5\u017f\u0345\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f4\u03f5"
    "\u1e9b\u1e9e\u1fbe\u2126\u212a\u212b"
)

#: The letters of Perl's class escapes; a capital one negates.
PERL: dict[str, Ranges] = {"d": _DIGIT, "s": _SPACE, "w": _WORD, "D": _DIGIT, "S": _SPACE, "W": _WORD}

_POSIX: dict[str, Ranges] = {
    "alnum": ((48, 57), (65, 90), (97, 122)),
    "alpha": ((65, 90), (97, 122)),
    "ascii": ((0, 127),),
    "blank": ((9, 9), (32, 32)),
    "cntrl": ((0, 31), (127, 127)),
    "digit": _DIGIT,
    "graph": ((33, 126),),
    "lower": ((97, 122),),
    "print": ((32, 126),),
    "punct": ((33, 47), (58, 64), (91, 96), (123, 126)),
    "space": ((9, 13), (32, 32)),
    "upper": ((65, 90),),
    "word": _WORD,
    "xdigit": ((48, 57), (65, 70), (97, 102)),
}


def clean(ranges: Ranges) -> Ranges:
    """Sort ranges and join those that touch."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1] + 1:
            if high > joined[-1][1]:
                joined[-1] = joined[-1][0], high
        else:
            joined.append((low, high))
    return tuple(joined)


def negated(ranges: Ranges) -> Ranges:
    """All characters that are in none of the (cleaned) ranges."""
    others: list[tuple[int, int]] = []
    following = 0
    for low, high in ranges:
        if low > following:
            others.append((following, low - 1))
        following = high + 1
    if following <= _MAX_RUNE:
        others.append((following, _MAX_RUNE))
    return tuple(others)


def perl(letter: str, *, fold: bool) -> Ranges:
    """The characters of `\\d`, `\\W` and so on."""
    ranges = folded(PERL[letter]) if fold else PERL[letter]
    return negated(ranges) if letter.isupper() else ranges


def posix(name: str, *, fold: bool) -> Ranges | None:
    """The characters of `[:alpha:]` or `[:^alpha:]`; None when there is no such class."""
    inner = name[2:-2]
    ranges = _POSIX.get(inner.removeprefix("^"))
    if ranges is None:
        return None
    if fold:
        ranges = folded(ranges)
    return negated(ranges) if inner.startswith("^") else ranges


def folded(ranges: Ranges) -> Ranges:
    """The ranges with all characters that differ in case only."""
    more: list[tuple[int, int]] = list(ranges)
    for low, high in ranges:
        if low == 0 and high == _MAX_RUNE:
            return ranges
        for code in range(low, min(high, _LAST_CASED) + 1):
            if code < 128 and not chr(code).isalpha():
                continue
            more.extend((other, other) for other in _case_variants(code) if other != code)
    return clean(tuple(more))


@lru_cache(maxsize=4096)
def _case_variants(code: int) -> tuple[int, ...]:
    if code in (0x130, 0x131):  # the Turkish i's fold to themselves alone
        return (code,)
    found = {code}
    todo = [chr(code)]
    while todo:
        char = todo.pop()
        for other in (char.lower(), char.upper(), char.title()):
            if len(other) == 1 and ord(other) not in found and ord(other) not in (0x130, 0x131):
                found.add(ord(other))
                todo.append(other)
    found.update(ord(char) for char in _ONE_WAY if {ord(char.lower()), ord(char.upper()[0])} & found)
    return tuple(sorted(found))


def unicode_class(name: str, *, negative: bool, fold: bool) -> Ranges | None:
    """The characters of `\\p{name}`; None when Go knows no such class.

    The ranges of a script are empty, because Python does not know its characters: see `is_script`.
    """
    category = _category(_canonical(name))
    if category is None:
        return () if is_script(name) else None
    ranges = _category_ranges(category)
    if fold and category != "Any":
        ranges = folded(ranges)
    return negated(ranges) if negative else ranges


def is_script(name: str) -> bool:
    """Tell whether a class is a script's, such as `Han`."""
    return _canonical(name) in SCRIPT_NAMES


def _canonical(name: str) -> str:
    letters = "".join(char for char in name if char not in "_- ")
    return letters[:1].upper() + letters[1:].lower() if letters.isascii() else letters


def _category(canonical: str) -> str | None:
    if canonical in ("Any", "Assigned", "Ascii"):
        return canonical
    if canonical == "Lc":
        return "LC"
    if canonical in _CATEGORIES:
        return canonical
    return CATEGORY_ALIASES.get(canonical)


@lru_cache(maxsize=64)
def _category_ranges(category: str) -> Ranges:
    if category == "Any":
        return ((0, _MAX_RUNE),)
    if category == "Ascii":
        return ((0, 127),)
    if category == "Assigned":
        return negated(_category_ranges("Cn"))
    from unicodedata import category as category_of

    wanted = ("Lu", "Ll", "Lt") if category == "LC" else (category,)
    ranges: list[tuple[int, int]] = []
    start = -1
    for code in range(_MAX_RUNE + 2):
        inside = code <= _MAX_RUNE and category_of(chr(code)).startswith(wanted)
        if inside and start < 0:
            start = code
        elif not inside and start >= 0:
            ranges.append((start, code - 1))
            start = -1
    return tuple(ranges)
