"""Why a template can't be rendered here."""

from __future__ import annotations


class Unrenderable(Exception):
    """A template that needs what is not known, such as the environment; the text names it."""
