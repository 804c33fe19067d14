"""Dossiers of the reference region."""

from __future__ import annotations

import re
import shutil
from typing import Any

import pytest

from rmscenario.reporting.dossiers import Dossier, dossiers, page
from rmscenario.reporting.language import Lang
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
