"""A plan under risk in the words of a planner: what it reaches on fresh draws, what that costs, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmscenario.plan import Verdict, judged_open, left_open
from rmscenario.reporting.language import Lang, money, number, percent, percent_asked, percent_reached, say
from rmscenario.reporting.risk_words import how_judged, outcome_on_draws, shares_of_draws, why_short
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


def wished_text(words: TargetWords, lang: Lang) -> list[str]:
    """What a target under risk comes to by its own measure, beside what is told by another; nothing of other targets."""
    if not words.target.get("certified"):
        return []
    state = say("summary.met" if words.target["met"] else "summary.missed", lang, shortfall=words.missing())
    return [say("judged.wished", lang, judged=judged_text(words, state, lang))]


def on_draws(target: Summary, outcome: str, lang: Lang) -> str:
    """An outcome of a target, with what of the draws it is where the target is judged by these."""
    certified = target.get("certified")
    if not certified:
        return outcome
    return outcome_on_draws(outcome, target["confidence"], certified["level"], lang)


def close(target: Summary) -> bool:
    """Whether the error of the draws leaves open if a target under risk is met.

    Parameters
    ----------
    target : mapping
        Its `cap`, its `confidence`, and what is `certified` of a plan.
    """
    certified = target["certified"]
    share, judged = certified["probability_met_interval"], certified["judged_interval"]
    return judged_open(target["confidence"], target["cap"], share=share, judged=judged)


def short_text(reached: Summary, mode: str, priced: bool, lang: Lang) -> list[str]:
    """Why a plan reaches less than is wished for; nothing where the draws cannot tell that it does, or nothing was chosen.

    Parameters
    ----------
    reached : mapping
        The share that is wished for, `confidence`, and of the plan `verdict`, `probability`, `chosen` and `furthest`.
    mode : what the plan is, as in the summary
    priced : whether a shortfall has a price
    """
    if reached["verdict"] in (None, Verdict.MET, Verdict.CLOSE):
        return []
    wanted = reached["confidence"]
    shown = shares_of_draws(lang, wanted, chosen=reached["chosen"], furthest=reached["furthest"])
    key = f"summary.certified.short.{why_short(reached['verdict'], mode, priced)}"
    return [say(key, lang, wanted=percent_asked(wanted, lang), **shown)]


def _unconfirmed(words: TargetWords, lang: Lang) -> list[str]:
    """That a mean is met on the draws that the plan was chosen on, where it is not on fresh ones."""
    certified = words.target["certified"]
    if certified["verdict"] != Verdict.UNCONFIRMED:
        return []
    return [say("summary.certified.tail.unconfirmed", lang, chosen=words.amount(certified["judged_chosen"]))]


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
        reached=percent_reached(certified["probability_met"], lang, reached["confidence"]),
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
            wanted=percent_asked(wanted, lang) if wanted is not None else how_judged(None, certified["level"], lang),
            **shares_of_draws(lang, wanted, reached=certified["probability_met"], low=low, high=high),
        )
    ]
    if wanted is None:
        lines += _unconfirmed(words, lang)
    else:
        reached = {
            "confidence": wanted,
            "probability": certified["probability_met"],
            "chosen": certified["probability_met_chosen"],
            "furthest": certified["furthest"],
            "verdict": certified["verdict"],
        }
        lines += short_text(reached, mode, bool(target.get("shortfall_price")), lang)
    if certified.get("cvar_before") is not None and not given:
        tail = certified["level"] > 0
        lines.append(
            say(
                "summary.certified.before" if tail else "summary.certified.before.mean",
                lang,
                before=percent_reached(certified["probability_met_before"], lang),
                worst=percent_asked(1.0 - certified["level"], lang),
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
    targets = {target["id"]: target for target in summary["targets"]}
    names = {target: target_name(row, lang) for target, row in targets.items()}
    priced = any(targets[target].get("shortfall_price") for target in joint["targets"])
    reached = joint | {"chosen": joint["probability_chosen"]}
    lines = [
        say(
            f"summary.certified.joint.{'given' if summary['mode'] in _GIVEN else 'chosen'}",
            lang,
            names=", ".join(f"“{names[target]}”" for target in joint["targets"]),
            wanted=percent_asked(joint["confidence"], lang),
            **shares_of_draws(
                lang, joint["confidence"], reached=joint["probability"], low=joint["low"], high=joint["high"]
            ),
        ),
        *short_text(reached, summary["mode"], priced, lang),
    ]
    if left_open((joint["low"], joint["high"]), joint["confidence"]):
        lines.append(say("summary.judged.close", lang))
    return lines


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
