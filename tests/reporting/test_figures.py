"""Figures: what they show, that they close, and that the same input gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from rmscenario.assessment import assess
from rmscenario.constants import NOT_CONFIRMED
from rmscenario.errors import InputError, VerificationError
from rmscenario.plan import Certified, Plan, RiskReport
from rmscenario.region.vocabulary import TargetForm
from rmscenario.reporting.figures import (
    Group,
    compare,
    distribution,
    draw_figures,
    drawing,
    largest_starts,
    money_per_year,
    save_compare,
    schedule,
    target_gap,
    wedge,
)
from rmscenario.reporting.figures.saving import png, render
from rmscenario.reporting.figures.style import PIXELS_PER_INCH
from rmscenario.reporting.language import Lang, measured, probability
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.gap import gap_data
from rmscenario.reporting.series.wedge import wedge_data
from tests import regions
from tests.reporting.conftest import model

STEMS = {
    "target-gap-half",
    "target-gap-easy",
    "distribution-half",
    "distribution-easy",
    "wedge",
    "schedule",
    "largest-starts",
    "money",
}


def every_figure(result: Result, lang: Lang) -> dict[str, bytes]:
    return dict(draw_figures(result, lang, tuple(Group)))


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text().strip()]


def test_a_run_gets_every_figure_as_svg_and_png_and_the_same_bytes_again(result: Result) -> None:
    first, again = (every_figure(result, Lang.DA) for _ in range(2))
    assert set(first) == {f"{stem}{ending}" for stem in STEMS for ending in (".svg", ".png")}
    assert first == again


@pytest.mark.parametrize("lang", list(Lang))
def test_unconfirmed_figures_say_so_and_confirmed_ones_do_not(result: Result, confirmed: Result, lang: Lang) -> None:
    for shown, expected in ((result, True), (confirmed, False)):
        for name, content in every_figure(shown, lang).items():
            if name.endswith(".svg"):
                assert (NOT_CONFIRMED[lang.value] in content.decode()) is expected, name


def test_the_title_of_a_target_says_what_is_missing(result: Result) -> None:
    # 2030: el 90,000 · 0.8 less 5 % (running, A) → A 45,600, B 24,000; LED 20 % in both, PUMP 10 % in A; goods −40 %
    residual = 45_600 * 0.8 * 0.9 + 24_000 * 0.8 + 6_000
    assert float(result.assessment["residual"].sel(target="half", year=2030)) == pytest.approx(residual)
    with drawing():
        _, danish = target_gap(result, result.region.active_targets[0], Lang.DA)
        _, english = target_gap(result, result.region.active_targets[0], Lang.EN)
        _, met = target_gap(result, result.region.active_targets[1], Lang.DA)
    assert danish == "Planen når −42\u00a0% i 2030; der mangler 8,03\u00a0kt\u00a0CO₂e for at nå −50\u00a0%"
    assert english == "The plan reaches −42% in 2030; 8.03\u00a0kt\u00a0CO₂e are missing to reach −50%"
    assert met.endswith(
        ": planen når målet med 58,0\u00a0kt\u00a0CO₂e i 2030, 37,0\u00a0kt\u00a0CO₂e under; "
        "sandsynligheden i robusthedstesten er >\u00a099,4\u00a0%"
    )


def test_the_gap_is_written_on_the_curve(result: Result) -> None:
    with drawing():
        figure, _ = target_gap(result, result.region.active_targets[0], Lang.DA)
    assert "mangler 8,03\u00a0kt\u00a0CO₂e" in texts(figure)


def test_the_curve_holds_the_history_of_its_own_account_alone(result: Result) -> None:
    with drawing():
        figure, _ = target_gap(result, result.region.active_targets[0], Lang.DA)
    main, side = figure.axes
    drawn = [tuple(line.get_ydata()) for line in main.lines]
    assert (104.0, 120.0) in drawn
    assert not any(71.0 in line for line in drawn)
    assert [tuple(line.get_ydata()) for line in side.lines] == [(71.0, 66.0)]
    assert side.get_title(loc="left") == "Andre serier, anden metode"
    assert any(text.startswith("Metodebrud 2021→2022") or "Metodebrud 2021→2022" in text for text in texts(figure))


def test_a_sum_over_years_has_no_figures_of_single_years_beside_it(result: Result) -> None:
    half, *others = result.region.targets
    row = half.model_copy(
        update={"reduction": None, "level": 300_000.0, "form": TargetForm.CUMULATIVE, "base_year": None}
    )
    region = replace(result.region, targets=(row, *others))
    summed = replace(result, region=region, assessment=assess(region, result.plan), stress=None)
    with drawing():
        figure, _ = target_gap(summed, region.active_targets[0], Lang.EN)
    assert len(figure.axes) == 1
    assert figure.axes[0].get_ylabel() == "kt CO₂e"
    assert not {"Published", "history"} & set(texts(figure))


def test_a_leap_in_the_published_series_names_its_source(result: Result) -> None:
    # 104,000 t in 2019, 120,000 t in 2021: 15 % more, which no forecast follows
    with drawing():
        figure, _ = target_gap(result, result.region.active_targets[0], Lang.DA)
    (source,) = {row.reference for row in result.region.account_history if row.year == 2021}
    (title,) = {row.title for row in result.region.references if row.reference == source}
    (said,) = [text for text in texts(figure) if text.startswith("2021: +15\u00a0% siden 2019\n")]
    assert " ".join(said.splitlines()[1:]) == f"Kilde: {title}"


def test_a_target_met_at_the_planned_figures_says_how_likely_that_is(result: Result) -> None:
    """The probability is that of the stress test; without one nothing is said of it."""
    assert result.stress is not None
    easy = result.region.active_targets[1]
    met = float(result.stress["probability_due"].sel(target="easy"))
    with drawing():
        _, title = target_gap(result, easy, Lang.EN)
        _, silent = target_gap(replace(result, stress=None), easy, Lang.EN)
    assert title.startswith(silent)
    draws = int(result.stress.attrs["draws"])
    assert title == f"{silent}; its probability in the stress test is {probability(met, Lang.EN, draws)}"


def test_a_plan_exactly_on_its_target_is_not_said_to_be_below_it_by_nothing(result: Result) -> None:
    """The cap set to what the plan leaves: no "0.00 kt below", neither in the title nor on the curve."""
    left = float(result.assessment["residual"].sel(target="easy", year=2030))
    targets = tuple(
        row.model_copy(update={"level": left}) if row.target == "easy" else row for row in result.region.targets
    )
    region = replace(result.region, targets=targets)
    exact = replace(result, region=region, assessment=assess(region, result.plan), stress=None)
    with drawing():
        figure, title = target_gap(exact, region.active_targets[1], Lang.EN)
    assert title.endswith(" in 2030, exactly")
    assert "exactly on target" in texts(figure)
    assert not any("below" in text for text in texts(figure))


def test_a_target_missed_under_risk_alone_is_not_titled_as_met(result: Result) -> None:
    """The plan's line is within the cap; title and gap are by the target's own measure, a tenth of the cap above it."""
    cap = float(result.assessment["cap"].sel(target="easy"))
    certified = Certified(
        target="easy", confidence=None, level=0.9, probability=0.7, low=0.69, high=0.71,
        cvar=1.1 * cap, judged=1.1 * cap, judged_low=1.09 * cap, judged_high=1.11 * cap,
        judged_background=1.3 * cap,
    )  # fmt: skip
    risk = RiskReport(
        planning_draws=1, fresh_draws=1, tail_groups=1, premium_npv=0.0, premium_starts=0, targets=(certified,)
    )
    risky = replace(result, plan=replace(result.plan, risk=risk), stress=None)
    with drawing():
        figure, title = target_gap(risky, result.region.active_targets[1], Lang.EN)
    assert title.startswith("The plan misses the target as wished for: in the mean of the worst 10% of the draws ")
    assert not any("below target" in text for text in texts(figure))
    gap = gap_data(risky, result.region.active_targets[1], Lang.EN)
    assert f"{measured(0.1 * cap * gap.scale.factor, gap.scale.unit, Lang.EN)} missing" in texts(figure)
    assert "The plan, in the mean of the worst 10% of the draws" in texts(figure)


def test_an_account_that_the_background_does_not_meet_is_said_so(result: Result) -> None:
    """The account of 2021 shows 120 kt; the background starts at 100 kt in 2018 and declines."""
    with drawing():
        figure, _ = target_gap(result, result.region.active_targets[0], Lang.EN)
    assert any("The account of 2021 shows 120\u00a0kt\u00a0CO₂e, the background " in text for text in texts(figure))


def test_a_target_that_is_a_share_says_the_share_and_what_its_amounts_are_of(result: Result) -> None:
    quantities = [
        {"quantity": "co2e", "measure": "tCO2e/a"},
        {"quantity": "waste", "measure": "t/a"},
        {"quantity": "burnt", "name_da": "Affald, der brændes", "name_en": "Waste burnt", "measure": "t/a"},
    ]
    target = {
        "target": "R", "quantity": "burnt", "level": 30.0, "share_of": "waste", "share": 0.7, "year": 2030, "measure": "t/a",
    }  # fmt: skip
    region = regions.region(
        quantities=quantities,
        sources=[("A", "el", 1.0), ("A", "bin", 100.0, "waste"), ("A", "bin", 60.0, "burnt")],
        targets=[target],
    )
    plan = regions.plan()
    shown = Result(title="Prøven", region=region, plan=plan, assessment=assess(region, plan))
    with drawing():
        figure, title = target_gap(shown, region.active_targets[0], Lang.EN)
    said = title.replace("\u00a0", " ")
    assert said == "The plan reaches 40% in 2030; the target is 70%. Waste burnt: 60.0 t, 30.0 t above the cap"
    assert figure.axes[0].get_ylabel() == "Waste burnt (t a year)"


def test_amounts_beside_the_end_of_a_line_name_the_year_of_the_end(result: Result) -> None:
    data = wedge_data(result)
    ends = [f"{data.plan[data.years == year][0] / 1e3:.1f} in {year}" for year in (2030, min(2037, data.years[-1]))]
    with drawing():
        figure, _ = wedge(result, Lang.EN)
        curve, _ = target_gap(result, result.region.active_targets[0], Lang.EN)
    assert "The plan\n" + " · ".join(ends) in texts(figure)
    assert "The plan\n" + "\n".join(ends) in texts(curve)


def test_a_distribution_says_how_many_draws_there_are_and_how_many_are_shown(result: Result) -> None:
    assert result.stress is not None
    half = result.region.active_targets[0]
    kept = replace(result, stress=result.stress.isel(draw=slice(0, 128)))
    with drawing():
        drawn = [distribution(shown, half, Lang.EN) for shown in (result, kept)]
    every, some = (next(text for text in texts(figure[0]) if " draws of effects" in text) for figure in drawn if figure)
    assert every.startswith("512 draws of effects, background and delivery; ")
    assert some.startswith("512 draws of effects, background and delivery, the first 128 shown; ")


def test_the_svg_has_the_size_and_the_strokes_of_the_figure() -> None:
    with drawing():
        figure = Figure(figsize=(4.0, 3.0))
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.plot([0.0, 1.0], [0.0, 1.0], linewidth=3.6, dashes=(2.0, 1.0))
        axes.bar([0.5], [0.5], hatch="//")
        axes.text(0.5, 0.5, "text", fontsize=7.2)
        svg = render(figure, "x")[".svg"].decode()
    pixels = PIXELS_PER_INCH / 72.0  # in a point
    assert 'width="288pt" height="216pt" viewBox="0 0 440 330"' in svg
    assert f"stroke-width: {3.6 * pixels:g}" in svg
    assert f"stroke-dasharray: {7.2 * pixels:g},{3.6 * pixels:g}" in svg
    assert f"font-size: {7.2 * pixels:g}px" in svg
    assert f'patternTransform="scale({pixels:.6g})"' in svg


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))))
def test_a_png_holds_its_pixels_and_its_title(pixels: npt.NDArray[np.uint8]) -> None:
    with Image.open(BytesIO(png(pixels, 110, "Målet"))) as image:
        image.load()
        assert image.mode == "RGB"
        assert image.info["Title"] == "Målet"
        np.testing.assert_array_equal(np.asarray(image), pixels)


def test_every_axis_says_its_unit(result: Result) -> None:
    with drawing():
        half = result.region.active_targets[0]
        drawn = distribution(result, half, Lang.DA)
        assert drawn is not None
        labels = [
            target_gap(result, half, Lang.DA)[0].axes[0].get_ylabel(),
            wedge(result, Lang.DA)[0].axes[0].get_ylabel(),
            drawn[0].axes[0].get_xlabel(),
            drawn[0].axes[0].get_ylabel(),
            *(axes.get_ylabel() for axes in money_per_year(result, Lang.DA)[0].axes),
        ]
    assert labels == ["kt CO₂e pr. år"] * 3 + ["% af trækningerne"] + ["mio. kr. pr. år"] * 3


def test_the_wedge_closes_between_background_and_plan(result: Result) -> None:
    data = wedge_data(result)
    np.testing.assert_allclose(data.background + data.added - data.layers.sum(axis=0), data.plan, rtol=1e-12)
    at = list(result.region.years).index(2030)
    assert data.layers[:, at] == pytest.approx([45_600 * 0.28 + 24_000 * 0.2, 4_000])


def test_a_wedge_that_does_not_close_is_refused(result: Result) -> None:
    broken = result.assessment.copy(deep=True)
    broken["tonnes_in_plan"].loc[{"option": "LED:A", "year": 2030}] += 1.0
    with pytest.raises(VerificationError, match="found a difference of 1 t in 2030"):
        wedge_data(replace(result, assessment=broken))


def test_a_track_that_emits_more_is_added_to_the_background() -> None:
    region = model(effects=[("LED", "el", 0.2), ("PUMP", "el", 0.1), ("BUY", "goods", -0.5)], running=[])
    plan = regions.plan(("BUY", "A", 2028))
    data = wedge_data(Result(title="x", region=region, plan=plan, assessment=assess(region, plan)))
    at = list(region.years).index(2030)
    assert data.added[at] == pytest.approx(5_000)
    assert data.plan[at] == pytest.approx(data.background[at] + 5_000)


def test_the_schedule_counts_every_start_once(result: Result) -> None:
    with drawing():
        figure, title = schedule(result, Lang.EN)
    assert title == "New starts in the plan: 4, 3 of them in 2027–2028"
    assert sorted(text for text in texts(figure.axes[0].figure) if text == "1") == ["1"] * 4
    assert "Group-wide" in texts(figure)


def test_the_largest_starts_are_listed_by_unit(result: Result) -> None:
    with drawing():
        figure, title = largest_starts(result, Lang.DA)
    assert title == "2 af 4 starter giver halvdelen af reduktionen i 2030"
    assert "2027 · Lys" in texts(figure)


def test_without_draws_there_is_no_distribution_and_no_fan(result: Result) -> None:
    drawn = every_figure(replace(result, stress=None), Lang.EN)
    assert {name.partition(".")[0] for name in drawn} == {stem for stem in STEMS if not stem.startswith("distribution")}
    assert "P5–P95" not in drawn["target-gap-half.svg"].decode()


def test_a_plan_without_starts_has_figures_too(result: Result) -> None:
    nothing = Plan(starts=())
    empty = replace(result, plan=nothing, assessment=assess(result.region, nothing), stress=None)
    assert "Planen starter ingen nye indsatser" in every_figure(empty, Lang.DA)["schedule.svg"].decode()


def test_runs_are_compared_in_one_figure(result: Result, tmp_path: Path) -> None:
    nothing = Plan(starts=())
    other = replace(result, title="intet mere", plan=nothing, assessment=assess(result.region, nothing))
    paths = save_compare(tmp_path, [result, other], "half", Lang.DA)
    text = paths[0].read_text("utf-8")
    assert "I 2030 når Prøven længst (−42\u00a0%) og intet mere kortest (−20\u00a0%)" in text


def test_runs_in_different_accounts_are_not_compared(result: Result) -> None:
    targets = tuple(row.model_copy(update={"account": "new"}) for row in result.region.targets)
    other = replace(result, title="other", region=replace(result.region, targets=targets))
    with pytest.raises(InputError) as caught:
        compare([result, other], "half", Lang.EN)
    assert str(caught.value) == (
        "other: half: found account new, expected the same target in the same account in all runs; "
        "compare only runs that share it"
    )
