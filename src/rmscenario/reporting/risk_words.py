"""How a target under risk is judged, in words."""

from __future__ import annotations

from rmscenario.plan import Verdict
from rmscenario.reporting.language import Lang, percent_asked, percent_reached, say

#: What a summary calls a plan that prices what is missing.
PRICED = "priced"
#: Of such a plan: a shortfall without a price spares nothing.
UNPRICED = "unpriced"


def how_judged(confidence: float | None, level: float, lang: Lang) -> str:
    """What the amount that comes next is of the draws.

    Parameters
    ----------
    confidence : float or None [1]
        Share of the draws that shall meet the target; None: the mean of the tail counts.
    level : float [1]
        Level of the tail; 0 for the mean of all draws.
    """
    if confidence is not None:
        return say("judged.share", lang, wanted=percent_asked(confidence, lang))
    return say("judged.tail", lang, worst=percent_asked(1.0 - level, lang)) if level > 0 else say("judged.mean", lang)


def shares_of_draws(lang: Lang, asked: float | None, **shares: float) -> dict[str, str]:
    """Shares of the draws in per cent, told apart from the one `asked` for."""
    return {key: percent_reached(share, lang, asked) for key, share in shares.items()}


def outcome_on_draws(outcome: str, confidence: float | None, level: float, lang: Lang) -> str:
    """An outcome with what of the draws it is; parameters as of `how_judged`."""
    if confidence is not None:
        return say("judged.or_better", lang, outcome=outcome, wanted=percent_asked(confidence, lang))
    return say("judged.outcome", lang, outcome=outcome, how=how_judged(None, level, lang))


def why_short(verdict: str, mode: str, priced: bool) -> str:
    """Why a wish is not met, as the texts name it.

    Parameters
    ----------
    verdict : a `Verdict`, or how a summary writes it
    mode : what the plan is, as in the summary
    priced : whether a shortfall of any of the targets has a price
    """
    if verdict != Verdict.PRICED:
        return str(verdict)
    return UNPRICED if mode == PRICED and not priced else mode
