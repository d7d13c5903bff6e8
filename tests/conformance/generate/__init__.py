"""Seeded random cases: plausible and nasty configurations for each provider, small enough to read when shrunk."""

from __future__ import annotations

from .cases import PROVIDERS, random_cases, world_of
from .shrink import shrink
from .world import World, case_of

__all__ = ["PROVIDERS", "World", "case_of", "random_cases", "shrink", "world_of"]
