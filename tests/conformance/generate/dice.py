"""The chances that random configurations are made of."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.conformance.harness.jsontypes import Json, Object

T = TypeVar("T")


class Dice:
    """A source of chance with the few throws that strategies need."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def chance(self, part: float) -> bool:
        """Return True in this part of all throws."""
        return self._random.random() < part

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return self._random.choice(choices)

    def number(self, low: int, high: int) -> int:
        """Return a number between two, both included."""
        return self._random.randint(low, high)

    def some(self, choices: Sequence[T], low: int, high: int) -> list[T]:
        """Return a few of the choices, each at most once."""
        return self._random.sample(choices, min(len(choices), self.number(low, high)))

    def element(self, *parts: tuple[float, str, Callable[[], Json]]) -> Object:
        """Return a mapping in which each (part, key, value) is there in this part of all throws."""
        return {key: value() for part, key, value in parts if self.chance(part)}
