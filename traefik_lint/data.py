"""Where the files that belong to the program lie: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def data_path(name: str) -> str:
    """The path of ``schemas/…`` or ``rules/…``: packaged under ``_data`` in the wheel, else the checkout's folder."""
    packaged = os.path.join(_PACKAGE, "_data", *name.split("/"))
    if os.path.exists(packaged):
        return packaged
    return os.path.join(os.path.dirname(_PACKAGE), *name.split("/"))
