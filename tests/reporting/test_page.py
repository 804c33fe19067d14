"""The report's figures as data: what they show is what the run holds, and labels stand apart."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmscenario.reporting.language import Lang
from rmscenario.reporting.page import charts, curves, sure
from rmscenario.reporting.page.amounts import by_unit, money_years
from rmscenario.reporting.page.parts import Figure
from rmscenario.reporting.page.render import data
from rmscenario.reporting.page.schedule import schedule
from rmscenario.reporting.page.sources import grades, sources
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.starts import placed_starts
from rmscenario.reporting.sources import figures_by_reference
from rmscenario.reporting.targets import TargetWords
from tests.reporting.conftest import model


def series(figure: Figure) -> dict[str, list[Any]]:
    """Values of each series, by its name."""
    return {
        item["name"]: [value["value"] if isinstance(value, dict) else value for value in item["data"]]
        for item in figure.option["baseOption"]["series"]
    }


def cells(figure: Figure, heading: str) -> dict[Any, Any]:
    """A column of a figure's table, by the cells of its first column."""
    at = [column.heading for column in figure.table.columns].index(heading)
    return {row[0]: row[at] for row in figure.table.rows}


def test_the_curve_and_its_table_show_the_assessment_in_the_unit_shown(result: Result) -> None:
    target = result.region.active_targets[0]
    figure = curves.target_gap(result, target, Lang.EN)
    years = [int(year) for year in figure.option["baseOption"]["xAxis"]["data"]]
    plan = result.assessment["residual"].sel(target=target.target)
    shown = series(figure)["The plan"]
    for year, value in zip(years, shown, strict=True):
        expected = None if year < result.region.settings.first_year - 1 else float(plan.sel(year=year)) / 1000.0
        assert value == (None if expected is None else pytest.approx(expected, abs=1e-6))
    assert cells(figure, "The plan")[2030.0] == pytest.approx(float(plan.sel(year=2030)) / 1000.0)
    assert series(figure)["Published"][years.index(2021)] == pytest.approx(120.0)


def test_the_fan_lies_on_the_percentiles_of_the_stress_test(result: Result) -> None:
    target = result.region.active_targets[0]
    figure = curves.target_gap(result, target, Lang.EN)
    years = [int(year) for year in figure.option["baseOption"]["xAxis"]["data"]]
    values = series(figure)
    assert result.stress is not None
    drawn = result.stress.sel(target=target.target, year=2030)
    at = years.index(2030)
    assert values[""][at] == pytest.approx(float(drawn["p05"]) / 1000.0)
    assert values[""][at] + values["The plan, P5–P95"][at] == pytest.approx(float(drawn["p95"]) / 1000.0)
    assert f"The plan, P95: {float(drawn['p95']) / 1000.0:.1f}" in " ".join(figure.said[at]).replace("\u00a0", " ")


def test_without_draws_there_is_no_fan_and_no_figure_of_outcomes(result: Result) -> None:
    bare = replace(result, stress=None)
    target = result.region.active_targets[0]
    assert "The plan, P5–P95" not in series(curves.target_gap(bare, target, Lang.EN))
    assert sure.distribution(bare, target, Lang.EN) is None


def test_the_layers_of_the_wedge_lead_from_the_plan_to_the_background(result: Result) -> None:
    values = series(curves.wedge(result, Lang.EN))
    layers = np.asarray([shown for text, shown in values.items() if ": " in text])
    plan, background = (np.asarray(values[name]) for name in ("The plan", "Background"))
    assert np.allclose(plan + layers.sum(axis=0), background, atol=1e-5)


def test_the_shares_of_the_outcomes_are_those_of_the_draws(result: Result) -> None:
    target = result.region.active_targets[0]
    figure = sure.distribution(result, target, Lang.EN)
    assert figure is not None
    (_, with_plan) = (item["data"] for item in figure.option["baseOption"]["series"])
    assert 99.0 <= sum(share for _, share in with_plan[:-1]) <= 100.0 + 1e-6
    assert len(with_plan) == len(figure.said) == sure.BINS + 1


@pytest.mark.parametrize("width", [charts.WIDE, charts.THIN])
def test_no_text_over_the_outcomes_covers_another(result: Result, width: int) -> None:
    for target in result.region.active_targets:
        found = sure.outcomes(result, target, Lang.DA, sure.BINS)
        assert found is not None
        low, high = float(found.edges[0]), float(found.edges[-1])
        lines, rows = sure._marks(found, low, high, width, Lang.DA)
        taken: dict[int, float] = {}
        for line in lines:
            label = line["label"]
            half = sure._LETTER * len(label["formatter"]) / 2.0
            at = width * (line["xAxis"] - low) / (high - low)
            begin = {"left": 0.0, "right": width - 2 * half, "center": at - half}[label["align"]]
            row = label["distance"][1]
            assert begin >= taken.get(row, -math.inf) - 1e-9
            taken[row] = begin + 2 * half
        assert len(taken) == rows


