"""Seeds of the random cases: one is fixed, one is drawn anew and shown, so that a failure can be had again."""

from __future__ import annotations

import os
import random

import pytest

from .notes import NOTES

FIXED_SEED = 20240429
FRESH_SEED = int(os.environ.get("CONFORMANCE_SEED") or random.SystemRandom().randrange(10**6))


@pytest.fixture(scope="session")
def fixed_seed() -> int:
    """Return the seed that is always the same."""
    return FIXED_SEED


@pytest.fixture(scope="session")
def fresh_seed() -> int:
    """Return this run's own seed: a new one, or that of the environment variable CONFORMANCE_SEED."""
    NOTES["fresh seed"] = f"CONFORMANCE_SEED={FRESH_SEED}"
    return FRESH_SEED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the fresh seed and how many cases Traefik itself leaves to chance."""
    if NOTES:
        terminalreporter.section("conformance")
        for name, note in NOTES.items():
            terminalreporter.write_line(f"{name}: {note}")
