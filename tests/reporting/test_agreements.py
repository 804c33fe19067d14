"""Agreements: what each unit starts, in words and in a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from rmscenario.assessment import assess
from rmscenario.constants import NOT_CONFIRMED
from rmscenario.drivers.response import FixedPlan
from rmscenario.errors import InputError
from rmscenario.region.footprint import Word
from rmscenario.region.vocabulary import Grade, MoneyKind, RoundStatus
from rmscenario.reporting.agreements import write_agreements
from rmscenario.reporting.agreements.contents import Agreement, agreements
from rmscenario.reporting.agreements.drawn import DrawnReductions
from rmscenario.reporting.agreements.markdown import escape
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result, next_round, share_reached
from rmscenario.rounds.intervals import alone_by_start
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import Draws, DrawSource
from rmscenario.workflow.summary import target_rows
from tests import regions


@pytest.fixture(scope="module")
def nearest(result: Result) -> Result:
    plan = regions.plan(("LED", "A", 2028), ("LED", "B", 2028), ("PUMP", "B", 2028), ("BUY", "A", 2028))
    return replace(result, title="nærmest", plan=plan, assessment=assess(result.region, plan))


def made(result: Result, other: Result | None = None) -> tuple[Agreement, ...]:
    agreement_round = next_round(result.region)
    assert agreement_round is not None
    return agreements(result, agreement_round, other)


def test_an_agreement_holds_the_starts_of_its_round_and_the_group_wide_ones_acting_on_the_unit(result: Result) -> None:
    first, second = made(result)
    assert [line.start for line in first.own] == [result.plan.starts[0]]
    assert [line.start for line in second.own] == [result.plan.starts[1]]
    assert [line.start.initiative for line in first.group_wide] == ["BUY"]
    assert [line.start.initiative for line in second.group_wide] == ["BUY"]
    assert [row.initiative for row in first.running] == ["OLD"]
    assert second.running == ()


def test_tonnes_are_those_of_hand_arithmetic(result: Result) -> None:
    first, second = made(result)
    light = first.own[0].tonnes[2030]
    assert light.alone == pytest.approx(45_600 * 0.2)
    assert light.in_plan == pytest.approx(45_600 * 0.19)  # with PUMP: half of the overlap 0.2 · 0.1 each
    assert (light.low, light.high) == (pytest.approx(4_560), pytest.approx(13_680))
    assert second.own[0].tonnes[2028].alone == pytest.approx(30_000 * (1 - 0.2 * 10 / 12) * 0.1)
    bought = first.group_wide[0].tonnes[2030]
    assert (bought.alone, bought.low, bought.high) == (pytest.approx(4_000), pytest.approx(2_000), pytest.approx(5_000))


def test_money_and_staff_stand_with_the_unit_that_bears_them(result: Result) -> None:
    first, second = made(result)
    assert [first.own[0].money[MoneyKind.CAPEX, year] for year in first.years] == pytest.approx([3e6, 3e6, 0.0])
    assert [second.own[0].money[MoneyKind.CAPEX, year] for year in second.years] == pytest.approx([0.0, 1.5e6, 0.0])
    assert [line.start.initiative for line in first.borne] == ["LED", "BUY"]
    assert [line.start.initiative for line in second.borne] == ["LED"]
    assert first.borne[1].money[MoneyKind.SAVING_AVOIDED, 2030] == pytest.approx(2e6)
    assert first.own[0].staff == {("energy", 2027): pytest.approx(2.0), ("energy", 2028): pytest.approx(2.0)}


def test_grades_are_those_of_effect_and_cost_apart(result: Result) -> None:
    first, _ = made(result)
    assert (first.own[0].effect_grade, first.own[0].cost_grade) == (Grade.PUBLISHED, Grade.PUBLISHED)
    assert (first.group_wide[0].effect_grade, first.group_wide[0].cost_grade) == (Grade.DERIVED, Grade.ASSUMPTION)


def test_the_nearest_plan_stands_beside(result: Result, nearest: Result, tmp_path: Path) -> None:
    first, second = made(result, nearest)
    assert (first.own[0].nearest, second.own[0].nearest) == (2028, 2028)
    assert [start.initiative for start in second.only_nearest] == ["PUMP"]
    write_agreements(tmp_path, result, Lang.DA, nearest)
    text = (tmp_path / "A.md").read_text("utf-8")
    assert "| andet år (2028) |" in text
    assert "| ja |" in text  # BUY, same year
    assert "## Kun i den nærmeste plan" in text
    assert "sigter alene efter det højest prioriterede mål (Halvt så meget), derefter mindst omkostning." in text
    write_agreements(tmp_path, nearest, Lang.EN, result)
    assert "| no |" in (tmp_path / "B.md").read_text("utf-8")


def test_a_hard_target_is_not_named_as_what_the_nearest_plan_aims_at(
    result: Result, nearest: Result, tmp_path: Path
) -> None:
    hard = tuple(row.model_copy(update={"hard": True}) for row in nearest.region.targets)
    write_agreements(tmp_path, result, Lang.EN, replace(nearest, region=replace(nearest.region, targets=hard)))
    text = (tmp_path / "A.md").read_text("utf-8")
    assert "all targets are hard, so it keeps them and otherwise aims at least cost" in text
    assert "target of first priority" not in text


def test_a_start_alone_as_likely_is_what_the_assessment_says(result: Result) -> None:
    """With low and high at the mode, both ends equal the assessment's figure, additions and lifts included."""
    region = regions.region(
        settings={"base_year": 2026},
        sources=[("A", "el", 100.0), ("B", "el", 50.0)],
        effects=[
            ("LED", "el", 0.3),
            ("PUMP", "el", 0.2),
            {"initiative": "ADD", "category": "el", "on": "co2e", "basis": "absolute", "mode": -6.0},
        ],
        enablers=[("HELP", "LED", 0.1)],
        running=[("PUMP", "A", 2026)],
    )
    plan = regions.plan(("LED", "A", 2027), ("LED", "B", 2028), ("ADD", "A", 2027), ("HELP", "A", 2027))
    alone = assess(region, plan)["tonnes_alone"]
    found = alone_by_start(region, plan, (2028, 2030))
    for start in plan.starts:
        for year in (2028, 2030):
            expected = float(alone.sel(option=f"{start.initiative}:{start.unit}", year=year))
            one = found[f"{start.initiative}:{start.unit}"][year]
            assert (one.low, one.high, one.in_account) == pytest.approx((expected, expected, expected)), start


