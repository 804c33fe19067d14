"""A plan under risk in the words of a planner: what it reaches on fresh draws, what that costs, and what is proven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmscenario.reporting.language import Lang, money, number, percent, say
from rmscenario.reporting.targets import TargetWords, target_name

Summary = Mapping[str, Any]


def certified_texts(words: TargetWords, lang: Lang) -> list[str]:
    """What a plan reaches of a target on draws that no decision has seen, beside the plan for expected values."""
    target = words.target
    certified = target.get("certified")
    if not certified:
        return []
    low, high = certified["probability_met_interval"]
    wanted = target["confidence"]
    lines = [
        say(
            "summary.certified" if wanted is not None else "summary.certified.tail",
            lang,
            wanted=percent(wanted if wanted is not None else certified["level"], lang),
            reached=percent(certified["probability_met"], lang, 1),
            low=percent(low, lang, 1),
            high=percent(high, lang, 1),
        )
    ]
    if wanted is not None and high < wanted:
        lines.append(say("summary.certified.short", lang, wanted=percent(wanted, lang)))
    if certified.get("cvar_before") is not None:
        lines.append(
            say(
                "summary.certified.before",
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
            "summary.certified.joint",
            lang,
            names=", ".join(f"“{names[target]}”" for target in joint["targets"]),
            wanted=percent(joint["confidence"], lang),
            reached=percent(joint["probability"], lang, 1),
            low=percent(joint["low"], lang, 1),
            high=percent(joint["high"], lang, 1),
        )
    ]


def premium_text(summary: Summary, lang: Lang) -> str | None:
    """What certainty costs beside the plan for expected values; None for a plan at the modes."""
    risk = summary.get("risk")
    if not risk:
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
