from __future__ import annotations

import os
from pathlib import Path

import pytest

from traefik_lint.source.load import decode, load
from traefik_lint.source.span import SourceFile
from traefik_lint.source.tree import ReadError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
        (b"a: 1\rb: 2", "a: 1\rb: 2"),
        (b"\xef\xbb\xbfa: \xc3\xa9", "a: é"),
        ("a: é😀".encode("utf-16"), "a: é😀"),
        (b"\xfe\xff" + "a: é".encode("utf-16-be"), "a: é"),
        (b"\xff\xfe" + "a: é".encode("utf-16-le"), "a: é"),
    ],
)
def test_bytes_become_text_without_a_byte_order_mark(data: bytes, text: str) -> None:
    file = decode(data, "compose.yml")
    assert isinstance(file, SourceFile)
    assert (file.path, file.text) == ("compose.yml", text)


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"a: 1\nb: \xc3\xa9\xff", "not valid UTF-8: 0xff", 2, 5),
        (b"\xc3", "not valid UTF-8: 0xc3", 1, 1),
        (b"\xff\xfea\0b", "not valid UTF-16: 0x62", 1, 2),
        (b"a: 1\n\0", "the file holds a NUL character, so it is not a text", 2, 1),
        ("a: 1".encode("utf-16-le"), "the file holds a NUL character, so it is not a text", 1, 2),
        (b"x" * 13, "larger than 12 bytes", 1, 1),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(
    data: bytes, message: str, line: int, column: int
) -> None:
    error = decode(data, "f.yml", limit=12)
    assert isinstance(error, ReadError)
    assert (error.message, error.span.first, error.span.file.path) == (message, (line, column), "f.yml")


def test_a_file_is_read_with_both_its_paths(tmp_path: Path) -> None:
    path = tmp_path / "traefik.yml"
    path.write_bytes(b"api: {}\r\n")
    file = load(str(path), "conf/traefik.yml")
    assert isinstance(file, SourceFile)
    assert (file.path, file.real, file.text) == ("conf/traefik.yml", str(path), "api: {}\r\n")


def test_what_is_no_readable_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "large").write_bytes(b"x" * 21)
    expectations = {
        str(tmp_path / "fifo"): "not a regular file",
        str(tmp_path): "not a regular file",
        str(tmp_path / "none"): "cannot be read: no such file or directory",
        str(tmp_path / "large"): "larger than 20 bytes",
        "nul\0": "cannot be read: ",
    }
    for path, message in expectations.items():
        error = load(path, "shown", limit=20)
        assert isinstance(error, ReadError)
        assert error.message.startswith(message)
        assert error.span.file.path == "shown"
