"""Go's strings: case mapping one character at a time, quoting, and the printing of lists."""

from __future__ import annotations

from collections.abc import Iterable

_QUOTED = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    '"': '\\"',
}


def to_lower(text: str) -> str:
    """Lower-case as `strings.ToLower` does: each character on its own, never into two."""
    if text.isascii():
        return text.lower()
    return "".join("i" if char == "İ" else _single(char, char.lower()) for char in text)


def to_upper(text: str) -> str:
    """Upper-case as `strings.ToUpper` does: each character on its own, never into two."""
    if text.isascii():
        return text.upper()
    return "".join(_single(char, char.upper()) for char in text)


def _single(char: str, mapped: str) -> str:
    return mapped if len(mapped) == 1 else char


def quote(text: str) -> str:
    """Quote as `strconv.Quote` and the verb `%q` do."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_quoted_char(char) for char in text) + '"'


def _quoted_char(char: str) -> str:
    escaped = _QUOTED.get(char)
    if escaped is not None:
        return escaped
    if char.isprintable():
        return char
    code = ord(char)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, kept by `surrogateescape`
        return f"\\x{code - 0xDC00:02x}"
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def code_point(char: str) -> str:
    """Name a character as the verb `%#U` does, such as `U+2013 '–'`."""
    name = f"U+{ord(char):04X}"
    return f"{name} '{char}'" if char.isprintable() else name


def print_list(values: Iterable[str]) -> str:
    """Print a list of strings as the verb `%v` does: blanks between, brackets around."""
    return f"[{' '.join(values)}]"


def utf8_length(text: str) -> int:
    """Count the bytes of a text, as Go's `len` does."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
