"""Media types as Go's `mime` package reads them."""

from __future__ import annotations


def media_type_error(text: str) -> str | None:
    """Go's reason to refuse a media type, None when it is fine."""
    return None
