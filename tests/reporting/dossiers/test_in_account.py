"""Dossiers beside the official account: what it shows of the tonnes that a unit signs for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from rmscenario.assessment import assess
from rmscenario.reporting.dossiers import Dossier, dossiers, page
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.page.units import units
from rmscenario.reporting.results import Result
from rmscenario.rounds.held import held_by_round
from rmscenario.rounds.store import Round, read_round
from rmscenario.run_folder import Run
from tests.rounds.dossiers import propose_run, run_of, sent
from tests.rounds.rounds import NAME, half_seen, planned, tiny

ALL_SEEN = {
    Lang.DA: "Det officielle klimaregnskab vil vise det hele.",
    Lang.EN: "The official climate account will show all of it.",
}


def of_region(model: Path, runs: Path) -> tuple[Run, Round, list[Dossier]]:
    run = run_of(model, runs, planned())
    propose_run(model, run)
    found = read_round(model, NAME)
    result = Result(title="", region=run.region, plan=run.plan, assessment=assess(run.region, run.plan))
    return run, found, list(dossiers(held_by_round(found), result, None))


def why(dossier: Dossier, found: Round, lang: Lang) -> str:
    (_, texts) = page(dossier, found.region, lang, scenario="", run="").parts[1]
    return " ".join(texts)


@pytest.fixture
def hidden(tmp_path: Path) -> tuple[Run, Round, list[Dossier]]:
    return of_region(half_seen(tiny(tmp_path)), tmp_path / "runs")


@pytest.mark.parametrize("lang", Lang)
def test_the_table_has_beside_what_is_likely_what_the_account_shows_of_it(
    hidden: tuple[Run, Round, list[Dossier]], lang: Lang
) -> None:
    _, found, made = hidden
    head = {Lang.DA: "regnskab", Lang.EN: "account"}[lang]
    for dossier in made:
        table = dict(sheets(dossier, found.region, lang))["tonnes"]
        headings = [column.heading for column in table.columns]
        assert [heading for heading in headings if heading.endswith(head)] == [f"{dossier.round.last_year} {head}"]
        shown = headings.index(f"{dossier.round.last_year} {head}")
        for row in table.rows[: len(table.rows) - table.totals]:
            likely, in_account = row[shown - 2], row[shown]
            assert isinstance(likely, float)
            assert in_account == pytest.approx(likely / 2 if str(row[0]).startswith("C1 ") else likely)
            assert in_account != 0


def test_a_sentence_says_what_the_account_shows_of_the_units_own_starts(
    hidden: tuple[Run, Round, list[Dossier]],
) -> None:
    _, found, made = hidden
    unit = next(each for each in made if each.unit == "HUS")
    likely = {e.initiative.initiative: e.tonnes[unit.report_year].mode for e in unit.own if e.tonnes}
    assert "C1" in likely
    alone, shown = sum(likely.values()), sum(likely.values()) - likely["C1"] / 2
    assert (
        f"By themselves they take off {number(alone, Lang.EN)} t in all; the official climate account will show "
        f"{number(shown, Lang.EN)} t." in why(unit, found, Lang.EN)
    )
    assert (
        f"Hver for sig fjerner de i alt {number(alone, Lang.DA)} t; det officielle klimaregnskab vil vise "
        f"{number(shown, Lang.DA)} t." in why(unit, found, Lang.DA)
    )


@pytest.mark.parametrize("lang", Lang)
def test_where_the_account_shows_all_of_it_the_sentence_says_so(tmp_path: Path, lang: Lang) -> None:
    _, found, made = of_region(tiny(tmp_path), tmp_path / "runs")
    for dossier in made:
        counted = any(entry.tonnes for entry in dossier.own)
        assert (ALL_SEEN[lang] in why(dossier, found, lang)) == counted


def test_a_round_proposed_before_the_account_was_told_has_blank_cells_and_no_sentence(
    hidden: tuple[Run, Round, list[Dossier]],
) -> None:
    _, found, made = hidden
    unit = next(each for each in made if each.unit == "HUS")
    untold = [
        replace(
            entry,
            tonnes={year: row.model_copy(update={"in_account": None}) for year, row in entry.tonnes.items()},
        )
        for entry in unit.own
    ]
    dossier = replace(unit, own=tuple(untold))
    table = dict(sheets(dossier, found.region, Lang.EN))["tonnes"]
    places = [at for at, column in enumerate(table.columns) if column.heading.endswith("account")]
    assert places
    assert {row[at] for row in table.rows for at in places} == {None}
    assert "climate account" not in why(dossier, found, Lang.EN)


def test_word_and_workbook_show_the_column(hidden: tuple[Run, Round, list[Dossier]], tmp_path: Path) -> None:
    run, found, _ = hidden
    folder = sent(found.model, run, tmp_path / "dossiers")
    book = openpyxl.load_workbook(folder / "HUS.xlsx")["Ton"]
    headings = [cell.value for row in book.iter_rows() for cell in row]
    document = docx.Document(str(folder / "HUS.docx"))
    written = [cell.text for table in document.tables for cell in table.rows[0].cells]
    assert "2028 regnskab" in headings
    assert "2028 regnskab" in written


@pytest.mark.parametrize("lang", Lang)
def test_the_page_shows_the_sentence_and_the_column(hidden: tuple[Run, Round, list[Dossier]], lang: Lang) -> None:
    run, found, made = hidden
    result = Result(title="", region=run.region, plan=run.plan, assessment=assess(run.region, run.plan))
    folds = units(result, made, run.name, lang).sections[0].folds
    assert len(folds) == len(made)
    for fold, dossier in zip(folds, made, strict=True):
        told = " ".join(text for section in fold.sections for text in section.told)
        assert told.startswith(" ".join(page(dossier, found.region, lang, scenario="", run="").parts[0][1]))
        assert ({Lang.DA: "klimaregnskab", Lang.EN: "climate account"}[lang] in told) == any(
            e.tonnes for e in dossier.own
        )
        (tonnes,) = (table for table in fold.tables if table.short == say("dossier.short.tonnes", lang))
        assert tonnes == dict(sheets(dossier, found.region, lang))["tonnes"]
