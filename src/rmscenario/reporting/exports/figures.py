"""The key figures of a run: what it is of, where it ends, what that costs, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rmscenario.constants import PERCENTILES
from rmscenario.reporting.exports.contents import Exported
from rmscenario.reporting.language import Lang, name, say
from rmscenario.reporting.sheets import Cell

Figure = tuple[str, Cell, str]

_COSTS = ("npv", "gross", "savings_cashable", "savings_avoided", "carbon_value")
_OUTLAYS = ("capex_total", "capex_until_last_start")


def key_figures(exported: Exported, lang: Lang) -> list[Figure]:
    """Name, value and unit of each figure."""
    return [
        *_run(exported, lang),
        *_footprint(exported.summary, lang),
        *_cost(exported, lang),
        *_drawn(exported, lang),
        *_solved(exported.summary, lang),
    ]


def _said(key: str, lang: Lang, **places: object) -> str:
    return say(f"export.figure.{key}", lang, **places)


def _yes(value: bool, lang: Lang) -> str:
    return say("word.yes" if value else "word.no", lang)


def _run(exported: Exported, lang: Lang) -> Iterator[Figure]:
    """What the run is of."""
    summary, region = exported.summary, exported.result.region
    yield _said("region", lang), name(region.settings, lang), ""
    yield _said("scenario", lang), exported.result.title, ""
    yield _said("scenario_id", lang), exported.name, ""
    yield _said("confirmed", lang), _yes(region.settings.confirmed, lang), ""
    yield _said("interrupted", lang), _yes(summary["interrupted"], lang), ""
    yield _said("starts", lang), summary["starts"], "1"
    yield _said("targets", lang), len(summary["targets"]), "1"
    yield _said("targets_met", lang), sum(row["met"] for row in summary["targets"]), "1"


def _footprint(summary: Mapping[str, Any], lang: Lang) -> Iterator[Figure]:
    """Where the footprint ends, and what the plan takes off."""
    ends, avoided = summary["footprint"], summary["avoided"]
    yield _said("footprint", lang, year=ends["year"]), ends["physical"], "tCO2e/a"
    yield _said("footprint_on_paper", lang, year=ends["year"]), ends["on_paper"], "tCO2e/a"
    yield _said("avoided", lang, year=avoided["report_year"]), avoided["in_report_year"], "tCO2e/a"
    for key, value in avoided.items():
        if key.startswith("summed_"):
            first, last = key.removeprefix("summed_").split("_")
            yield _said("avoided_summed", lang, first=first, last=last), value, "tCO2e"


def _cost(exported: Exported, lang: Lang) -> Iterator[Figure]:
    """What the plan costs, every input at its mode."""
    cost, settings = exported.summary["cost"], exported.result.region.settings
    first, last = cost["years"]
    yield _said("money", lang, first=first, last=last), settings.price_year, ""
    for key in _COSTS:
        yield _said(key, lang), cost[key], "DKK"
    yield _said("equivalent_annual", lang), cost["equivalent_annual"], "DKK/a"
    yield _said("annual", lang, year=cost["annual_year"]), cost["annual"], "DKK/a"
    for key in _OUTLAYS:
        yield _said(key, lang, last=settings.last_start), cost[key], "DKK"


def _drawn(exported: Exported, lang: Lang) -> Iterator[Figure]:
    """What the stress test says of all targets together and of the cost; nothing without one."""
    summary, stress = exported.summary, exported.summary["stress"]
    if stress is None:
        yield _said("draws", lang), 0, "1"
        return
    yield _said("draws", lang), stress["draws"], "1"
    yield _said("seed", lang), stress["seed"], ""
    yield _said("sampler", lang), stress["sampler"], ""
    for ending in ("", "_low", "_high"):
        yield _said(f"joint_probability{ending}", lang), summary[f"joint_probability{ending}"], "1"
    drawn = summary["cost"]["drawn"]
    for amount in ("npv", "outlay"):
        for statistic in ("mean", *PERCENTILES):
            said = say(f"export.statistic.{statistic}", lang)
            yield f"{_said(f'drawn_{amount}', lang)}, {said}", drawn[f"{amount}_{statistic}"], "DKK"
    yield _said("overrun_probability", lang), drawn["overrun_probability"], "1"


def _solved(summary: Mapping[str, Any], lang: Lang) -> Iterator[Figure]:
    """How the plan was found, and whether the recomputation agrees."""
    solver, verify = summary["solver"], summary["verify"]
    yield _said("gap", lang), solver["gap"], "1"
    yield _said("verified", lang), _yes(verify["ok"], lang), ""
    yield _said("difference", lang), verify["max_relative_difference"], "1"
