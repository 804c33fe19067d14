"""Runs beside each other, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isclose

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.reporting.language import Lang, money, number, percent, probability, say
from rmscenario.reporting.summary import gap_shown
from rmscenario.reporting.targets import Summary, TargetWords, target_name
from rmscenario.reporting.text import wrap

#: Characters after which a row's label is cut: wider ones leave no room for runs.
LABEL = 60
#: What tells rows apart: a target in another account, or in another year, is another target.
_SAME = ("id", "account", "quantity", "unit", "year")
#: [1] Goals that differ by less are the same: what is left of rounding.
SAME_GOAL = 1e-6

Row = tuple[str, list[str]]
Found = Sequence[tuple[Summary | None, Summary]]


def compare_text(summaries: Mapping[str, Summary], lang: Lang) -> str:
    """Runs as columns: every target any of them has, then starts, money and how near to the best plan each is."""
    targets, differing = _targets(summaries, lang)
    rows = [*targets, *_plans(list(summaries.values()), lang)]
    interrupted = [run for run, summary in summaries.items() if summary.get("interrupted")]
    names = [say("compare.marked", lang, name=run) if run in interrupted else run for run in summaries]
    header: Row = (say("compare.column", lang), names)
    lines = [say("compare.title", lang)]
    if not all(summary.get("confirmed", False) for summary in summaries.values()):
        lines.append(NOT_CONFIRMED[lang.value])
    for run, summary in summaries.items():
        lines += wrap(say("compare.legend", lang, name=run, title=summary["titles"][lang.value]), "")
    if interrupted:
        lines += wrap(say("compare.interrupted", lang), "")
    lines += ["", *_columns([header, *rows])]
    if differing:
        lines += ["", *(line for text in differing for line in wrap(text, ""))]
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[Row]) -> list[str]:
    """Rows as lines: labels to the left, each run in a column as wide as it needs."""
    widths = [max(map(len, column)) for column in zip(*(cells for _, cells in rows), strict=True)]
    first = min(max(len(label) for label, _ in rows), LABEL)
    lines = []
    for label, cells in rows:
        shown = label if len(label) <= first else label[: first - 1] + "…"
        padded = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        lines.append("  ".join([shown.ljust(first), *padded]).rstrip())
    return lines


def _targets(summaries: Mapping[str, Summary], lang: Lang) -> tuple[list[Row], list[str]]:
    """Rows of the targets, and a sentence on each whose goal is not the same in all runs.

    Those of other accounts stand apart, since their tonnes say nothing of each other.
    """
    kinds: dict[tuple[object, ...], Summary] = {}
    for summary in summaries.values():
        for target in summary["targets"]:
            kinds.setdefault(_kind(target), target)
    rows: list[Row] = []
    differing: list[str] = []
    for kind, target in kinds.items():
        found = [
            (next((row for row in summary["targets"] if _kind(row) == kind), None), summary)
            for summary in summaries.values()
        ]
        alike = [other for other in kinds.values() if other["id"] == target["id"]]
        goals = _own_goals([row for row, _ in found], lang)
        name = target_name(target, lang)
        if any(goals):
            each = "; ".join(f"{run} {goal}" for run, goal in zip(summaries, goals, strict=True) if goal)
            differing.append(say("compare.goals", lang, name=name, goals=each))
            name = " / ".join(dict.fromkeys(target_name(row, lang) for row, _ in found if row))
        label = name
        if len({other.get("account") for other in alike}) > 1:
            label = say("compare.account", lang, name=label, account=target.get("account"))
        if len({other.get("year") for other in alike}) > 1:
            label = say("compare.year", lang, name=label, year=target.get("year"))
        rows += _target(label, found, goals, lang)
    return rows, differing


def _kind(target: Summary) -> tuple[object, ...]:
    return tuple(target.get(key) for key in _SAME)


def _own_goals(targets: Sequence[Summary | None], lang: Lang) -> list[str]:
    """The goal of each run in words where they differ; empty words where all ask for the same.

    Goals are compared as they are told: as shares where every run has one, else as changes from the base or as amounts.
    """
    found = [target for target in targets if target is not None]
    shares = all(target.get("share") for target in found)

    def goal(target: Summary) -> float:
        if shares:
            return float(target["share"]["wanted"])
        relative = TargetWords(target, lang).relative
        return float(target["cap"] / target["base"] - 1.0 if relative else target["cap"])

    def worded(target: Summary | None, decimals: int) -> str:
        if target is None:
            return ""
        if shares:
            return percent(target["share"]["wanted"], lang, decimals)
        return TargetWords(target, lang).outcome(target["cap"], decimals)

    first = goal(found[0])
    if all(isclose(goal(target), first, rel_tol=SAME_GOAL, abs_tol=SAME_GOAL) for target in found):
        return [""] * len(targets)
    whole = [worded(target, 0) for target in targets]
    return whole if len(set(filter(None, whole))) > 1 else [worded(target, 1) for target in targets]


def _target(label: str, found: Found, goals: Sequence[str], lang: Lang) -> list[Row]:
    """What each run leaves of a target, what it lacks, the share it reaches and how sure it is.

    Parameters
    ----------
    goals : sequence of str
        What each run aims at, where that is not the same in all of them.
    """

    def row(label: str, cell: Callable[[Summary, Summary], str | None]) -> Row:
        none = say("compare.none", lang)
        return label, [none if target is None else cell(target, summary) or none for target, summary in found]

    risky = any(target and target.get("certified") for target, _ in found)
    rows = [
        row(label, lambda target, _: TargetWords(target, lang).amount(target["residual"])),
        *([row(say("compare.judged", lang), lambda target, _: _judged(target, lang))] if risky else ()),
        row(say("compare.shortfall", lang), lambda target, _: TargetWords(target, lang).missing()),
    ]
    if any(goals):
        label, cells = rows[-1]
        said = [say("compare.goal", lang, shortfall=cell, goal=goal) for cell, goal in zip(cells, goals, strict=True)]
        rows[-1] = (label, [own if goal else cell for own, goal, cell in zip(said, goals, cells, strict=True)])
    wanted = {target["share"]["wanted"] for target, _ in found if target and target.get("share")}
    if wanted:
        goals = "; ".join(percent(share, lang) for share in sorted(wanted))
        rows.append(row(say("compare.share", lang, wanted=goals), lambda target, _: _share(target, lang)))
    if any(target and target.get("probability_met") is not None for target, _ in found):
        rows.append(row(say("compare.probability", lang), lambda target, summary: _probability(target, summary, lang)))
    return rows


def _money(amount: float | None, lang: Lang) -> str:
    return say("compare.none", lang) if amount is None else money(amount, lang)


def _judged(target: Summary, lang: Lang) -> str | None:
    """What a target under risk is judged by."""
    return TargetWords(target, lang).amount(target["judged"]) if target.get("certified") else None


def _share(target: Summary, lang: Lang) -> str | None:
    share = (target.get("share") or {}).get("plan")
    return None if share is None else percent(share, lang)


def _probability(target: Summary, summary: Summary, lang: Lang) -> str | None:
    share = target.get("probability_met")
    return None if share is None else probability(share, lang, (summary.get("stress") or {}).get("draws"))


def _plans(summaries: Sequence[Summary], lang: Lang) -> list[Row]:
    """Starts, money and gap of the plans."""
    none = say("compare.none", lang)
    rows = [(say("compare.starts", lang), [number(summary["starts"], lang) for summary in summaries])]
    rows.append((say("compare.npv", lang), [money(summary["cost"]["npv"], lang) for summary in summaries]))
    drawn = [summary["cost"].get("drawn") for summary in summaries]
    if any(drawn):
        rows.append((say("compare.npv.mean", lang), [money(row["npv_mean"], lang) if row else none for row in drawn]))
    years = {summary["cost"]["annual_year"] for summary in summaries}
    annual = [_money(summary["cost"].get("annual"), lang) for summary in summaries]
    if len(years) == 1:
        rows.append((say("compare.annual", lang, year=min(years)), annual))
    else:
        own = [say("compare.annual.in", lang, year=summary["cost"]["annual_year"]) for summary in summaries]
        cells = [f"{amount} {year}" for amount, year in zip(annual, own, strict=True)]
        rows.append((say("compare.annual.own", lang), cells))
    rows.append((say("compare.capex", lang), [money(summary["cost"]["capex_total"], lang) for summary in summaries]))
    gaps = [(summary.get("solver") or {}).get("gap") for summary in summaries]
    if any(gap is not None for gap in gaps):
        rows.append((say("compare.gap", lang), [none if gap is None else gap_shown(gap, lang) for gap in gaps]))
    return rows
