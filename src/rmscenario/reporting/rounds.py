"""How agreement rounds stand, as lines of the terminal and as figures for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmscenario.region import Region
from rmscenario.reporting.language import Lang, name, percent, say
from rmscenario.reporting.pages import Listed, Part, terminal
from rmscenario.rounds.status import Standing


def rounds_text(region: Region, rounds: Sequence[Standing], lang: Lang) -> str:
    """All rounds in one table."""
    columns = ("round", "status", "commitments", "running", "follow_up")
    table = Listed(
        headings=tuple(say(f"round.column.{column}", lang) for column in columns),
        rows=tuple(
            (
                each.agreed.round,
                _state(each, lang),
                _counts(each.statuses, "round.status", lang),
                _counts(each.running_as, "status", lang),
                _counts(each.progress, "round.progress", lang),
            )
            for each in rounds
        ),
    )
    title = say("round.title", lang, region=name(region.settings, lang))
    assumed = [say("round.assumed", lang)] if any("assumed" in each.running_as for each in rounds) else []
    return terminal(region, title, assumed, [Part(heading=say("round.column.status", lang), table=table)], lang)


def round_text(region: Region, standing: Standing, lang: Lang) -> str:
    """One round with its commitments, and what runs since it."""
    initiatives = {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}
    progress = {each.commitment.commitment: each.progress.value for each in standing.observed}
    parts: list[Part] = []
    rows: tuple[tuple[str, ...], ...]
    columns = ("commitment", "unit", "status", "start", "level", "progress")
    if standing.commitments:
        rows = tuple(
            (
                initiatives[row.initiative],
                row.unit,
                say(f"round.status.{row.status.value}", lang),
                "" if row.start is None else str(row.start),
                "" if row.level is None else percent(row.level, lang),
                say(f"round.progress.{progress[row.commitment]}", lang) if row.commitment in progress else "",
            )
            for row in standing.commitments
        )
        headings = tuple(say(f"round.column.{column}", lang) for column in columns)
        parts.append(Part(heading=say("round.commitments", lang), table=Listed(headings=headings, rows=rows)))
    if standing.running:
        rows = tuple(
            (
                initiatives[row.initiative],
                row.unit,
                say(f"status.{row.status.value}", lang),
                str(row.start),
                percent(row.level, lang),
            )
            for row in standing.running
        )
        headings = tuple(say(f"round.column.{column}", lang) for column in columns[:-1])
        parts.append(Part(heading=say("round.running", lang), table=Listed(headings=headings, rows=rows)))
    lead = [_state(standing, lang)]
    if standing.proposed_from:
        lead.append(say("round.from", lang, run=standing.proposed_from))
    if not parts:
        lead.append(say("round.nothing", lang))
    if "assumed" in standing.running_as:
        lead.append(say("round.assumed", lang))
    title = say("round.title.one", lang, region=name(region.settings, lang), round=standing.agreed.round)
    return terminal(region, title, lead, parts, lang)


def _state(standing: Standing, lang: Lang) -> str:
    """The state of a round's folder; without one that of the region's tables."""
    state = standing.agreed.status if standing.state is None else standing.state
    return say(f"round.state.{state.value}", lang)


def _counts(counts: Mapping[str, int], theme: str, lang: Lang) -> str:
    return ", ".join(f"{count} {say(f'{theme}.{word}', lang)}" for word, count in counts.items())


def standing_row(standing: Standing) -> dict[str, Any]:
    """A round for other programs."""
    return {
        "round": standing.agreed.round,
        "first_year": standing.agreed.first_year,
        "last_year": standing.agreed.last_year,
        "status": standing.agreed.status.value,
        "state": None if standing.state is None else standing.state.value,
        "proposed_from": standing.proposed_from,
        "statuses": standing.statuses,
        "progress": standing.progress,
        "running": standing.running_as,
        "follow_up": standing.follow_up,
        "commitments": [
            {
                "commitment": row.commitment,
                "initiative": row.initiative,
                "unit": row.unit,
                "status": row.status.value,
                "level": row.level,
                "start": row.start,
                "dated": row.dated.isoformat(),
                "replaces": row.replaces,
            }
            for row in standing.commitments
        ],
        "observed": [
            {
                "commitment": each.commitment.commitment,
                "progress": each.progress.value,
                "start": each.start,
                "level": each.level,
                "share": each.share,
            }
            for each in standing.observed
        ],
    }
