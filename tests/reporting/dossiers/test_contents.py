"""Dossiers: what each unit signs and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rmscenario.errors import InputError
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.agreements.contents import agreements
from rmscenario.reporting.dossiers import dossiers, page
from rmscenario.reporting.dossiers.contents import Ahead, Since
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.language import Lang, money
from rmscenario.rounds.held import held_by_plan
from rmscenario.rounds.rows import CommitmentMoney
from rmscenario.rounds.signing import amend_round, sign_round
from rmscenario.tables.parts import RoundState
from tests.reporting.dossiers.made import all_of, paragraphs, result
from tests.rounds.dossiers import proposed, run_of, sent
from tests.rounds.rounds import DAY, NAME, SIGNED, planned, write


def test_every_commitment_is_answered_by_one_unit_with_the_money_of_the_round(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    answered = [entry.question.proposed.commitment for dossier in made for entry in dossier.answers]
    assert sorted(answered) == sorted(row.commitment for row in found.commitments)
    for kind in MoneyKind:
        for year in found.agreed.years:
            expected = sum(row.amount for row in found.of(CommitmentMoney) if (row.kind, row.year) == (kind, year))
            total = sum(entry.money.get((kind, year), 0.0) for dossier in made for entry in dossier.borne)
            assert total == pytest.approx(expected)


def test_a_units_part_of_the_plan_is_that_of_its_agreement_and_the_parts_and_the_rest_make_the_plan(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    of_run = result(place[1])
    for dossier, agreement in zip(made, agreements(of_run, made[0].round), strict=True):
        own = sum(line.tonnes[dossier.report_year].in_plan for line in agreement.own)
        assert dossier.own_tonnes == pytest.approx(own)
        assert dossier.plan_tonnes == pytest.approx(
            float(of_run.assessment["tonnes_in_plan"].sel(year=dossier.report_year).sum())
        )


def test_what_runs_goes_on_and_what_is_proposed_is_new(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    for dossier in made:
        new = [initiative for how, initiative, _ in dossier.since if how is Since.NEW]
        assert new == [entry.initiative.initiative for entry in dossier.answers]
    running = [(row.unit, row.initiative) for d in made for how, _, row in d.since if how is Since.GOES_ON and row]
    assert running == [(row.unit, row.initiative) for row in found.region.running]


def test_what_would_be_proposed_makes_the_dossiers_of_the_proposal(place: tuple[Path, Any, Path]) -> None:
    _, made = all_of(place)
    run = place[1]
    open_round = next(row for row in run.region.rounds if row.round == NAME)
    drafted = dossiers(held_by_plan(run.region, run.plan, open_round, dated=DAY), result(run), None)
    assert [replace(dossier, state=RoundState.PROPOSED) for dossier in drafted] == made
    assert {dossier.state for dossier in drafted} == {RoundState.OPEN}
    headings = [heading for heading, _ in page(drafted[0], run.region, Lang.EN, scenario="", run="").parts]
    assert "How the unit answers" not in headings


def test_every_commitment_has_its_milestones_in_their_order(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    shown = {
        str(row[0]).split()[0]: row[1]
        for d in made
        for row in dict(sheets(d, found.region, Lang.EN))["milestones"].rows
    }
    assert set(shown) == {entry.initiative.initiative for d in made for entry in d.borne}
    led = next(e for d in made for e in d.own if e.initiative.initiative == "P1")
    assert [row.dated for row in led.milestones] == sorted(row.dated for row in led.milestones)
    assert str(shown["P1"]).startswith(f"Started 01/01/{led.question.now.start}; ")


def test_a_sentence_counts_what_is_new_and_the_table_holds_what_was_there_before(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    for dossier in made:
        rows = dict(sheets(dossier, found.region, Lang.EN))["since"].rows
        assert [row[0] for row in rows] == ["goes on"] * len(rows)
        ((_, (text,)),) = (
            part
            for part in page(dossier, found.region, Lang.EN, scenario="", run="").parts
            if part[0] == "Since the last round"
        )
        new = sum(how is Since.NEW for how, _, _ in dossier.since)
        going = len(dossier.since) - new
        said = ["" if not new else "one initiative is new" if new == 1 else f"{new} initiatives are new"]
        said += ["" if not going else "one goes on" if going == 1 else f"{going} go on"]
        assert text.lower() == ", ".join(filter(None, said)) + "."


def test_the_sentence_on_costs_says_what_the_whole_plan_saves_on_the_units_consumption(
    place: tuple[Path, Any, Path],
) -> None:
    found, made = all_of(place)
    for dossier in made:
        metered = sum(amount for (_, year), amount in dossier.metered.items() if year in found.agreed.years)
        why = dict(page(dossier, found.region, Lang.EN, scenario="", run="").parts)["Why"]
        (cost,) = (text for text in why if text.startswith("It costs the unit"))
        said = f"the whole plan saves {money(metered, Lang.EN)} on its consumption"
        assert (said in cost) == (metered > 0)


def test_what_adds_emissions_is_said_with_its_reason_and_what_is_decided_for_later_with_its_year(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    region = place[1].region
    entry = next(e for e in made[0].own if e.decided and e.tonnes)
    year = made[0].report_year
    adding = replace(entry, tonnes={year: entry.tonnes[year].model_copy(update={"in_plan": -35.4})})
    later = Ahead(initiative="T1", latest=2029, start=2029, tonnes=-12.0)
    texts = [
        text
        for _, part in page(replace(made[0], own=(adding,), ahead=(later,)), region, Lang.EN, scenario="", run="").parts
        for text in part
    ]
    name = f"{entry.initiative.initiative} {entry.initiative.name_en}"
    assert f"{name} adds 35 t CO₂e in {year}; it is there because the region has decided it." in texts
    (ahead,) = (text for text in texts if text.startswith("The region has decided T1 "))
    assert ahead.endswith(f"it starts after this round, in 2029, and it adds 12 t CO₂e in {year}.")


def test_what_is_decided_is_said_to_be(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    decided = {(row.initiative, row.unit) for row in found.region.duties}
    told = {(e.initiative.initiative, d.unit) for d in made for e in d.answers if e.decided}
    assert told == {(initiative, unit) for initiative, unit in decided if unit is not None}
    rows = dict(sheets(made[0], found.region, Lang.EN))["signs"].rows
    assert {row[4] for row in rows if str(row[1]).startswith("P1")} == {"proposed; decided"}


def test_a_signed_round_has_dossiers_without_a_sheet_for_answers_and_with_what_amendments_added(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    sign_round(model, NAME, dated=SIGNED)
    row = {
        "commitment": "A1", "round": NAME, "initiative": "T1", "unit": "HJEM", "status": "signed", "level": "1",
        "start": "2028", "dated": "2027-05-01", "replaces": "", "reference": "A-invented", "grade": "assumption",
        "note": "",
    }  # fmt: skip
    amend_round(model, NAME, write(tmp_path / "amendment.csv", row))
    folder = sent(model, run, tmp_path / "signed")
    book = openpyxl.load_workbook(folder / "HJEM.xlsx")
    assert "Svar" not in book.sheetnames
    shown = {cells[1].value: cells[4].value for cells in book["Indsatser"].iter_rows()}
    assert shown["T1 Elvarebiler"] == "underskrevet"
    assert any("Aftaleperioden er underskrevet" in text for text in paragraphs(folder / "HJEM.docx"))


def test_what_rules_each_other_out_is_named_in_the_place_of(place: tuple[Path, Any, Path]) -> None:
    _, made = all_of(place)
    pump = next(e for d in made for e in d.own if e.initiative.initiative == "P2")
    assert (pump.rules_out, pump.supersedes) == (("P3",), ())


def test_a_dossier_of_another_run_than_the_one_proposed_is_refused(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    other = run_of(model, tmp_path / "other", type(run.plan)(starts=run.plan.starts[:-1]))
    with pytest.raises(InputError, match="another run than the one that was proposed"):
        sent(model, other, tmp_path / "own")