@pytest.mark.parametrize("lang", list(Lang))
def test_every_document_bears_the_mark_until_the_region_has_confirmed(
    result: Result, confirmed: Result, lang: Lang, tmp_path: Path
) -> None:
    mark = NOT_CONFIRMED[lang.value]
    paths = write_agreements(tmp_path / "not", result, lang)
    assert sorted(path.name for path in paths) == ["A.md", "A.xlsx", "B.md", "B.xlsx", "index.md"]
    for path in paths:
        if path.suffix == ".md":
            assert mark in path.read_text("utf-8")
        else:
            for sheet in openpyxl.load_workbook(path).worksheets:
                assert mark in [row[0].value for row in sheet.iter_rows(max_row=3)]
    for path in write_agreements(tmp_path / "yes", confirmed, lang):
        assert path.suffix != ".md" or mark not in path.read_text("utf-8")


def test_the_same_input_gives_the_same_bytes(result: Result, nearest: Result, tmp_path: Path) -> None:
    first = write_agreements(tmp_path / "first", result, Lang.DA, nearest)
    again = write_agreements(tmp_path / "again", result, Lang.DA, nearest)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_a_name_that_looks_like_a_formula_stays_text_and_numbers_stay_numbers(result: Result, tmp_path: Path) -> None:
    initiatives = tuple(
        row.model_copy(update={"name_da": "=1+1", "name_en": "http://x"}) for row in result.region.initiatives
    )
    units = tuple(row.model_copy(update={"name_da": "=cmd|'/c calc'!A1"}) for row in result.region.units)
    odd = replace(result, region=replace(result.region, initiatives=initiatives, units=units))
    write_agreements(tmp_path, odd, Lang.DA)
    book = openpyxl.load_workbook(tmp_path / "A.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink]
    found = next(row for row in book["Indsatser"].iter_rows(values_only=True) if row[0] == "LED =1+1")
    assert found[4:6] == (pytest.approx(9_500), pytest.approx(9_500))


def test_years_and_levels_are_numbers_of_the_workbook(result: Result, nearest: Result, tmp_path: Path) -> None:
    write_agreements(tmp_path, result, Lang.EN, nearest)
    book = openpyxl.load_workbook(tmp_path / "A.xlsx")
    row = next(row for row in book["Initiatives"].iter_rows() if row[0].value == "LED Light")
    assert [(cell.value, cell.number_format) for cell in row[2:4]] == [(2027, "0"), (1, "0%")]
    row = next(row for row in book["Running"].iter_rows() if row[0].value == "OLD Old")
    assert [(cell.value, cell.number_format) for cell in row[2:4]] == [(2025, "0"), (1, "0%")]


def test_group_wide_initiatives_have_no_total_because_their_figures_are_the_regions(
    result: Result, tmp_path: Path
) -> None:
    write_agreements(tmp_path, result, Lang.EN)
    book = openpyxl.load_workbook(tmp_path / "A.xlsx")
    assert "Total" in [row[0] for row in book["Initiatives"].iter_rows(values_only=True)]
    assert "Total" not in [row[0] for row in book["Group-wide"].iter_rows(values_only=True)]


def test_the_workbook_and_the_document_have_the_same_tables(result: Result, nearest: Result, tmp_path: Path) -> None:
    write_agreements(tmp_path, result, Lang.EN, nearest)
    assert openpyxl.load_workbook(tmp_path / "A.xlsx").sheetnames == [
        "Initiatives",
        "Group-wide",
        "Money",
        "Staff",
        "Indicators",
        "Prerequisites",
        "Running",
        "Only in nearest plan",
    ]
    text = (tmp_path / "A.md").read_text("utf-8")
    assert text.count("\n## ") == 8
    assert text.startswith("# Sustainability agreement 2027–2028: Hospital A\n")
    assert (
        "One own initiative starts in 2027–2028, and one group-wide initiative at the unit. Its own remove 8,664 t CO₂e"
        in text
    )
    assert "| Lamps | LED Light | I1 | 1 | controller | yearly |" in text
    assert "| OLD Old | R0 | 2025 | 100% | assumed |" in text


def test_a_prerequisite_says_when_the_required_initiative_starts(result: Result, tmp_path: Path) -> None:
    plan = regions.plan(("LED", "A", 2027), ("PUMP", "A", 2028))
    other = replace(result, plan=plan, assessment=assess(result.region, plan))
    write_agreements(tmp_path, other, Lang.DA)
    row = "| PUMP =1+1 | LED Lys | samme enhed | mindst 1 år før | starter 2027 i planen |"
    assert row in (tmp_path / "A.md").read_text("utf-8")


def test_roles_frequencies_and_units_are_said_in_the_language_of_the_run(result: Result, tmp_path: Path) -> None:
    words = [("head", "Chef", "Head"), ("controller", "Controller", "Controller"), ("yearly", "årligt", "each year")]
    region = replace(
        result.region,
        words=tuple(Word(word=word, name_da=danish, name_en=english) for word, danish, english in words),
    )
    for lang, row, owners in (
        (Lang.DA, "| Lamper | LED Lys | I1 | 1 | Controller | årligt |", "Sporene ejes af Chef (El, vand & varme)"),
        (
            Lang.EN,
            "| Lamps | LED Light | I1 | 1 | Controller | each year |",
            "owned by Head (Electricity, water and heat)",
        ),
    ):
        write_agreements(tmp_path / lang, replace(result, region=region), lang)
        text = (tmp_path / lang / "A.md").read_text("utf-8")
        assert row in text
        assert owners in text


def test_a_unit_reads_its_own_share_of_a_goal_that_is_one(tmp_path: Path) -> None:
    """A throws away 100 t, 60 of them unsorted; sorting moves a third of these: 60 % is recycled of A, 50 % of all."""
    model = regions.region(
        settings={"base_year": 2026},
        quantities=[
            {"quantity": "waste", "measure": "t/a"},
            {"quantity": "unsorted", "measure": "t/a", "name_da": "Usorteret", "name_en": "Unsorted"},
        ],
        sources=[
            *(("A", "bin", 100.0, "waste"), ("A", "bin", 60.0, "unsorted")),
            *(("B", "bin", 100.0, "waste"), ("B", "bin", 60.0, "unsorted")),
            *(("A", "el", 10.0), ("B", "el", 10.0)),
        ],
        targets=[
            {
                "target": "R",
                "name_da": "Genanvendelse",
                "name_en": "Recycling",
                "quantity": "unsorted",
                "level": 60.0,
                "year": 2030,
                "measure": "t/a",
                "share_of": "waste",
                "share": 0.7,
            }
        ],
        effects=[{"initiative": "SORT", "category": "bin", "on": "unsorted", "mode": 1 / 3}],
    )
    plan = regions.plan(("SORT", "A", 2027))
    made_of = Result(title="x", region=model, plan=plan, assessment=assess(model, plan))
    (target,) = model.active_targets
    found = share_reached(model, target, made_of.assessment, 2030)
    assert found is not None
    assert (found.plan, found.background, found.wanted) == (pytest.approx(0.5), pytest.approx(0.4), 0.7)
    (row,) = target_rows(model, made_of.plan, made_of.assessment)
    assert row["share"] == {"of": "waste", "plan": found.plan, "background": found.background, "wanted": 0.7}
    write_agreements(tmp_path, made_of, Lang.EN)
    said = "Recycling, in 2030: in the unit {} (the region's target is 70%; 40% without new initiatives)."
    assert said.format("60%") in (tmp_path / "A.md").read_text("utf-8")
    assert said.format("40%") in (tmp_path / "B.md").read_text("utf-8")


def test_the_index_lists_every_unit(result: Result, tmp_path: Path) -> None:
    write_agreements(tmp_path, result, Lang.DA)
    text = (tmp_path / "index.md").read_text("utf-8")
    assert "| Sygehus Å | 1 | 1 | 8.664 | 6.000 | 1 | A.md, A.xlsx |" in text
    assert "| Sygehus B | 1 | 1 | 4.800 | 1.500 | 0 | B.md, B.xlsx |" in text


def test_the_index_ends_with_a_total_that_counts_a_group_wide_start_once(result: Result, tmp_path: Path) -> None:
    """BUY stands with both units and is one start; 8,664 + 4,800 t and 6,000 + 1,500 thousand DKK add up."""
    write_agreements(tmp_path, result, Lang.DA)
    last = (tmp_path / "index.md").read_text("utf-8").splitlines()[-1]
    assert last == "| **I alt** | **2** | **1** | **13.464** | **7.500** | **1** |  |"


def test_without_an_open_round_there_is_nothing_to_agree(result: Result, tmp_path: Path) -> None:
    rounds = tuple(row.model_copy(update={"status": RoundStatus.LATER}) for row in result.region.rounds)
    with pytest.raises(InputError) as caught:
        write_agreements(tmp_path, replace(result, region=replace(result.region, rounds=rounds)), Lang.DA)
    assert str(caught.value) == (
        "rounds.csv: status: found no round with status open, expected one round that is signed next; "
        "set the next round's status to open"
    )


def test_markup_in_a_name_stays_text() -> None:
    assert escape("a|b *c* <b>\n[x](y)") == "a\\|b \\*c\\* \\<b\\> \\[x\\](y)"


def test_targets_are_listed_first_in_priority_first(result: Result) -> None:
    """The table has "half" (1) before "easy" (2); with the priorities exchanged "easy" comes first."""
    assert [row["id"] for row in target_rows(result.region, result.plan, result.assessment)] == ["half", "easy"]
    turned = {"half": 2, "easy": 1}
    region = replace(
        result.region,
        targets=tuple(row.model_copy(update={"priority": turned[row.target]}) for row in result.region.targets),
    )
    assert [row["id"] for row in target_rows(region, result.plan, result.assessment)] == ["easy", "half"]


def test_shares_of_money_add_up_over_the_units(result: Result) -> None:
    total = float(result.assessment["capex_outlay"].sel(year=2028).sum())
    assert sum(
        line.money[MoneyKind.CAPEX, 2028] for agreement in made(result) for line in agreement.borne
    ) == pytest.approx(total)
    assert np.isfinite(total)


def test_what_starts_remove_on_a_draw_sums_to_what_the_stress_test_found_there(result: Result) -> None:
    assert result.stress is not None
    by_option = DrawnReductions(result, 2030).of(_first_draws(result))
    sample = result.stress.sel(target="half")
    expected = (sample["background_sample"] - sample["sample"]).to_numpy()
    assert len(expected) == 512
    assert by_option.sum(axis=0)[:512] == pytest.approx(expected, rel=1e-12)
    assert (by_option[:, :512] != 0).any(axis=1).sum() == len(result.plan.starts)


def test_at_the_modes_a_draw_is_the_plan_itself(result: Result) -> None:
    fixed = FixedPlan(result.region, result.plan)
    by_option = DrawnReductions(result, 2030).of(fixed.modes())
    in_plan = result.assessment["tonnes_in_plan"].sel(year=2030).to_numpy()
    assert by_option[:, 0] == pytest.approx(in_plan, rel=1e-12)


def test_the_total_in_plan_stands_with_what_it_is_in_nine_of_ten_draws(result: Result, tmp_path: Path) -> None:
    first, _ = made(result)
    assert first.between == DrawnReductions(result, 2030).between([result.plan.starts[0]])
    assert first.between is not None
    low, high = first.between
    assert low < first.own[0].tonnes[2030].in_plan < high
    write_agreements(tmp_path, result, Lang.DA)
    text = (tmp_path / "A.md").read_text(encoding="utf-8")
    shown = "–".join(f"{value:,.0f}".replace(",", ".") for value in (low, high))
    assert f"| **I alt, i 90 % af robusthedstestens udfald** |  |  |  |  |  | **{shown}** |" in text
    write_agreements(tmp_path, replace(result, stress=None), Lang.EN)
    assert "90%" not in (tmp_path / "A.md").read_text(encoding="utf-8")


def _first_draws(result: Result) -> Draws:
    assert result.stress is not None
    attrs = result.stress.attrs
    inputs = FixedPlan(result.region, result.plan).inputs
    return DrawSource(inputs, int(attrs["seed"]), Sampler(attrs["sampler"])).replicate(0)
