"""The stress test of a plan."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
import xarray as xr

from rmscenario.assessment import assess
from rmscenario.assessment.assess import discounted_cost
from rmscenario.blocks import Pool
from rmscenario.options import build_options
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler, StressOptions
from rmscenario.stress import run, run_stress, statistics
from rmscenario.stress.deployment import delivery_of
from rmscenario.stress.run import StressTest
from rmscenario.uncertainty import REPLICATE, Delivered, DrawSource
from tests.regions import plan, region
from tests.stress.models import certain, everything, its_plan

YEARS = (2028, 2030, 2034)


def options(draws: int = 4 * REPLICATE, **given: Any) -> StressOptions:
    return StressOptions.model_validate({"draws": draws, "years": YEARS} | given)


def two_shares(**given: Any) -> Region:
    """One source of 100 t with two independent PERT effects."""
    effects = [
        {"initiative": "E1", "category": "el", "low": 0.1, "mode": 0.3, "high": 0.4},
        {"initiative": "E2", "category": "el", "low": 0.0, "mode": 0.1, "high": 0.6},
    ]
    tables: dict[str, Any] = {"units": ["A"], "effects": effects, "targets": [("total", 60.0)]}
    return region(**(tables | given))


BOTH = plan(("E1", "A", 2027), ("E2", "A", 2027))


def test_without_uncertainty_every_draw_is_the_plan() -> None:
    model, starts = certain(everything()), its_plan()
    result = run_stress(model, starts, options(2000))
    exact = assess(model, starts)
    for prefix, name in (("", "residual"), ("background_", "background_residual")):
        expected = exact[name].sel(year=result.year).values
        for variable in ("planned", "mean", "p05", "p50", "p95"):
            assert result[prefix + variable].values == pytest.approx(expected, rel=1e-12)
        assert result[prefix + "mean_error"].values == pytest.approx(0.0, abs=1e-9)
        met = expected <= exact["cap"].values[:, None] + 1e-6 * exact["base"].values[:, None]
        assert np.array_equal(result[prefix + "probability_met"].values, met)
    npv = discounted_cost(exact)["npv"]
    for variable in ("npv_planned", "npv_mean", "npv_p05", "npv_p95"):
        assert float(result[variable]) == pytest.approx(npv, rel=1e-12)
    assert float(result.outlay_p95) == pytest.approx(float(exact.capex_outlay.sum()), rel=1e-12)
    assert float(result.overrun_probability) == 0.0


def test_the_plan_itself_stands_beside_the_draws() -> None:
    model, starts = everything(), its_plan()
    result, exact = run_stress(model, starts, options(64)), assess(model, starts)
    assert result.planned.values == pytest.approx(exact.residual.sel(year=result.year).values, rel=1e-12)
    assert float(result.npv_planned) == pytest.approx(discounted_cost(exact)["npv"], rel=1e-12)
    assert np.array_equal(result.cap.values, exact.cap.values)
    assert np.array_equal(result.target_year.values, exact.target_year.values)


def test_the_mean_of_a_product_of_independent_shares_is_the_product_of_their_means() -> None:
    result = run_stress(two_shares(), BOTH, options(16 * REPLICATE))
    means = [(0.1 + 4 * 0.3 + 0.4) / 6, (0.0 + 4 * 0.1 + 0.6) / 6]
    exact = 100.0 * (1 - means[0]) * (1 - means[1])
    found = result.sel(target="total", year=2030)
    assert float(found["mean"]) == pytest.approx(exact, abs=4 * float(found.mean_error))
    assert float(found.mean_error) < 0.02
    assert float(found.planned) == pytest.approx(100.0 * 0.7 * 0.9)
    assert float(found.planned) > exact  # modes are not means


def test_a_sum_of_many_independent_effects_is_normal_with_their_mean_and_variance() -> None:
    units = [f"U{number:02d}" for number in range(40)]
    effects = [
        {"initiative": f"E{number:02d}", "category": f"c{number:02d}", "low": 0.1, "mode": 0.2, "high": 0.6}
        for number in range(40)
    ]
    model = region(
        units=units[:1],
        sources=[("U00", row["category"], 10.0) for row in effects],
        effects=effects,
        targets=[("total", 300.0)],
    )
    starts = plan(*((row["initiative"], "U00", 2027) for row in effects))
    result = run_stress(model, starts, options(16 * REPLICATE)).sel(target="total", year=2030)
    mean, variance = (0.1 + 0.8 + 0.6) / 6, ((0.25 - 0.1) * (0.6 - 0.25)) / 7
    spread = 10.0 * np.sqrt(40 * variance)
    assert float(result["mean"]) == pytest.approx(400.0 * (1 - mean), abs=0.01)
    assert float(result.p50) == pytest.approx(400.0 * (1 - mean), abs=0.05 * spread)
    assert float(result.p95) - float(result.p05) == pytest.approx(2 * 1.6449 * spread, rel=0.02)


def test_delivery_risk_alone_gives_its_probabilities_of_each_outcome() -> None:
    model = region(
        units=["A"],
        effects=[("E1", "el", 0.5)],
        targets=[("total", 60.0, 2028)],
        delivery_risk=[(None, 0.2, 0.1, 0.05)],
        money=[("E1", "capex", 1e6)],
        settings={"end_year": 2030},
    )
    result = run_stress(model, plan(("E1", "A", 2027)), options(8 * REPLICATE, years=(2027, 2028, 2029)))
    one_cell = 1 / REPLICATE  # one draw in each cell: only those in the cell of the bound can be on the wrong side
    met = result.probability_met.sel(target="total").values
    assert met == pytest.approx([0.65, 0.85, 0.95], abs=one_cell)
    mean = result["mean"].sel(target="total").values
    assert mean == pytest.approx(100.0 * (1 - 0.5 * np.asarray([0.65, 0.85, 0.95])), abs=50.0 * one_cell)
    assert result.expected_shortfall.sel(target="total").values == pytest.approx(40.0 * (1 - met), rel=1e-9)
    assert float(result.probability_all_met) == pytest.approx(0.85, abs=one_cell)
    assert float(result.outlay_mean) == pytest.approx(0.95e6, abs=1e6 * one_cell)


def test_a_late_start_has_the_effect_and_the_money_of_that_later_start() -> None:
    model = everything()
    table = build_options(model)
    delivered = delivery_of(model, table, table.choice(plan(("E1", "A", 2027), ("E3", "A", 2027))))
    for late in (1, 2):
        year = 2027 + late
        later = delivery_of(model, table, table.choice(plan(("E1", "A", year), ("E3", "A", year))))
        for kind in ("effect", "capex", "opex", "saving", "outlay"):
            assert getattr(delivered, kind)[:, late] == pytest.approx(getattr(later, kind)[:, 0], rel=1e-12)
    assert not delivered.effect[table.index("E1", "A"), Delivered.NEVER].any()
    running = table.index("E1", "B")
    assert (delivered.effect[running] == delivered.effect[running, 0]).all()
    assert not delivered.capex[running].any()


def test_a_start_taken_up_in_part_costs_what_it_should_and_does_its_part() -> None:
    model = everything()
    table = build_options(model)
    delivered = delivery_of(model, table, table.choice(its_plan()))
    for key, uptake in ((("E1", "A"), 0.4), (("E2", "A"), 0.7), (("E3", "A"), 0.4)):
        option = table.index(*key)
        assert delivered.effect[option].any()
        for kind, share in (("effect", uptake), ("saving", uptake), ("capex", 1.0), ("opex", 1.0), ("outlay", 1.0)):
            on_time, in_part = (getattr(delivered, kind)[option, way] for way in (Delivered.ON_TIME, Delivered.PARTIAL))
            assert in_part == pytest.approx(share * on_time, rel=1e-12)


def test_partial_uptake_alone_gives_its_mean_and_its_probability() -> None:
    probability, uptake = 0.25, 0.4
    model = region(
        units=["A"],
        effects=[("E1", "el", 0.5)],
        targets=[("total", 60.0, 2028)],
        delivery_risk=[(None, 0.0, 0.0, 0.0, probability, uptake)],
        money=[("E1", "capex", 1e6), ("E1", "opex", 2e4), ("E1", "saving_cashable", 3e5)],
        settings={"end_year": 2030},
    )
    starts = plan(("E1", "A", 2027))
    result = run_stress(model, starts, options(8 * REPLICATE, years=(2027, 2028, 2029)))
    one_cell = 1 / REPLICATE
    expected = (1 - probability) + probability * uptake
    assert result.probability_met.sel(target="total").values == pytest.approx([1 - probability] * 3, abs=one_cell)
    mean = result["mean"].sel(target="total").values
    assert mean == pytest.approx([100.0 * (1 - 0.5 * expected)] * 3, abs=50.0 * one_cell)
    assert float(result.outlay_p05) == float(result.outlay_p95) == pytest.approx(1e6)
    saved = discounted_cost(assess(model, starts))["saving_own_cashable"]
    lost = (1 - expected) * saved
    assert float(result.npv_mean) - float(result.npv_planned) == pytest.approx(lost, rel=8 * one_cell)


def test_what_an_enabler_lifts_goes_with_its_own_uptake() -> None:
    model = region(
        units=["A"],
        initiatives=["S1"],
        effects=[("E1", "el", 0.5)],
        enablers=[("S1", "E1", 0.3)],
        targets=[("total", 60.0, 2028)],
        delivery_risk=[("S1", 0.0, 0.0, 0.0, 1.0, 0.5), ("E1", 0.0, 0.0, 0.0, 1.0, 0.6)],
    )
    result = run_stress(model, plan(("E1", "A", 2027), ("S1", "A", 2027)), options(REPLICATE, years=(2030,)))
    left = 100.0 * (1 - 0.5 * 0.6 * (1 + 0.3 * 0.5))
    assert result["mean"].sel(target="total", year=2030).item() == pytest.approx(left, rel=1e-12)


def test_a_probability_of_0_changes_no_byte_of_the_result() -> None:
    known = {"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.1, "unit_correlation": 0.3}
    without, with_share = (
        run_stress(everything(delivery_risk=[known | more]), its_plan(), options(2 * REPLICATE))
        for more in ({}, {"partial": 0.0, "partial_uptake": 0.4})
    )
    assert without.identical(with_share)


def test_fewer_draws_are_the_first_of_more_draws() -> None:
    model, starts = everything(), its_plan()
    few, many = (run_stress(model, starts, options(draws)) for draws in (1500, 3000))
    assert few.sizes["draw"] == 1500
    for name in ("sample", "background_sample", "npv_sample"):
        assert np.array_equal(few[name].values, many[name].values[..., :1500])


def test_the_same_call_gives_the_same_bytes_and_another_seed_other_draws() -> None:
    first, again, other = (run_stress(everything(), its_plan(), options(2000, seed=seed)) for seed in (0, 0, 1))
    assert first.identical(again)
    assert not np.array_equal(first.sample.values, other.sample.values)


def test_an_initiative_that_is_not_started_changes_no_bit() -> None:
    model = everything()
    rows = [*model.effects, {"initiative": "E9", "category": "heat", "low": 0.0, "mode": 0.1, "high": 0.5}]
    sources = [*model.sources, ("A", "heat", 0.0)]
    first = run_stress(model, its_plan(), options(2000))
    second = run_stress(everything(effects=rows, sources=sources), its_plan(), options(2000))
    assert first.identical(second)


def test_two_plans_are_compared_on_the_same_worlds() -> None:
    fewer = Plan(starts=tuple(start for start in its_plan().starts if start.initiative != "E3"))
    one, two = (run_stress(everything(), starts, options(2000)) for starts in (its_plan(), fewer))
    assert np.array_equal(one.background_sample.values, two.background_sample.values)
    difference = (one.sample - two.sample).sel(target="total")
    assert float(difference.std()) < 0.5 * float(one.sample.sel(target="total").std())


def test_a_plan_without_starts_is_the_background() -> None:
    result = run_stress(everything(), Plan(starts=()), options(2000))
    assert np.array_equal(result.sample.values, result.background_sample.values)
    assert float(result.npv_planned) == float(result.npv_mean) == float(result.outlay_mean) == 0.0


def test_statistics_agree_with_the_draws_they_come_from() -> None:
    result = run_stress(everything(), its_plan(), options(5000))
    for number, target in enumerate(result.target.values):
        found = result.sel(target=target, year=int(result.target_year[number]))
        sample, cap, base = found.sample.values, float(found.cap), float(found.base)
        assert float(found["mean"]) == pytest.approx(sample.mean(), rel=1e-12)
        assert [float(found[name]) for name in ("p05", "p50", "p95")] == pytest.approx(
            np.quantile(sample, [0.05, 0.5, 0.95]), rel=1e-12
        )
        met = sample <= cap + 1e-6 * base
        assert float(found.probability_met) == float(found.probability_due) == met.mean()
        assert float(found.expected_shortfall) == pytest.approx(np.maximum(0, sample - cap).mean(), abs=1e-9)
        reached = [(sample <= (1 - step) * base + 1e-6 * base).mean() for step in result.step.values]
        assert found.probability_of_reduction.values.tolist() == reached
        assert (np.diff(reached) <= 0).all()
        certain_reduction = found.certain_reduction.values
        assert certain_reduction == pytest.approx(1 - np.quantile(sample, [0.5, 0.8, 0.9]) / base, rel=1e-9)
    together = np.all(
        [
            result.sample.values[number] <= float(result.cap[number]) + 1e-6 * float(result.base[number])
            for number in range(result.sizes["target"])
        ],
        axis=0,
    )
    assert float(result.probability_all_met) == together.mean()
    assert float(result.npv_mean) == pytest.approx(result.npv_sample.values.mean(), rel=1e-12)


def test_a_cumulative_target_is_judged_on_the_sum_in_its_last_year() -> None:
    model = two_shares(targets=[{"target": "sum", "form": "cumulative", "year": 2028, "until": 2030, "level": 180.0}])
    result = run_stress(model, BOTH, options(2000, years=(2027, 2028, 2029)))
    assert result.year.values.tolist() == [2027, 2028, 2029, 2030]
    assert int(result.target_year[0]) == 2030
    assert result["mean"].sel(year=2027).values.tolist() == [0.0]
    each = float(result["mean"].sel(year=2028)[0])
    assert float(result["mean"].sel(year=2030)[0]) == pytest.approx(3 * each, rel=1e-12)


def test_a_target_after_the_period_is_not_judged() -> None:
    model = two_shares(targets=[("total", 100.0, 2030), ("later", 0.0, 2040)])
    result = run_stress(model, BOTH, options(2000))
    assert result.judged.values.tolist() == [True, False]
    assert float(result.probability_all_met) == 1.0


def test_money_factors_and_metered_savings_enter_the_cost() -> None:
    model = everything(delivery_risk=[])
    result = run_stress(model, its_plan(), options(16 * REPLICATE))
    exact = assess(model, its_plan())
    capex = float((exact.annuity * exact.discount).sum())
    without = run_stress(everything(delivery_risk=[], uncertainty=_only("capex")), its_plan(), options(16 * REPLICATE))
    assert float(without.outlay_mean) == pytest.approx(float(exact.capex_outlay.sum()) * 6.5 / 6, rel=1e-3)
    spread = float(without.npv_p95) - float(without.npv_p05)
    assert 0.0 < spread < 0.7 * capex
    assert float(result.npv_p95) - float(result.npv_p05) > spread
    assert float(result.overrun_probability) > 0.5


def _only(kind: str) -> list[dict[str, Any]]:
    """Uncertainty of one kind of money alone."""
    fixed = [{"kind": other, "distribution": "fixed"} for other in ("effect", "background")]
    return [*fixed, {"kind": kind, "distribution": "pert", "low": 0.9, "mode": 1.0, "high": 1.6}]


def test_progress_is_told_and_a_stop_reports_what_was_done() -> None:
    told: list[int] = []
    result = run_stress(everything(), its_plan(), options(10_000), told.append, lambda: len(told) == 3)
    assert told == [REPLICATE, 2 * REPLICATE, 3 * REPLICATE]
    assert (result.attrs["draws"], result.attrs["draws_asked"], result.attrs["interrupted"]) == (3072, 10_000, 1)
    whole = run_stress(everything(), its_plan(), options(3 * REPLICATE))
    assert np.array_equal(result.sample.values, whole.sample.values)
    assert np.array_equal(result.p95.values, whole.p95.values)


@pytest.mark.parametrize(("workers", "block"), [(1, 1), (2, 1), (2, 3)])
def test_any_number_of_workers_and_any_size_of_blocks_give_the_same_bytes(workers: int, block: int) -> None:
    asked = options(9 * REPLICATE + 100)
    threads = run_stress(everything(), its_plan(), asked)
    others = run_stress(everything(), its_plan(), asked, pool=Pool(workers=workers), block=block)
    assert others.attrs == threads.attrs
    assert set(others.variables) == set(threads.variables)
    for name, values in threads.variables.items():
        assert others[name].values.tobytes() == values.values.tobytes(), name


def test_a_stop_before_anything_is_there_reports_one_replicate() -> None:
    pool = Pool(workers=2)
    result = run_stress(everything(), its_plan(), options(4 * REPLICATE), stop=lambda: True, pool=pool)
    assert (result.attrs["draws"], result.attrs["interrupted"]) == (REPLICATE, 1)


def test_both_samplers_agree_within_their_errors_and_sobol_has_the_smaller_one() -> None:
    results = {
        sampler: run_stress(everything(), its_plan(), options(32 * REPLICATE, sampler=sampler)) for sampler in Sampler
    }
    sobol, random = results[Sampler.SOBOL], results[Sampler.RANDOM]
    both = np.hypot(sobol.mean_error, random.mean_error)
    assert (np.abs(sobol["mean"] - random["mean"]) <= 4.5 * both + 1e-9).all()
    uncertain = random.mean_error.values > 1e-6
    ratio = sobol.mean_error.values[uncertain] / random.mean_error.values[uncertain]
    assert ratio.max() < 1.0
    assert ratio.mean() < 0.6


def test_memory_does_not_grow_with_the_number_of_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "KEPT", 2 * REPLICATE)
    monkeypatch.setattr(run, "SAMPLE", REPLICATE)
    alone = Pool(workers=1)  # how many replicates wait depends on the threads
    peaks = []
    for replicates in (5, 5, 40):
        tracemalloc.start()
        run_stress(two_shares(), BOTH, options(replicates * REPLICATE), pool=alone)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.02 * peaks[1]


def test_the_interval_of_a_probability_covers_the_truth_as_often_as_it_says() -> None:
    model = two_shares(targets=[("total", 55.0)])
    truth = float(run_stress(model, BOTH, options(200 * REPLICATE, seed=999)).probability_due[0])
    covered, used = 0, 60
    for seed in range(used):
        found = run_stress(model, BOTH, options(10 * REPLICATE, seed=seed, years=(2030,)))
        covered += bool(found.probability_due_low[0] <= truth <= found.probability_due_high[0])
    assert 0.2 < truth < 0.8
    assert covered >= 51  # 95 % of 60 is 57; fewer than 51 has a chance below 1 %


def test_every_variable_says_what_it_is_and_in_what_unit() -> None:
    result = run_stress(everything(), its_plan(), options(64))
    for name, variable in result.data_vars.items():
        assert variable.attrs["long_name"], name
        of_target = variable.attrs.get("ancillary_variables") == "target_units"
        assert ("units" in variable.attrs) != of_target or name == "target_units"
    assert result.attrs["sampler"] == "sobol"
    assert isinstance(result, xr.Dataset)


def test_a_region_without_targets_is_tested_for_what_it_costs() -> None:
    result = run_stress(everything(targets=[]), its_plan(), options(64))
    assert result.sizes["target"] == 0
    assert result["sample"].shape == (0, 64)
    assert float(result["npv_p05"]) <= float(result["npv_p95"])


def test_the_cost_of_a_draw_is_that_of_its_starts_as_they_come_times_their_factors() -> None:
    model, starts = everything(), its_plan()
    test = StressTest(model, starts, options())
    draws = DrawSource(test.inputs, 0, Sampler.SOBOL).replicate(1)
    net, outlay = test.cost.drawn(draws)
    names = [row.initiative for row in model.initiatives]
    assert (draws.delivered > 0).any()
    assert np.ptp(draws.capex, axis=1).any()
    for draw in range(0, REPLICATE, 37):
        paid, spent = 0.0, 0.0
        for number, option in enumerate(test.table.options):
            way, row = int(draws.delivered[number, draw]), names.index(option.initiative.initiative)
            delivery, capex = test.delivery, draws.capex[row, draw]
            paid += capex * delivery.capex[number, way] + draws.opex[row, draw] * delivery.opex[number, way]
            paid -= draws.saving[row, draw] * delivery.saving[number, way]
            spent += capex * delivery.outlay[number, way]
        assert net[draw] == pytest.approx(paid, rel=1e-12)
        assert outlay[draw] == pytest.approx(spent, rel=1e-12)
