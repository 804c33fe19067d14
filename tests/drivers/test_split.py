"""The closing split of a target's change."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from rmscenario.assessment import assess
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.split import Piece, Split, splits
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import DrawSource
from tests.random_regions import random_plan, random_region
from tests.regions import plan, region
from tests.stress.models import everything, its_plan


def split(model: Region, starts: Plan, replicates: int = 2) -> tuple[Split, ...]:
    fixed = FixedPlan(model, starts)
    return splits(fixed, DrawSource(fixed.inputs, 0, Sampler.SOBOL), replicates)


def by_hand(**tables: Any) -> Region:
    """100 t that the background halves, a running 20 % and a new 30 %, and 10 % that only one account shows."""
    given: dict[str, Any] = {
        "settings": {"account": "location"},
        "accounts": ["location", "market"],
        "sources": [("A", "el", 100.0)],
        "units": ["A"],
        "background": [("el", 2030, 0.5)],
        "effects": [
            {"initiative": "R", "category": "el", "mode": 0.2},
            {"initiative": "N", "category": "el", "mode": 0.3},
            {"initiative": "M", "category": "el", "mode": 0.1, "account": "market"},
        ],
        "running": [("R", "A", 2026)],
        "targets": [
            {"target": "total", "reduction": 0.9, "year": 2030},
            {"target": "market", "reduction": 0.9, "year": 2030, "account": "market", "base": 120.0},
        ],
    }
    return region(**(given | tables))


HAND_PLAN = plan(("N", "A", 2027), ("M", "A", 2027))


def averaged(shares: dict[Piece, float], amount: float) -> dict[Piece, float]:
    """What each factor of a product changes, over all orders."""
    found = dict.fromkeys(shares, 0.0)
    orders = list(permutations(shares))
    for order in orders:
        left = amount
        for piece in order:
            found[piece] += left * (shares[piece] - 1.0) / len(orders)
            left *= shares[piece]
    return found


def test_the_split_of_a_product_is_the_average_over_all_orders() -> None:
    total, market = split(by_hand(), HAND_PLAN)
    shares = {Piece.BACKGROUND: 0.5, Piece.RUNNING: 0.8, Piece.NEW: 0.7}
    for found, expected, base in (
        (total, averaged(shares, 100.0) | {Piece.BASE: 0.0, Piece.ACCOUNT: 0.0}, 100.0),
        (market, averaged(shares, 100.0) | {Piece.BASE: -20.0, Piece.ACCOUNT: -2.8}, 120.0),
    ):
        assert found.base == base
        assert {change.piece: change.planned for change in found.changes} == pytest.approx(expected)
        assert found.deviation == 0
    in_order = {change.piece: change.planned_in_order for change in market.changes}
    assert in_order == pytest.approx(
        {Piece.BASE: -20.0, Piece.BACKGROUND: -50.0, Piece.RUNNING: -10.0, Piece.NEW: -12.0, Piece.ACCOUNT: -2.8}
    )


def test_drivers_of_the_background_are_told_apart_where_the_tables_do() -> None:
    model = by_hand(
        categories=[
            {"category": "el", "group": "energy"},
            {"category": "heat", "group": "energy"},
            {"category": "food", "group": "goods"},
        ],
        sources=[("A", "el", 100.0), ("A", "heat", 40.0), ("A", "food", 10.0)],
        background=[("el", 2030, 0.5), ("heat", 2030, 0.9), ("food", 2030, 1.2)],
        uncertainty=[
            {
                "kind": "background",
                "subject": "el",
                "distribution": "pert",
                "correlation_group": "grids",
                "correlation": 0.5,
            }
        ],
        effects=[],
    )
    found = split(model, plan())[0]
    changes = {
        (change.driver, change.group): change.planned for change in found.changes if change.piece == "background"
    }
    assert changes == pytest.approx({("grids", "energy"): -50.0, ("energy", "energy"): -4.0, ("goods", "goods"): 2.0})


@pytest.mark.parametrize("seed", range(12))
def test_the_split_closes_and_in_order_tells_what_the_plan_tells(seed: int) -> None:
    model = random_region(seed)
    starts = random_plan(model, seed)
    told = assess(model, starts)
    for found in split(model, starts):
        at = {"target": found.target, "year": found.year}
        residual, background = (float(told[name].sel(at)) for name in ("residual", "background_residual"))
        scale = max(1.0, abs(residual), abs(found.base))
        for column in ("planned", "planned_in_order"):
            total = found.base + sum(getattr(change, column) for change in found.changes)
            assert total == pytest.approx(residual, abs=1e-9 * scale)
        by_piece = dict.fromkeys(Piece, 0.0)
        for change in found.changes:
            by_piece[change.piece] += change.planned_in_order
        new = by_piece[Piece.NEW] + by_piece[Piece.ACCOUNT]
        if not any(row.account for row in model.effects):
            assert new == pytest.approx(residual - background, abs=1e-9 * scale)
        assert found.planned == pytest.approx(residual, abs=1e-9 * scale)


def test_on_draws_the_parts_sum_to_the_mean_and_their_shares_of_the_spread_to_one() -> None:
    model, starts = everything(), its_plan()
    fixed = FixedPlan(model, starts)
    source = DrawSource(fixed.inputs, 0, Sampler.SOBOL)
    drawn = np.concatenate([fixed.residual(source.replicate(number)) for number in range(8)], axis=1)
    for number, found in enumerate(splits(fixed, source, 8)):
        assert found.mean == pytest.approx(drawn[number].mean(), rel=1e-9)
        assert found.base + sum(change.mean for change in found.changes) == pytest.approx(found.mean, rel=1e-12)
        assert found.base + sum(change.mean_in_order for change in found.changes) == pytest.approx(
            found.mean, rel=1e-12
        )
        assert sum(change.spread for change in found.changes) == pytest.approx(1.0, abs=1e-9)
        assert found.deviation == pytest.approx(drawn[number].std(), rel=0.02)


def test_the_shares_of_a_sum_are_the_variances_of_its_parts() -> None:
    """Two sources, one with an uncertain background, one with an uncertain new effect: a sum of independent parts."""
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "food", 300.0)],
        background=[{"category": "el", "quantity": "co2e", "year": 2030, "strong": 0.2, "mode": 0.5, "weak": 0.8}],
        effects=[{"initiative": "N", "category": "food", "low": 0.0, "mode": 0.1, "high": 0.2}],
        targets=[{"target": "total", "reduction": 0.5, "year": 2030}],
    )
    found = split(model, plan(("N", "A", 2027)), replicates=32)[0]
    # PERT symmetric about its mode: variance (high − low)² / 28.
    variances = {Piece.BACKGROUND: (100.0 * 0.6) ** 2 / 28, Piece.NEW: (300.0 * 0.2) ** 2 / 28}
    whole = sum(variances.values())
    assert found.deviation == pytest.approx(np.sqrt(whole), rel=5e-3)
    for change in found.changes:
        share = variances.get(change.piece, 0.0) / whole if change.driver != "food" else 0.0
        if change.piece is Piece.BACKGROUND and change.mean == 0:
            share = 0.0
        assert change.spread == pytest.approx(share, abs=0.01)
        assert change.spread_low <= change.spread <= change.spread_high
