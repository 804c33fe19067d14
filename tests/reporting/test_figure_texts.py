"""No two texts of a figure stand on each other, and none leaves the page: measured, over every figure of a run."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.assessment import assess
from rmscenario.plan import Plan
from rmscenario.planning.planner import plan_region
from rmscenario.region import Region
from rmscenario.reporting.figures import Group, compare, drawing, figures_of, target_gap
from rmscenario.reporting.figures.curve import mark_rounds
from rmscenario.reporting.figures.style import label_tops, page
from rmscenario.reporting.labels import spread
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result
from rmscenario.scenario.run_options import StressOptions
from rmscenario.stress import run_stress
from rmscenario.tables import load
from tests.project.files import ROOT
from tests.reporting.conftest import model
from tests.reporting.shown_texts import faults


def planned(folder: str) -> Result:
    region = load(ROOT / "models" / folder)
    plan = plan_region(region).plan
    years = tuple(sorted({region.settings.first_year, *(target.year for target in region.active_targets)}))
    return Result(
        title="Reference",
        region=region,
        plan=plan,
        assessment=assess(region, plan),
        stress=run_stress(region, plan, StressOptions(draws=256, years=years)),
    )


@pytest.fixture(scope="module", params=["made", "tiny", "midtjylland"])
def shown(request: pytest.FixtureRequest, result: Result) -> Result:
    return result if request.param == "made" else planned(request.param)


@pytest.mark.parametrize("lang", list(Lang))
def test_no_text_of_a_run_stands_on_another_or_leaves_the_page(shown: Result, lang: Lang) -> None:
    found = {}
    for group in Group:
        for stem, draw in figures_of(shown, lang, group):
            with drawing():
                drawn = draw()
                assert drawn is not None
                found[stem] = faults(drawn[0])
    assert len(found) == 4 + 2 * len(shown.region.active_targets)
    assert not {stem: texts for stem, texts in found.items() if texts}


@pytest.mark.parametrize("lang", list(Lang))
def test_no_text_of_a_run_without_starts_or_draws_stands_on_another(result: Result, lang: Lang) -> None:
    nothing = Plan(starts=())
    empty = replace(result, plan=nothing, assessment=assess(result.region, nothing), stress=None)
    for group in (Group.PLAN, Group.CURVES):
        for stem, draw in figures_of(empty, lang, group):
            with drawing():
                drawn = draw()
                assert drawn is not None
                assert not faults(drawn[0]), stem


def test_no_text_of_runs_that_are_compared_stands_on_another(result: Result) -> None:
    nothing = Plan(starts=())
    other = replace(result, title="intet mere", plan=nothing, assessment=assess(result.region, nothing))
    with drawing():
        assert not faults(compare([result, other], "half", Lang.EN)[0])


def over_axes(region: Region) -> tuple[Figure, Axes]:
    sheet = page(region, Lang.DA, title="Titel", subtitle="Undertitel", notes=[], size=(11.0, 5.4))
    axes = sheet.figure.add_axes(
        (sheet.left, sheet.bottom + 0.1, sheet.right - sheet.left, sheet.top - sheet.bottom - 0.2)
    )
    return sheet.figure, axes


@settings(max_examples=25)
@given(values=st.lists(st.floats(0.0, 100.0), min_size=5, max_size=5))
@example(values=[0.0] * 5)
@example(values=[100.0] * 5)
@example(values=[25.4, 26.4, 29.3, 35.0, 0.0])
def test_labels_over_an_axis_never_stand_on_each_other(values: list[float]) -> None:
    texts = ("mål 420.000", "planens tal 457.800", "P5 446.973", "median 465.124", "P95 489.627")
    with drawing():
        figure, axes = over_axes(model())
        axes.set_xlim(0.0, 100.0)
        label_tops(axes, list(zip(values, texts, ["black"] * 5, strict=True)))
        assert not faults(figure)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("years", "names"), [(12, 2), (60, 1), (400, 0)])
def test_bands_have_a_name_each_then_one_then_none_as_there_is_room(years: int, names: int, lang: Lang) -> None:
    with drawing():
        figure, axes = over_axes(model())
        axes.set_xlim(2026.0, 2026.0 + years)
        assert len(mark_rounds(axes, model(), lang)) == names
        assert not faults(figure)


def test_a_history_that_ends_at_the_first_round_is_told_from_the_forecast_below_the_names_of_rounds() -> None:
    region = model()
    region = replace(
        region,
        account_history=tuple(
            row.model_copy(update={"year": row.year + 5}) if row.account == "main" else row
            for row in region.account_history
        ),
    )
    plan = Plan(starts=())
    late = Result(title="Sen", region=region, plan=plan, assessment=assess(region, plan))
    with drawing():
        assert not faults(target_gap(late, region.active_targets[0], Lang.DA)[0])


@given(
    st.lists(st.tuples(st.floats(-100.0, 100.0), st.floats(0.1, 30.0)), max_size=12),
)
def test_labels_stand_apart_in_their_order(labels: list[tuple[float, float]]) -> None:
    places, sizes = [place for place, _ in labels], [size for _, size in labels]
    placed = spread(places, sizes)
    order = sorted(range(len(places)), key=lambda item: places[item])
    for below, above in pairwise(order):
        apart = (sizes[below] + sizes[above]) / 2.0
        assert placed[above] - placed[below] >= apart * (1.0 - 1e-9)
    assert sum(placed) == pytest.approx(sum(places), abs=1e-6)


def test_labels_that_have_room_stay_where_they_are() -> None:
    assert spread([50.0, 10.0], [20.0, 20.0]) == [50.0, 10.0]


def test_labels_are_kept_within_their_ends() -> None:
    placed = spread([0.0, 1.0, 99.0], [10.0, 20.0, 30.0], (0.0, 100.0))
    np.testing.assert_allclose(placed, [5.0, 20.0, 85.0])
