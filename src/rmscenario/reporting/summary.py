"""A run in the words of a planner, from its `summary.json`.

Beside the fields every summary has, these are read where they are there: `confirmed`, `title`, of a target `name_da`,
`name_en`, `year` and `shortfall_background`, and `in_the_way`, a list of
`{family, rows_binding, binding, shortfall_lifted: {target: amount}}`, `binding` being a list of
`{label_da, label_en, used: [share]}`; of a target whose goal is a share `share: {plan, background, wanted}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import (
    Lang,
    brief,
    measured,
    money,
    number,
    percent,
    percent_beside,
    probability,
    say,
    scale_of,
)
from rmscenario.reporting.text import wrap

Summary = Mapping[str, Any]
#: Parts of the evidence, in reading order.
_PARTS = ("base", "background", "effect", "cost", "limits")


def _target_name(target: Summary, lang: Lang) -> str:
    return str(target.get(f"name_{lang.value}") or target["id"])


def _line(target: Summary, residual: str, state: str, lang: Lang) -> str:
    """A target's name, the year it is judged in (of a sum: its last), what is left and whether that is enough."""
    words = {"name": _target_name(target, lang), "residual": residual, "state": state}
    if target.get("year") is None:
        return say("summary.target", lang, **words)
    yearly = str(target["unit"]).endswith("/a")
    return say("summary.target.year" if yearly else "summary.target.until", lang, year=target["year"], **words)


def _share(target: Summary, residual: str, shortfall: str, lang: Lang) -> str:
    """A target whose goal is a share: the share first, then the amount that the plan aims at."""
    share: Summary = target["share"]
    shown = {key: percent(share[key], lang) for key in ("background", "wanted")}
    key = "summary.share.met" if target["met"] else "summary.share.missed"
    return say(
        "summary.share",
        lang,
        name=_target_name(target, lang),
        year=target["year"],
        plan=percent_beside(share["plan"], share["wanted"], lang),
        quantity=target[f"quantity_{lang.value}"],
        residual=residual,
        state=say(key, lang, shortfall=shortfall),
        **shown,
    )


def _where_we_end(summary: Summary, lang: Lang) -> list[str]:
    """Each target: what is left, how far it is, how sure."""
    lines = [say("summary.targets", lang)]
    targets: Sequence[Summary] = summary["targets"]
    draws = (summary.get("stress") or {}).get("draws")
    if not targets:
        return [*lines, *wrap(say("summary.targets.none", lang))]
    for target in targets:
        scale = scale_of(str(target["unit"]), max(abs(target["base"]), abs(target["residual"])), lang)
        residual = measured(target["residual"] * scale.factor, scale.unit, lang)
        if (
            target["base"] > 0 and target["cap"] > 0 and str(target["unit"]).endswith("/a")
        ):  # a sum has no base to change
            share, goal = (target[key] / target["base"] - 1.0 for key in ("residual", "cap"))
            change = percent(share, lang) if target["met"] else percent_beside(share, goal, lang)
            residual = say("summary.residual.change", lang, residual=residual, change=change)
        shortfall = measured(target["shortfall"] * scale.factor, scale.unit, lang)
        if (target.get("share") or {}).get("plan") is not None:
            text = _share(target, residual, shortfall, lang)
        else:
            state = say("summary.met" if target["met"] else "summary.missed", lang, shortfall=shortfall)
            text = _line(target, residual, state, lang)
        if target.get("probability_met") is not None:
            text += " " + say(
                "summary.probability", lang, probability=_probability(target, "probability_met", lang, draws)
            )
        if target.get("p05") is not None and target.get("p95") is not None:
            text += " " + say(
                "summary.range",
                lang,
                low=brief(target["p05"] * scale.factor, lang),
                high=measured(target["p95"] * scale.factor, scale.unit, lang),
            )
        lines += wrap(text)
    if summary.get("joint_probability") is not None and len(targets) > 1:
        joint = _probability(summary, "joint_probability", lang, draws)
        lines += wrap(say("summary.joint", lang, probability=joint))
    if any("±" in line for line in lines):
        lines += wrap(say("summary.between", lang))
    return lines


