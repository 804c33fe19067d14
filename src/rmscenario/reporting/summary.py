"""A run in the words of a planner, from its `summary.json`.

Beside the fields every summary has, these are read where they are there: `confirmed`, `title`, of a target `name_da`,
`name_en`, `year` and `shortfall_background`, and `in_the_way`, a list of
`{family, rows_binding, binding, shortfall_lifted: {target: amount}}`, `binding` being a list of
`{label_da, label_en, used: [share]}`; of a target whose goal is a share `share: {plan, background, wanted}`; `reach`, what
everything started at its earliest gives, and of the cost `drawn`, how it comes out on draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import ceil
from typing import Any

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import (
    Lang,
    money,
    number,
    percent,
    percent_beside,
    probability,
    say,
)
from rmscenario.reporting.targets import TargetWords
from rmscenario.reporting.text import Told, told_lines, wrap
from rmscenario.reporting.under_risk import (
    at_modes,
    certified_texts,
    joint_texts,
    judged_text,
    premium_text,
    proven_text,
    reach_text,
)

Summary = Mapping[str, Any]
#: Parts of the evidence, in reading order.
_PARTS = ("base", "background", "effect", "cost", "limits")
#: [1] The certainty, as `reduction_with_certainty` names it, with which what is reached is said.
CERTAINTY = "0.8"
#: What `in_the_way` calls the lifting of every family at once.
ALL_FAMILIES = "all"


def _line(words: TargetWords, state: str, lang: Lang) -> str:
    """A target's name, the year it is judged in (of a sum: its last), what is left and whether that is enough."""
    target = words.target
    said = {"name": words.name, "residual": words.left(target["residual"]), "state": state}
    if target.get("year") is None:
        return say("summary.target", lang, **said)
    yearly = str(target["unit"]).endswith("/a")
    return say("summary.target.year" if yearly else "summary.target.until", lang, year=target["year"], **said)


def share_texts(target: Summary, lang: Lang) -> tuple[str, str, str] | None:
    """Of a target whose goal is a share: without new initiatives, in the plan, wanted; None of other targets."""
    share = target.get("share") or {}
    if share.get("plan") is None:
        return None
    plan = percent_beside(share["plan"], share["wanted"], lang)
    return percent(share["background"], lang), plan, percent(share["wanted"], lang)


def _share(words: TargetWords, shares: tuple[str, str, str], lang: Lang) -> str:
    """A target whose goal is a share: the share first, then the amount that the plan aims at."""
    target = words.target
    background, plan, wanted = shares
    key = "summary.share.met" if target["met"] else "summary.share.missed"
    return say(
        "summary.share",
        lang,
        name=words.name,
        year=target["year"],
        background=background,
        plan=plan,
        wanted=wanted,
        quantity=target[f"quantity_{lang.value}"],
        residual=words.left(target["residual"]),
        state=judged_text(words, say(key, lang, shortfall=words.missing()), lang),
    )


def _on_paper(words: TargetWords, lang: Lang) -> list[str]:
    """What the target's account will show, where that is something else than what is emitted."""
    target = words.target
    shown = target.get("residual_on_paper", target["residual"])
    if words.is_nothing(shown - target["residual"]):
        return []
    return [say("summary.on_paper", lang, physical=words.outcome(target["residual"]), shown=words.outcome(shown))]


def _drawn(words: TargetWords, draws: int | None, mode: str, lang: Lang) -> list[str]:
    """How sure a target is, where it was stress tested: the plan's own figure is no middle of what may come."""
    target, lines = words.target, []
    if target.get("probability_met") is not None and not _alone(target):
        lines.append(
            say("summary.probability", lang, probability=probability_text(target, "probability_met", lang, draws))
        )
    lines += certified_texts(words, mode, lang)
    if target.get("p05") is not None and target.get("p95") is not None:
        low, high, median = words.bare(target["p05"]), words.amount(target["p95"]), words.left(target["p50"])
        lines.append(say("summary.range", lang, low=low, high=high, median=median))
    certain = (target.get("reduction_with_certainty") or {}).get(CERTAINTY)
    if certain is not None:
        left = words.outcome((1.0 - certain) * target["base"])
        lines.append(say("summary.certain", lang, certainty=percent(float(CERTAINTY), lang), left=left))
    return lines


def _alone(target: Summary) -> bool:
    """Whether a probability is that of the plan's own certification, which says it itself."""
    return bool(target.get("certified")) and "probability_met_low" not in target


