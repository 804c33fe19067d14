"""How a target under risk is judged, in words."""

from __future__ import annotations

from rmscenario.reporting.language import Lang, percent, say


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
        return say("judged.share", lang, wanted=percent(confidence, lang))
    return say("judged.tail", lang, worst=percent(1.0 - level, lang)) if level > 0 else say("judged.mean", lang)
