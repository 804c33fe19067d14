"""What can never be met, and what is met already: answers that need no solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine, build_frame, build_structure, evaluate, target_lines
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.explain.aim import judged_years
from rmscenario.explain.earliest import Logic, at_earliest, logic_of
from rmscenario.explain.influence import BoolArray, influence
from rmscenario.options import build_options
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.region import Region


class Reachable(StrEnum):
    """What is known of a target before anything is planned."""

    MET_ALREADY = "met_already"  # in every year it holds (on draws: in its year), without any new start
    WITHIN_REACH = "within_reach"  # by what starts at its earliest, if money, staff and starts allow
    DOUBTFUL = "doubtful"  # not by what starts at its earliest; no proof that nothing else does
    OUT_OF_REACH = "out_of_reach"  # by no plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a target can be from its cap, in its year (cumulative: summed until its last year).

    Attributes
    ----------
    bare, background, earliest, bound : float [the quantity's unit]
        Residual without any initiative, with the running ones alone, with everything that lowers it started at its
        earliest, and below which no plan comes.
    plan : Plan
        New starts behind `earliest`.
    impossible_in : int or None
        First year in which no plan keeps the cap.
    """

    target: str
    hard: bool
    year: int
    base: float
    cap: float
    bare: float
    background: float
    earliest: float
    bound: float
    plan: Plan
    verdict: Reachable
    impossible_in: int | None

    @property
    def starts(self) -> int:
        """Number of new starts behind `earliest`."""
        return len(self.plan.starts)

    @property
    def no_plan(self) -> bool:
        """Whether the target is a hard one that no plan keeps: there is no plan at all."""
        return self.hard and self.impossible_in is not None

    def change(self, residual: float) -> float | None:
        """Change of a residual from the target's base [1]; None where there is nothing to measure from."""
        return residual / self.base - 1.0 if self.base > 0 else None


def reach(region: Region) -> tuple[Reach, ...]:
    """What each active target can come to, money, staff and numbers of starts left aside, in table order.

    Everything that lowers the target's quantity starts as early as windows, rounds and prerequisites allow; of two
    initiatives that exclude each other the better one; what raises it starts only as a duty. This is nearly always the
    lowest residual there is. `bound` is proven: each remaining share of Eq. (2) at its least, whatever the rules say.
    """
    table = build_options(region, judged_years(region))
    structure = build_structure(region, table)
    logic = logic_of(region, table)
    least = _least(structure)
    background = evaluate(structure, table.nothing_new()).leaf
    return tuple(_reach(structure, logic, line, least, background) for line in target_lines(structure))


def _reach(structure: Structure, logic: Logic, line: TargetLine, least: FloatArray, background: FloatArray) -> Reach:
    table = structure.table
    choice = lowest(structure, logic, line)
    at = line.position
    earliest = line.residual(evaluate(structure, choice).leaf)
    bound = np.minimum(line.residual(least), earliest)
    judged = np.flatnonzero(line.held) if not line.cumulative else np.asarray([at])
    before = line.residual(background)
    never = [int(table.years[t]) for t in judged if not is_met(float(bound[t]), line.cap, line.base)]
    if all(is_met(float(before[t]), line.cap, line.base) for t in judged):
        verdict = Reachable.MET_ALREADY
    elif is_met(float(earliest[at]), line.cap, line.base):
        verdict = Reachable.WITHIN_REACH
    elif is_met(float(bound[at]), line.cap, line.base):
        verdict = Reachable.DOUBTFUL
    else:
        verdict = Reachable.OUT_OF_REACH
    return Reach(
        target=line.target.target,
        hard=line.target.hard,
        year=int(table.years[at]),
        base=line.base,
        cap=line.cap,
        bare=float(line.residual(structure.leaf_amount)[at]),
        background=float(before[at]),
        earliest=float(earliest[at]),
        bound=float(bound[at]),
        plan=Plan(starts=table.starts(choice)),
        verdict=verdict,
        impossible_in=never[0] if never else None,
    )