def where_we_end(summary: Summary, lang: Lang) -> Told:
    """Each target: what is left, how far it is, how sure."""
    lines: list[str] = []
    targets: Sequence[Summary] = summary["targets"]
    draws = (summary.get("stress") or {}).get("draws")
    if not targets:
        lines.append(say("summary.targets.none", lang))
    for target in targets:
        words = TargetWords(target, lang)
        if (shares := share_texts(target, lang)) is not None:
            text = _share(words, shares, lang)
        else:
            shortfall = words.missing()
            state = say("summary.met" if target["met"] else "summary.missed", lang, shortfall=shortfall)
            text = _line(words, judged_text(words, state, lang), lang)
        lines.append(" ".join([text, *_on_paper(words, lang), *_drawn(words, draws, str(summary["mode"]), lang)]))
    if summary.get("joint_probability") is not None and len(targets) > 1:
        joint = probability_text(summary, "joint_probability", lang, draws)
        lines.append(say("summary.joint", lang, probability=joint))
    lines += joint_texts(summary, lang)
    if any("±" in line for line in lines):
        lines.append(say("summary.between", lang))
    if any(target.get("p50") is not None for target in targets):
        lines.append(say("summary.modes", lang))
    return Told(heading=say("summary.targets", lang), sentences=tuple(lines))


def probability_text(row: Summary, key: str, lang: Lang, draws: int | None) -> str:
    """A probability with how far the interval of its draws reaches, where that is known."""
    known = f"{key}_low" in row
    return probability(row[key], lang, draws, (row[f"{key}_low"], row[f"{key}_high"]) if known else None)


def what_it_costs(summary: Summary, lang: Lang) -> Told:
    """Net and gross, a year's money, the capital, and what holds if no budget is lowered."""
    cost: Summary = summary["cost"]
    lines: list[str] = []
    npv = float(cost["npv"])
    values = {key: money(abs(float(cost[key])), lang) for key in ("gross", "savings_cashable", "savings_avoided")}
    first, last = min(cost["years"]), max(cost["years"])
    key = "summary.npv.cost" if npv > 0 else "summary.npv.gain"
    lines.append(say(key, lang, npv=money(abs(npv), lang), years=f"{first}–{last}", **values))
    if cost.get("drawn"):
        lines.append(_cost_drawn(cost["drawn"], lang))
    if premium := premium_text(summary, lang):
        lines.append(premium)
    annual = float(cost["annual"])
    key = "summary.annual.cost" if annual > 0 else "summary.annual.gain"
    lines.append(say(key, lang, year=cost["annual_year"], annual=money(abs(annual), lang)))
    text = say("summary.capex", lang, capex=money(float(cost["capex_total"]), lang), last=last)
    if beyond := cost.get("capex_beyond_budgets"):
        years = sorted({beyond["first_year"], beyond["last_year"]})
        amount = money(beyond["amount"], lang)
        text += " " + say(
            "summary.capex.beyond", lang, amount=amount, years="–".join(map(str, years)), budget=beyond["last_budget"]
        )
    lines.append(text)
    cashable_alone = float(cost["gross"]) - float(cost["savings_cashable"])
    key = "summary.cashable.cost" if cashable_alone > 0 else "summary.cashable.gain"
    lines.append(say(key, lang, amount=money(abs(cashable_alone), lang)))
    return Told(heading=say("summary.cost", lang), sentences=tuple(lines))


def _cost_drawn(drawn: Summary, lang: Lang) -> str:
    """The net on the draws: its mean, 9 of 10 outcomes, and how often more capital is paid than planned."""
    gains = drawn["npv_mean"] <= 0
    sign, (low, high) = (-1.0, ("npv_p95", "npv_p05")) if gains else (1.0, ("npv_p05", "npv_p95"))
    shown = {key: money(sign * drawn[name], lang) for key, name in (("mean", "npv_mean"), ("low", low), ("high", high))}
    overrun = probability(drawn["overrun_probability"], lang)
    return say("summary.npv.drawn.gain" if gains else "summary.npv.drawn.cost", lang, overrun=overrun, **shown)


def in_the_way(summary: Summary, lang: Lang) -> Told | None:
    """Which limits hold the plan back, and what no plan can reach; said only where a target is missed."""
    found, reached = summary.get("in_the_way"), summary.get("reach")
    if found is None or all(target["met"] for target in summary["targets"]):
        return None
    lines: list[str] = []
    words = {target["id"]: TargetWords(target, lang) for target in summary["targets"]}
    if not found:
        lines.append(say("summary.way.none" if reached is None else "summary.way.none_used", lang))
    nearest: dict[str, float] = {}
    if (split := summary.get("shortfalls")) and any(item.get("shortfall_lifted") for item in found):
        aim = split["target"]
        nearest[aim] = split["nearest"]["shortfalls"][aim]
        amounts = {"nearest": nearest[aim], "plan": split["plan"][aim]}
        shown = {key: words[aim].amount(value) for key, value in amounts.items()}
        lines += at_modes(words[aim].target, lang, "summary.way.at_modes")
        lines.append(say("summary.way.nearest", lang, name=words[aim].name, **shown))
    for item in found:
        family = say(f"family.{item['family']}", lang)
        text = say("summary.way.family", lang, family=family)
        if item.get("rows_binding") is not None:
            text += " " + _used_up(item, lang)
        for identifier, shortfall in (item.get("shortfall_lifted") or {}).items():
            text += " " + _lifted(words[identifier], shortfall, nearest.get(identifier), item["family"], lang)
        lines.append(text)
    lines += _out_of_reach(reached or (), words, lang)
    return Told(heading=say("summary.way", lang), sentences=tuple(lines))


