"""The error that the Go rules raise."""

from __future__ import annotations


class GoError(ValueError):
    """A value that Go refuses; `text` is what Go's `err.Error()` says, word for word."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
