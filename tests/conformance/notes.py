"""What the conformance tests want to be shown after a run."""

from __future__ import annotations

NOTES: dict[str, str] = {}
