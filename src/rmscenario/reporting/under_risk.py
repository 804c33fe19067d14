"""A plan under risk in the words of a planner: what it reaches on fresh draws, what that costs, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmscenario.reporting.language import Lang, money, number, percent, say
from rmscenario.reporting.risk_words import how_judged
from rmscenario.reporting.targets import TargetWords, target_name

Summary = Mapping[str, Any]
#: What a plan is that nothing was chosen in: it is judged by what is wished for, and no more is said of it.
_GIVEN = ("everything", "nothing_more")


def judged_text(words: TargetWords, state: str, lang: Lang) -> str:
    """Whether a target is met, in the words of its own measure; `state` is that without them."""
    target = words.target
    certified = target.get("certified")
    if not certified:
        return state
    how = how_judged(target["confidence"], certified["level"], lang)
    said = say("summary.judged", lang, how=how, judged=words.amount(target["judged"]), state=state)
    return " ".join([said, say("summary.judged.close", lang)]) if close(target) else said


def on_draws(target: Summary, outcome: str, lang: Lang) -> str:
    """An outcome of a target, with what of the draws it is where the target is judged by these."""
    certified = target.get("certified")
    if not certified:
        return outcome
    if (wanted := target["confidence"]) is not None:
        return say("judged.or_better", lang, outcome=outcome, wanted=percent(wanted, lang))
    return say("judged.outcome", lang, outcome=outcome, how=how_judged(None, certified["level"], lang))


def close(target: Summary) -> bool:
    """Whether the error of the draws leaves open if a target under risk is met.

    Parameters
    ----------
    target : mapping
        Its `cap`, its `confidence`, and what is `certified` of a plan.
    """
    certified = target["certified"]
    share = target["confidence"] is not None
    low, high = certified["probability_met_interval" if share else "judged_interval"]
    return bool(low <= (target["confidence"] if share else target["cap"]) <= high and low < high)


def short_text(reached: Summary, furthest: float | None, mode: str, lang: Lang) -> list[str]:
    """Why a plan reaches less than is wished for; nothing where the draws cannot tell that it does.

    Parameters
    ----------
    reached : mapping
        The share that is wished for, `confidence`, and the one reached: `probability`, and `high`, the upper end of its interval.
    """
    wanted = reached["confidence"]
    if reached["high"] >= wanted or furthest is None or mode in _GIVEN:
        return []
    shown = {"wanted": percent(wanted, lang)}
    if furthest < wanted:
        surest = percent(max(furthest, reached["probability"]), lang, 1)
        return [say("summary.certified.short.unfound", lang, furthest=surest, **shown)]
    return [say(f"summary.certified.short.{mode}", lang, **shown)]


def at_modes(target: Summary, lang: Lang, key: str = "summary.at_modes") -> list[str]:
    """That amounts are not of the draws, where a target is judged by these."""
    return [say(key, lang)] if target.get("certified") else []


def reach_text(words: TargetWords, reached: Summary, lang: Lang) -> str:
    """What everything started at its earliest leaves of a missed target, by the measure that the target is judged by.

    Parameters
    ----------
    reached : mapping
        A row of `reach` in the summary.
    """
    said = {"name": words.name, "year": reached["year"]}
    verdict, certified = reached["verdict"], reached.get("certified")
    if not certified:
        earliest, cap = words.outcome(reached["earliest"], 1), words.outcome(reached["cap"], 1)
        return say(f"summary.way.{verdict}", lang, earliest=earliest, cap=cap, **said)
    text = say(
        "summary.way.risk",
        lang,
        how=how_judged(reached["confidence"], certified["level"], lang),
        earliest=words.amount(reached["judged"]),
        cap=words.amount(reached["cap"]),
        reached=percent(certified["probability_met"], lang, 1),
        **said,
    )
    lines = [text, say(f"summary.way.risk.{verdict}", lang)]
    return " ".join([*lines, say("summary.judged.close", lang)] if close(reached) else lines)


def certified_texts(words: TargetWords, mode: str, lang: Lang) -> list[str]:
    """What a plan reaches of a target on draws that no decision has seen, beside the plan for expected values.

    Parameters
    ----------
    mode : str
        What the plan is, as in the summary.
    """
    target = words.target
    certified = target.get("certified")
    if not certified:
        return []
    low, high = certified["probability_met_interval"]
    wanted = target["confidence"]
    given = mode in _GIVEN
    lines = [
        say(
            f"summary.certified.{'tail' if wanted is None else 'share'}.{'given' if given else 'chosen'}",
            lang,
            wanted=percent(wanted, lang) if wanted is not None else how_judged(None, certified["level"], lang),
            reached=percent(certified["probability_met"], lang, 1),
            low=percent(low, lang, 1),
            high=percent(high, lang, 1),
        )
    ]
    if wanted is not None:
        reached = {"confidence": wanted, "probability": certified["probability_met"], "high": high}
        why = "unpriced" if mode == "priced" and not target.get("shortfall_price") else mode
        lines += short_text(reached, certified["furthest"], why, lang)
    if certified.get("cvar_before") is not None and not given:
        tail = certified["level"] > 0
        lines.append(
            say(
                "summary.certified.before" if tail else "summary.certified.before.mean",
                lang,
                before=percent(certified["probability_met_before"], lang, 1),
                worst=percent(1.0 - certified["level"], lang),
                cvar_before=words.left(certified["cvar_before"]),
                cvar=words.left(certified["cvar"]),
            )
        )
    return lines


def joint_texts(summary: Summary, lang: Lang) -> list[str]:
    """What a plan reaches of all targets together, where it was asked for that."""
    joint = (summary.get("risk") or {}).get("joint")
    if not joint:
        return []
    names = {target["id"]: target_name(target, lang) for target in summary["targets"]}
    return [
        say(
            f"summary.certified.joint.{'given' if summary['mode'] in _GIVEN else 'chosen'}",
            lang,
            names=", ".join(f"“{names[target]}”" for target in joint["targets"]),
            wanted=percent(joint["confidence"], lang),
            reached=percent(joint["probability"], lang, 1),
            low=percent(joint["low"], lang, 1),
            high=percent(joint["high"], lang, 1),
        ),
        *short_text(joint, joint["furthest"], summary["mode"], lang),
    ]


def premium_text(summary: Summary, lang: Lang) -> str | None:
    """What certainty costs beside the plan for expected values; None of a plan that risk had no part in choosing."""
    risk = summary.get("risk")
    if not risk or risk["premium_npv"] is None or summary.get("mode") in _GIVEN:
        return None
    starts = risk["premium_starts"]
    return say(
        "summary.premium.more" if risk["premium_npv"] >= 0 else "summary.premium.less",
        lang,
        premium=money(abs(risk["premium_npv"]), lang),
        starts=number(abs(starts), lang),
        direction=say("summary.premium.added" if starts >= 0 else "summary.premium.dropped", lang),
    )


def proven_text(summary: Summary, lang: Lang) -> str | None:
    """How much dearer than the cheapest a plan with a confidence can be; None where nothing is known of it."""
    risk = summary.get("risk")
    if not risk or risk.get("bound") is None:
        return None
    return say(
        "summary.proven",
        lang,
        most=money(max(0.0, risk["value"] - risk["bound"]), lang),
        certain=percent(risk["bound_certainty"], lang),
        draws=number(risk["bound_draws"], lang),
    )
