"""Dossiers of the tiny region, as data and read back from Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx

from rmscenario.assessment import assess
from rmscenario.reporting.dossiers import Dossier, dossiers
from rmscenario.reporting.results import Result
from rmscenario.rounds.held import held_by_round
from rmscenario.rounds.store import Round, read_round
from rmscenario.signposts import Signposts
from tests.rounds.rounds import NAME


def result(run: Any) -> Result:
    return Result(title="Prøven", region=run.region, plan=run.plan, assessment=assess(run.region, run.plan))


def all_of(place: tuple[Path, Any, Path], posts: tuple[Signposts, ...] | None = None) -> tuple[Round, list[Dossier]]:
    model, run, _ = place
    found = read_round(model, NAME)
    return found, list(dossiers(held_by_round(found), result(run), posts))


def paragraphs(path: Path) -> Iterator[str]:
    for paragraph in docx.Document(str(path)).paragraphs:
        yield paragraph.text
