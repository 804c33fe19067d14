"""EV, EEV, WS, RP, EVPI and VSS: the farmer of Birge and Louveaux, and what brackets do."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.optimize import linprog

from rmscenario.regret.value import value_of_information
from rmscenario.worlds import Bracket
from tests.project.files import ROOT

FARMER = json.loads((ROOT / "tests/cases/farmer.json").read_text(encoding="utf-8"))
ANSWERS = FARMER["answers"]
CROPS = 3


class Farmer:
    """The farmer's linear programme: acres of each crop, then for each world what is bought and sold.

    Columns of a world: wheat and corn bought, wheat, corn, beets sold, beets sold over the quota.
    """

    def __init__(self, case: dict) -> None:  # type: ignore[type-arg]
        self.case = case
        self.yields = np.asarray([world["yield"] for world in case["scenarios"]])
        self.probability = np.asarray([world["p"] for world in case["scenarios"]])
        buy, sell = case["buy_price"], case["sell_price"]
        self.trade = np.asarray([buy[0], buy[1], *(-price for price in sell), -case["sell_price_over_quota_beets"]])

    def minimum(
        self, yields: np.ndarray, probability: np.ndarray, acres: np.ndarray | None = None
    ) -> tuple[np.ndarray, float]:
        """Acres of least expected cost, and that cost; all acres given: their cost."""
        worlds, case = len(yields), self.case
        width = len(self.trade)
        cost = np.concatenate([case["plant_cost"], *(chance * self.trade for chance in probability)])
        rows, limits = [np.concatenate([np.ones(CROPS), np.zeros(worlds * width)])], [case["land"]]
        for world, grown in enumerate(yields):
            for crop in range(CROPS):
                row = np.zeros(len(cost))
                row[crop] = -grown[crop]
                at = CROPS + world * width
                if crop < 2:
                    row[at + crop] = -1.0
                row[at + 2 + crop] = 1.0
                if crop == 2:
                    row[at + 5] = 1.0
                rows.append(row)
                limits.append(-case["feed_requirement"][crop])
        quota = [(0.0, None)] * 4 + [(0.0, case["beet_quota"]), (0.0, None)]
        bounds = [(0.0, None)] * CROPS if acres is None else [(value, value) for value in acres]
        found = linprog(cost, A_ub=np.asarray(rows), b_ub=limits, bounds=bounds + quota * worlds, method="highs")
        assert found.status == 0
        return found.x[:CROPS], float(found.fun)


def test_the_farmer_has_the_published_values() -> None:
    farmer = Farmer(FARMER)
    one = np.ones(1)
    chosen, ev = farmer.minimum(farmer.probability @ farmer.yields[None], one)
    together, rp = farmer.minimum(farmer.yields, farmer.probability)

    def outcomes(acres: np.ndarray) -> np.ndarray:
        return np.asarray([farmer.minimum(world[None], one, acres)[1] for world in farmer.yields])

    own = np.asarray([farmer.minimum(world[None], one)[1] for world in farmer.yields])
    value = value_of_information(
        probability=farmer.probability,
        ev=Bracket.exactly(ev),
        of_fixed=outcomes(chosen),
        of_stochastic=outcomes(together),
        stochastic_bound=rp,
        world_bound=own,
        world_value=own,
    )
    assert together == pytest.approx(ANSWERS["x"])
    assert value.ev.high == pytest.approx(ANSWERS["EV"])
    assert value.eev == pytest.approx(ANSWERS["EEV"])
    assert value.ws.high == pytest.approx(ANSWERS["WS"])
    assert value.rp.high == pytest.approx(ANSWERS["RP"])
    assert (value.vss.low, value.vss.high) == pytest.approx((ANSWERS["VSS"], ANSWERS["VSS"]))
    assert (value.evpi.low, value.evpi.high) == pytest.approx((ANSWERS["EVPI"], ANSWERS["EVPI"]))


def test_gaps_widen_the_brackets_and_nothing_is_cut_off_at_zero() -> None:
    value = value_of_information(
        probability=np.full(2, 0.5),
        ev=Bracket(low=0.0, high=1.0),
        of_fixed=np.asarray([10.0, 12.0]),
        of_stochastic=np.asarray([10.0, 12.5]),
        stochastic_bound=7.0,
        world_bound=np.asarray([8.0, 8.0]),
        world_value=np.asarray([10.0, 11.0]),
    )
    assert value.rp == Bracket(low=8.0, high=11.25)  # no average is below the average of the worlds' own bounds
    assert value.evpi == Bracket(low=8.0 - 10.5, high=11.25 - 8.0)
    assert value.vss == Bracket(low=11.0 - 11.25, high=11.0 - 8.0)


def test_a_choice_that_a_world_forbids_is_worth_infinitely_little() -> None:
    value = value_of_information(
        probability=np.asarray([0.5, 0.5]),
        ev=Bracket.exactly(0.0),
        of_fixed=np.asarray([1.0, np.inf]),
        of_stochastic=np.asarray([2.0, 2.0]),
        stochastic_bound=2.0,
        world_bound=np.ones(2),
        world_value=np.ones(2),
    )
    assert value.eev == np.inf
    assert value.vss == Bracket(low=np.inf, high=np.inf)
    assert value.evpi == Bracket(low=1.0, high=1.0)


def test_the_error_of_an_average_is_that_of_independent_worlds() -> None:
    values = np.asarray([1.0, 2.0, 4.0, 7.0])
    value = value_of_information(
        probability=np.full(4, 0.25),
        ev=Bracket.exactly(0.0),
        of_fixed=values,
        of_stochastic=values,
        stochastic_bound=0.0,
        world_bound=np.zeros(4),
        world_value=np.zeros(4),
    )
    assert value.fixed_error == pytest.approx(values.std(ddof=1) / 2.0)
