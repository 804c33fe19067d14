"""How sure soft targets could be: a soft one is given up where tonnes are dearer than its price, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rmscenario.risk.arranged import Arranged
from rmscenario.risk.confident import Confident
from rmscenario.risk.wishes import Wish, wishes

#: Times that what lies between the share that is reached and the one that is asked for is halved.
HALVED = 6


def add_surest(search: Confident, arranged: Arranged, asked: Sequence[Wish]) -> bool:
    """Add to a pool what is found where soft targets that no plan of it reaches have to be kept; returns whether any are.

    Asked for more and more, until no plan is found that keeps it.
    """
    given_up = {
        line.target.target
        for wish in asked
        if search.furthest(wish) < wish.confidence
        for line in wish.lines
        if not line.target.hard
    }
    if not given_up or arranged.stop():
        return False
    region = arranged.problem.region
    # How sure a target is, is said of its own year: later ones need not be kept for that.
    kept = tuple(
        row.model_copy(update={"hard": True, "until": row.year}) if row.target in given_up else row
        for row in region.targets
    )
    harder = Arranged(replace(region, targets=kept), arranged.options, arranged.risk, arranged.progress, arranged.stop)
    confidences = {wish.names: wish.confidence for wish in asked}
    firm = tuple(
        replace(wish, confidence=confidences[wish.names]) for wish in wishes(harder.problem.lines, arranged.risk.joint)
    )
    surer = Confident(harder, firm, None)
    surer.pool = search.pool
    for number, wish in enumerate(firm):
        least, most = surer.furthest(wish, firm), wish.confidence
        for _ in range(HALVED):
            if least >= most:
                break
            more = replace(wish, confidence=(least + most) / 2)
            surer.nearby((*firm[:number], more, *firm[number + 1 :]))
            reached = surer.furthest(wish, firm)
            least, most = (reached, most) if reached >= more.confidence else (max(least, reached), more.confidence)
    return True