def test_the_schedule_counts_every_start_once_and_has_a_row_for_each(result: Result) -> None:
    figure = schedule(result, placed_starts(result, Lang.EN), Lang.EN)
    assert (
        sum(sum(filter(None, values)) for values in series(figure).values())
        == len(result.plan.starts)
        == len(figure.table.rows)
    )
    assert figure.filtered is not None
    assert len(figure.filtered.keys) == len(figure.table.rows)
    units = {key for key, _ in figure.filtered.units}
    assert {unit for unit, _, _ in figure.filtered.keys} <= units


def test_the_schedule_says_what_adds_emissions_with_its_reason(result: Result) -> None:
    placed = placed_starts(result, Lang.EN)
    row = next(one for one in result.region.initiatives if one.initiative == placed[0].start.initiative)
    of_it = [number for number, item in enumerate(placed) if item.start.initiative == row.initiative]
    turned = [replace(item, tonnes=-12.0) if number in of_it else item for number, item in enumerate(placed)]
    (_, said) = schedule(result, turned, Lang.EN).notes
    total = 12 * len(of_it)
    assert said.startswith(f"{row.initiative} {row.name_en} adds {total} t CO₂e in 2030; ")
    assert len(schedule(result, placed, Lang.EN).notes) == 1


def test_the_tonnes_of_the_units_sum_to_what_the_plan_removes(result: Result) -> None:
    figure = by_unit(result, placed_starts(result, Lang.EN), Lang.EN)
    removed = float(result.assessment["tonnes_in_plan"].sel(year=2030).sum()) / 1000.0
    assert sum(cells(figure, "Total").values()) == pytest.approx(removed)


def test_the_money_of_each_year_stands_in_chart_and_table(result: Result) -> None:
    figure = money_years(result, Lang.EN)
    outlay = float(result.assessment["capex_outlay"].sel(year=2027).sum()) / 1e6
    assert series(figure)["Capex"][0] == pytest.approx(outlay, abs=1e-4)
    assert cells(figure, "Capex")[2027.0] == pytest.approx(outlay)
    assert cells(figure, "Budget, capex")[2027.0] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("residual", "met", "said"), [(7029.0, False, "−29.7%"), (7000.0, True, "−30%"), (8000.0, False, "−20%")]
)
def test_a_near_miss_is_not_told_as_the_goal(residual: float, met: bool, said: str) -> None:
    row = {"id": "t", "unit": "tCO2e/a", "base": 10_000.0, "cap": 7_000.0, "residual": residual, "met": met}
    assert TargetWords(row, Lang.EN).reached() == said


def test_every_sourced_figure_is_counted_with_its_grade() -> None:
    region = model()
    counted = sum(count for counts in figures_by_reference(region).values() for count in counts.values())
    assert sum(float(row[1] or 0.0) for row in grades(region, Lang.EN).rows) == counted > 0
    both = [row for public in (True, False) for row in sources(region, Lang.EN, public=public).rows]
    assert len(both) == len(figures_by_reference(region))


@given(
    st.text() | st.sampled_from(["</script><script>", "<!--", "\u2028\u2029", "\x1b]0;x\x07", "\u202e", "{{ 7*7 }}"])
)
def test_no_text_breaks_out_of_the_data_and_every_text_comes_back(text: str) -> None:
    written = str(data({"name": text}))
    assert json.loads(written) == {"name": text}
    assert not set("<>&\u2028\u2029") & set(written)


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_an_axis_of_amounts_ends_at_a_whole_step_above_its_highest(highest: float) -> None:
    axis = charts.scaled(highest)
    steps = axis["max"] / axis["interval"]
    assert axis["max"] >= highest * (1 - 1e-6)
    assert steps == pytest.approx(round(steps))
    assert 1 <= round(steps) <= 6


def test_labels_beside_lines_that_end_at_one_height_stand_apart() -> None:
    lines = [charts.line(str(number), [1.0, 1.0], "#000000", end="x\ny") for number in range(3)]
    option = charts.frame(x=charts.places(["a", "b"]), y=charts.scaled(2.0), series=lines, height=400)
    offsets = sorted(item["endLabel"]["offset"][1] for item in option["baseOption"]["series"])
    assert np.diff(offsets).min() >= charts._LABEL - 0.2
    assert sum(offsets) == pytest.approx(0.0, abs=0.3)
