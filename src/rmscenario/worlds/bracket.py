"""What is known of a value: between what it lies, and what comes of the worlds being a sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmscenario.options.deployment import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Between what a value lies."""

    low: float
    high: float

    def __sub__(self, other: Bracket) -> Bracket:
        """The difference of two values of which only brackets are known."""
        return Bracket(low=self.low - other.high, high=self.high - other.low)

    @property
    def known(self) -> bool:
        """Whether both ends are finite."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    @classmethod
    def exactly(cls, value: float) -> Bracket:
        """A value that is known."""
        return cls(low=value, high=value)


def mean(probability: FloatArray, values: FloatArray) -> float:
    """Average of values of which some may be infinite."""
    counted = probability > 0
    return float(probability[counted] @ values[counted])


def standard_error(probability: FloatArray, values: FloatArray) -> float:
    """Standard error of an average over independent worlds; infinite where a value is, 0 for a single world."""
    if not np.isfinite(values).all():
        return float("inf")
    off = values - mean(probability, values)
    effective = 1.0 / float((probability**2).sum())
    if effective <= 1.0:
        return 0.0
    return float(np.sqrt(mean(probability, off**2) / (effective - 1.0)))
