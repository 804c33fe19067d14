"""An account's split as page, figures for other programs and picture, written where it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rmscenario.region import Region
from rmscenario.reporting.analyses.account import AccountWords, split_row
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.rounds.account import split_account
from rmscenario.rounds.causes import Cause
from rmscenario.rounds.rows import FollowUp
from rmscenario.run_folder import write_json
from rmscenario.tables.writing import write_atomic
from rmscenario.workflow.analyses import Analysis

_FOOTPRINT = "co2e"


def account_boundary(region: Region) -> str:
    """The boundary that is meant where none is named: that of the first footprint target, else the first of the tables."""
    targets = [row.boundary for row in region.targets_by_priority if row.quantity == _FOOTPRINT]
    return (targets or [row.boundary for row in region.boundaries])[0]


def analyse_account(region: Region, boundary: str, observed: Iterable[FollowUp], lang: Lang, *, draw: bool) -> Analysis:
    """Split what the account of a region has changed over a boundary.

    Raises
    ------
    InputError
        When there are no two figures to split between.
    """
    split = split_account(region, boundary, observed)
    words = AccountWords(split, region, lang)
    stem = f"account-{boundary}"
    pictures: dict[str, bytes] = {}
    figure = None
    if draw:
        from rmscenario.reporting.figures.account import drawn_account  # noqa: PLC0415  matplotlib takes a second

        pictures = {f"{stem}{ending}": content for ending, content in drawn_account(split, region, lang).items()}
        first, last = split.figures[0].year, split.figures[-1].year
        amounts = {"change": words.amount(split.change), "own": words.amount(split.of(Cause.OWN).change)}
        figure = (f"{stem}.svg", say("account.figure", lang, first=first, last=last, **amounts))
    return Analysis(
        name=stem,
        content={
            "region": region.settings.region,
            "confirmed": region.settings.confirmed,
            **split_row(split),
        },
        page=markdown(region, words.title, words.lead(), words.parts(figure), lang),
        shown=terminal(region, words.title, words.lead(), words.parts(), lang),
        pictures=pictures,
    )


def write_account(analysis: Analysis, folder: Path) -> None:
    """Write a split into a folder: `account-BOUNDARY.json`, `.md` and the picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in analysis.pictures.items():
        write_atomic(folder / name, content)
    write_atomic(folder / f"{analysis.name}.md", analysis.page.encode())
    write_json(folder / f"{analysis.name}.json", analysis.content)
