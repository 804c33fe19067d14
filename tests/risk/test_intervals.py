"""Intervals of a probability that is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.risk.known import CAP, EFFECTS, NEVER, coverages, known_probability

SEEDS, REPLICATES = 200, 8


def test_91_or_more_of_100_intervals_hold_the_known_probability() -> None:
    """Of 200 seeds; 91 % is 2.6 standard errors below 95 %."""
    found = coverages(SEEDS, REPLICATES)
    assert {name: coverage.held >= 0.91 for name, coverage in found.items()} == dict.fromkeys(found, True)
    certified = found["t between replicates of stratified draws"]
    assert certified.width < found["exact binomial of plain draws"].width


def test_the_known_probability_is_that_of_a_simulation_in_plain_numpy() -> None:
    dice, count = np.random.default_rng(1), 1_000_000
    left = np.full(count, 100.0)
    for name, (low, mode, high) in EFFECTS.items():
        scale = high - low
        shape = 4 * (mode - low) / scale if scale else 0.0
        effect = low + scale * dice.beta(1 + shape, 5 - shape, count) if scale else np.full(count, mode)
        left *= 1 - effect * (dice.random(count) >= NEVER[name])
    assert known_probability() == pytest.approx(float((left <= CAP).mean()), abs=0.002)
