"""Hard targets of wishes that no plan was found to keep, made soft: what comes nearest to keeping them.

A search that holds tails begins with plans that keep a hard target in the mean or in a tail, which a plan need not that keeps
it in a share of the draws. Made soft, at a price above everything else, a target is kept as far as it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Mode, absolute_cost
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.confident import Confident
from rmscenario.risk.wishes import Wish, wishes

#: [1] What a shortfall of the whole base costs in a year, in multiples of all money that everything at its earliest moves.
DEAR = 100.0


def add_nearest(search: Confident, arranged: Arranged, asked: Sequence[Wish]) -> bool:
    """Add to a pool what is found where hard targets of wishes are soft at a high price; returns whether anything is."""
    hard = {line.target.target: line.base for wish in asked for line in wish.lines if line.target.hard}
    if not hard or arranged.stop():
        return False
    problem = arranged.problem
    everything = absolute_cost(problem, problem.frame.structure.table.everything())
    dear = {name: DEAR * everything * MILLION / max(1.0, abs(base)) for name, base in hard.items()}
    targets = tuple(
        row.model_copy(update={"hard": False, "shortfall_price": dear[row.target]}) if row.target in dear else row
        for row in problem.region.targets
    )
    options = replace(arranged.options, mode=Mode.PRICED)
    softer = Arranged(
        replace(problem.region, targets=targets), options, arranged.risk, arranged.progress, arranged.stop
    )
    confidences = {wish.names: wish.confidence for wish in asked}
    loose = tuple(
        replace(wish, confidence=confidences[wish.names]) for wish in wishes(softer.problem.lines, arranged.risk.joint)
    )
    near = Confident(softer, loose, None)
    near.plan()
    arranged.tail_groups += softer.tail_groups
    for one in near.pool:
        assert one.plan.solve is not None
        solve = replace(one.plan.solve, relaxation_prices=())  # they hang on the price that was set here
        search.add(replace(one, plan=replace(one.plan, solve=solve)), one.choice, asked)
    return bool(near.pool)