def _probability(row: Summary, key: str, lang: Lang, draws: int | None) -> str:
    """A probability with how far the interval of its draws reaches, where that is known."""
    known = f"{key}_low" in row
    return probability(row[key], lang, draws, (row[f"{key}_low"], row[f"{key}_high"]) if known else None)


def _what_it_costs(summary: Summary, lang: Lang) -> list[str]:
    cost: Summary = summary["cost"]
    lines = [say("summary.cost", lang)]
    npv = float(cost["npv"])
    values = {key: money(abs(float(cost[key])), lang) for key in ("gross", "savings_cashable", "savings_avoided")}
    years = cost["years"]
    span = f"{min(years)}–{max(years)}" if isinstance(years, list | tuple) and years else str(years)
    lines += wrap(
        say(
            "summary.npv.cost" if npv > 0 else "summary.npv.gain", lang, npv=money(abs(npv), lang), years=span, **values
        )
    )
    annual = float(cost["annual_2030"])
    lines += wrap(
        say(
            "summary.annual.cost" if annual > 0 else "summary.annual.gain",
            lang,
            year=cost["annual_year"],
            annual=money(abs(annual), lang),
            capex=money(float(cost["capex_total"]), lang),
        )
    )
    cashable_alone = float(cost["gross"]) - float(cost["savings_cashable"])
    lines += wrap(
        say(
            "summary.cashable.cost" if cashable_alone > 0 else "summary.cashable.gain",
            lang,
            amount=money(abs(cashable_alone), lang),
        )
    )
    return lines


def _in_the_way(summary: Summary, lang: Lang) -> list[str]:
    """Which limits hold the plan back; said only where the run looked and a target is missed."""
    found = summary.get("in_the_way")
    if found is None or all(target["met"] for target in summary["targets"]):
        return []
    lines = [say("summary.way", lang)]
    if not found:
        return [*lines, *wrap(say("summary.way.none", lang))]
    units = {target["id"]: target for target in summary["targets"]}
    for item in found:
        family = say(f"family.{item['family']}", lang)
        text = say("summary.way.family", lang, family=family)
        if item.get("rows_binding") is not None:
            text += " " + _used_up(item, lang)
        for identifier, shortfall in (item.get("shortfall_lifted") or {}).items():
            target = units[identifier]
            scale = scale_of(str(target["unit"]), max(abs(target["base"]), abs(target["residual"])), lang)
            text += " " + say(
                "summary.way.lifted",
                lang,
                name=_target_name(target, lang),
                shortfall=measured(shortfall * scale.factor, scale.unit, lang),
            )
        lines += wrap(text)
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


def _how_sure(summary: Summary, lang: Lang) -> list[str]:
    """How much rests on assumptions, and whether the plan is proven and checked."""
    lines = [say("summary.trust", lang)]
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
        lines += wrap(say("summary.assumed", lang, parts=", ".join(shares)))
    solver: Summary = summary.get("solver") or {}
    if solver.get("gap") is not None:
        lines += wrap(say("summary.gap", lang, gap=percent(_rounded_up(float(solver["gap"])), lang, 3)))
    verify: Summary = summary.get("verify") or {}
    if verify:
        lines += wrap(say("summary.verified" if verify["ok"] else "summary.not_verified", lang))
    return lines


def _rounded_up(gap: float) -> float:
    """A gap so that three decimals of a per cent claim no smaller one."""
    return ceil(round(gap * 1e5, 6)) / 1e5


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
    for part in (_where_we_end, _what_it_costs, _in_the_way, _how_sure):
        block = part(summary, lang)
        if block:
            lines += ["", *block]
    return "\n".join(lines) + "\n"