def _least(structure: Structure) -> FloatArray:
    """Amounts below which no choice brings any leaf: array (leaf, year) [the stream's unit]."""
    table = structure.table
    frame = build_frame(structure)
    products = np.vstack([frame.product(frame.least)[:, frame.year_column], np.ones((1, len(table.years)))])
    leaf: FloatArray = structure.leaf_amount * products[structure.leaf_pool]
    for option, into, amount in zip(
        structure.addition_option.tolist(),
        structure.addition_leaf.tolist(),
        structure.addition_amount.tolist(),
        strict=True,
    ):
        states = amount * table.effect[table.state_range(option)]
        if table.options[option].running is None:
            states = np.vstack([states, np.zeros(len(table.years))])
        leaf[into] += states.min(axis=0)
    return leaf


def lowest(structure: Structure, logic: Logic, line: TargetLine) -> IntArray:
    """The choice that starts at its earliest what lowers a target, and nothing that raises it but duties."""
    table = logic.table

    def residual(wanted: BoolArray) -> float:
        return float(line.residual(evaluate(structure, at_earliest(logic, wanted)).leaf)[line.position])

    moves = influence(structure, line)
    nothing = np.zeros(len(table.options), dtype=bool)
    background = residual(nothing)

    def gain(option: int) -> float:
        return background - residual(_with_needs(logic, _only(nothing, option)))

    wanted = moves.lowers | logic.duties
    for option in np.flatnonzero(moves.lowers & moves.raises & ~logic.duties).tolist():
        wanted[option] = gain(option) > 0
    wanted = _better_of_two(logic, _with_needs(logic, wanted), gain)
    # What raises the quantity may be in it all the same, as a prerequisite or because it lowers something as well.
    best = residual(wanted)
    for option in np.flatnonzero(wanted & (moves.raises | ~moves.lowers) & ~logic.duties).tolist():
        without = wanted.copy()
        without[option] = False
        if (value := residual(without)) < best:
            wanted, best = without, value
    return _necessary(logic, at_earliest(logic, wanted), moves.moves | logic.duties)


def _only(nothing: BoolArray, option: int) -> BoolArray:
    chosen = nothing.copy()
    chosen[option] = True
    return chosen


def _with_needs(logic: Logic, wanted: BoolArray) -> BoolArray:
    """The wanted options and all that they need, directly or not."""
    closed = wanted.copy()
    open_ones = np.flatnonzero(wanted).tolist()
    while open_ones:
        for need in logic.needs[open_ones.pop()]:
            for other in need.any_of:
                if not closed[other]:
                    closed[other] = True
                    open_ones.append(other)
    return closed


def _better_of_two(logic: Logic, wanted: BoolArray, gain: Callable[[int], float]) -> BoolArray:
    """The wanted options without the lesser of each pair that excludes each other: running, then duties, then gain."""
    options = logic.table.options
    pairs = [pair for pair in logic.excluded if all(wanted[n] or options[n].running is not None for n in pair)]
    rivals = sorted({number for pair in pairs for number in pair})
    rank = {
        number: (options[number].running is not None, bool(logic.duties[number]), gain(number)) for number in rivals
    }
    kept = wanted.copy()
    refused: set[int] = set()
    for number in sorted(rivals, key=lambda n: rank[n], reverse=True):
        if number not in refused:
            refused |= {other for pair in pairs if number in pair for other in pair if other != number}
    kept[sorted(refused)] = False
    return kept


def _necessary(logic: Logic, choice: IntArray, moving: BoolArray) -> IntArray:
    """A choice without the starts that neither move the target nor let another start that does."""
    started = choice != NONE
    kept = _with_needs(logic, moving & started)
    pruned: IntArray = np.where(kept | ~started, choice, NONE)
    running = [number for number, option in enumerate(logic.table.options) if option.running is not None]
    pruned[running] = choice[running]
    return pruned