def _lifted(words: TargetWords, shortfall: float, nearest: float | None, family: str, lang: Lang) -> str:
    """What the nearest plan lacks without a family of limits, and by how much that is less than with all of them."""
    less = ""
    if nearest is not None:
        key = "summary.way.less.none" if words.is_nothing(nearest - shortfall) else "summary.way.less"
        less = say(key, lang, less=words.amount(nearest - shortfall))
    key = "summary.way.lifted.all" if family == ALL_FAMILIES else "summary.way.lifted"
    return say(key, lang, name=words.name, shortfall=words.amount(shortfall), less=less)


def _out_of_reach(reached: Sequence[Summary], words: Mapping[str, TargetWords], lang: Lang) -> list[str]:
    """What everything started at its earliest leaves of missed targets: the first in full, the others by name.

    Targets under risk stand apart: what is said of them is of their own measure.
    """
    alike: dict[tuple[str, bool], list[Summary]] = {}
    for row in reached:
        if row["target"] in words and not words[row["target"]].target["met"]:
            alike.setdefault((row["verdict"], bool(row.get("certified"))), []).append(row)
    lines = []
    for key in product(("out_of_reach", "doubtful", "within_reach"), (False, True)):
        if key not in alike:
            continue
        first, *others = alike[key]
        text = reach_text(words[first["target"]], first, lang)
        if others:
            names = "; ".join(words[row["target"]].name for row in others)
            text += " " + say("summary.way.alike", lang, names=names)
        lines.append(text)
    return lines


def _used_up(item: Summary, lang: Lang) -> str:
    """Which limits of a family are used up, and how far."""
    if not item["rows_binding"]:
        return say("summary.way.none_used", lang)
    which = "; ".join(
        say("summary.way.row", lang, label=row[f"label_{lang.value}"], used=_between(row["used"], lang))
        for row in item["binding"]
    )
    key = "summary.way.rows.one" if item["rows_binding"] == 1 else "summary.way.rows"
    return say(key, lang, rows=number(item["rows_binding"], lang), which=which)


def _between(shares: Sequence[float], lang: Lang) -> str:
    """Shares as per cent, from the least to the largest."""
    least, largest = percent(min(shares), lang), percent(max(shares), lang)
    return largest if least == largest else f"{number(100 * min(shares), lang)}–{largest}"


def how_sure(summary: Summary, lang: Lang) -> Told:
    """How much rests on assumptions, and whether the plan is proven and checked."""
    lines: list[str] = []
    evidence: Summary = summary.get("evidence") or {}
    shares = [
        say(
            f"summary.evidence.{part}",
            lang,
            share=percent(float(evidence[part].get(Grade.ASSUMPTION.value, 0.0)), lang),
        )
        for part in _PARTS
        if evidence.get(part)
    ]
    if shares:
        lines.append(say("summary.assumed", lang, parts=", ".join(shares)))
    solver: Summary = summary.get("solver") or {}
    if proven := proven_text(summary, lang):
        lines.append(proven)
    elif solver.get("gap") is not None:
        lines.append(say("summary.gap", lang, gap=gap_shown(float(solver["gap"]), lang)))
    verify: Summary = summary.get("verify") or {}
    if verify:
        lines.append(say("summary.verified" if verify["ok"] else "summary.not_verified", lang))
    return Told(heading=say("summary.trust", lang), sentences=tuple(lines))


def gap_shown(gap: float, lang: Lang) -> str:
    """A gap as per cent, whose decimals claim no smaller one."""
    return percent(ceil(round(gap * 1e5, 6)) / 1e5, lang, 3)


def summary_text(summary: Summary, lang: Lang) -> str:
    """A run's summary for the terminal: where it ends, what it costs, what is in the way, what it rests on.

    Parameters
    ----------
    summary : mapping
        The content of `summary.json`; amounts in the units used inside.
    """
    starts = summary["starts"]
    count = starts if isinstance(starts, int) else len(starts)
    lines = [say("summary.title", lang, scenario=summary.get("title") or summary["scenario"])]
    if not summary.get("confirmed", False):
        lines.append(NOT_CONFIRMED[lang.value])
    lines += wrap(say("summary.starts" if count else "summary.starts.none", lang, starts=number(count, lang)), "")
    for part in (where_we_end, what_it_costs, in_the_way, how_sure):
        if told := part(summary, lang):
            lines += ["", *told_lines(told)]
    return "\n".join(lines) + "\n"
