"""Dossiers of the reference region."""

from __future__ import annotations

import re
import shutil
from typing import Any

import pytest

from rmscenario.reporting.dossiers import Dossier, dossiers, page
from rmscenario.reporting.language import Lang, number
from rmscenario.reporting.page.amounts import by_unit
from rmscenario.reporting.results import unit_names
from rmscenario.reporting.series.starts import placed_starts
from rmscenario.rounds.held import held_by_round
from rmscenario.rounds.store import read_round
from tests.project.files import ROOT
from tests.reporting.dossiers.made import result
from tests.rounds.dossiers import propose_run, run_of
from tests.rounds.rounds import NAME

#: [words] What two pages of text hold, set as the template sets it.
TWO_PAGES = 900


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[Dossier]]:
    at = tmp_path_factory.mktemp("reference")
    model = at / "models" / "reference"
    shutil.copytree(ROOT / "models" / "midtjylland", model)
    run = run_of(model, at / "runs")
    propose_run(model, run)
    return run, list(dossiers(held_by_round(read_round(model, NAME)), result(run), None))


@pytest.mark.parametrize("lang", Lang)
def test_no_unit_of_the_reference_region_gets_more_than_two_pages_of_text(
    reference: tuple[Any, list[Dossier]], lang: Lang
) -> None:
    run, made = reference
    assert len(made) == 11
    for dossier in made:
        shown = page(dossier, run.region, lang, scenario=run.scenario.title_da, run=run.name)
        texts = [text for heading, part in shown.parts for text in (heading, *part)]
        texts += [sheet.note for _, sheet in shown.tables]
        assert sum(len(re.findall(r"\S+", text)) for text in texts) < TWO_PAGES


def test_what_is_derived_or_assumed_here_has_its_danish_title_in_danish_dossiers(
    reference: tuple[Any, list[Dossier]],
) -> None:
    run, made = reference
    own = [row for row in run.region.references if row.title_da is not None]
    shown = {}
    for lang in Lang:
        pages = [page(dossier, run.region, lang, scenario=run.scenario.title_da, run=run.name) for dossier in made]
        shown[lang] = str([(each.parts, each.tables) for each in pages])
    assert not [row.title for row in own if row.title in shown[Lang.DA]]
    assert not [row.title_da for row in own if row.title_da in shown[Lang.EN]]
    assert "Afledt: indkøb, som effekter kan undgå" in shown[Lang.DA]
    assert "Derived: spend that effects can avoid" in shown[Lang.EN]


def test_a_unit_reads_what_part_of_a_region_wide_amount_is_its_own(reference: tuple[Any, list[Dossier]]) -> None:
    run, made = reference
    parts: dict[str, list[float]] = {}
    for dossier in made:
        for entry in dossier.answers:
            parts.setdefault(entry.initiative.initiative, []).append(entry.share)
        shown = page(dossier, run.region, Lang.DA, scenario="", run=run.name)
        signs = dict(shown.tables)["signs"]
        headings = [column.heading for column in signs.columns]
        told = any(
            "Mængder i indsatsers navne gælder hele regionen" in text for _, part in shown.parts for text in part
        )
        assert told == ("enhedens andel" in headings) == dossier.shared == ("Enhedens andel" in signs.note)
        for entry in dossier.answers if dossier.shared else ():
            (row,) = (row for row in signs.rows if str(row[1]).startswith(f"{entry.initiative.initiative} "))
            assert row[headings.index("enhedens andel")] == (entry.share if entry.share < 1.0 else None)
    tonnes = {}  # el of 2018 by unit, which solar cells act on
    for source in run.region.sources:
        if (source.category, source.quantity) == ("el", "co2e"):
            tonnes[source.unit] = source.value
    solar = {d.unit: e.share for d in made for e in d.answers if e.initiative.initiative == "E07"}
    assert solar
    for unit, share in solar.items():
        assert share == pytest.approx(tonnes[unit] / sum(tonnes.values()))
    assert all(sum(shares) <= 1.0 + 1e-9 for shares in parts.values())


def test_the_dossier_and_the_chart_of_units_say_which_starts_they_count(reference: tuple[Any, list[Dossier]]) -> None:
    run, made = reference
    of_run = result(run)
    chart = by_unit(of_run, placed_starts(of_run, Lang.EN), Lang.EN)
    assert "all starts of the plan" in chart.about
    totals = {row[0]: row[-1] for row in chart.table.rows}  # [kt]
    names = unit_names(run.region, Lang.EN)
    later = 0
    for dossier in made:
        shown = page(dossier, run.region, Lang.EN, scenario="", run=run.name)
        why = dict(shown.parts)["Why"][0]
        assert "own initiatives that start in 2027–2028" in why
        every = dossier.own_tonnes + dossier.later_tonnes
        assert totals.get(names[dossier.unit], 0.0) == pytest.approx(every / 1000.0, abs=1e-9)
        assert (f"in other years it is {number(every, Lang.EN)} t in 2030" in why) == bool(dossier.later_tonnes)
        later += bool(dossier.later_tonnes)
    assert later


def test_initiatives_of_the_social_track_are_signed_like_any_other_and_have_no_tonnes(
    reference: tuple[Any, list[Dossier]],
) -> None:
    run, made = reference
    social = [e for d in made for e in d.answers if e.initiative.track == "social"]
    acting = {row.initiative for row in run.region.effects}
    assert social
    for entry in social:
        assert entry.indicators
        assert bool(entry.tonnes) == (entry.initiative.initiative in acting)
