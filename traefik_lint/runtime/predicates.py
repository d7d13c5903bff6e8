"""Expressions of circuit breakers and retries (R-178)."""

from __future__ import annotations


def breaker_error(expression: str) -> str | None:
    """Why a circuit breaker's expression is refused, None when it is fine."""
    return None


def retry_error(expression: str) -> str | None:
    """Why a buffering middleware's retry expression is refused, None when it is fine."""
    return None
