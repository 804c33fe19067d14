"""Rounds played forward: sign one, see what comes of it, believe accordingly, plan the rest again, sign the next.

The same play with a world that is known from the beginning signs, round by round, what one plan for that world signs; and
with nothing allowed but the round that is signed, it plans as one that never looks further.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.blocks import Arrays
from rmscenario.emissions.structure import IntArray
from rmscenario.errors import NoPlanError
from rmscenario.planning.problem import Problem
from rmscenario.planning.rows import Rows, stacked
from rmscenario.recourse.valued import Valuer
from rmscenario.region import Region
from rmscenario.region.vocabulary import RoundStatus
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.agreed import agreed_rows
from rmscenario.worlds.learning import Learning, Prior
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.resolve import Resolved, Resolver
from rmscenario.worlds.stages import Stage, stages_of

#: What is known when a round is signed: the problem, given what has been agreed on and the last year that is over.
Belief = Callable[[IntArray, int | None], Problem]


def ends_of_rounds(region: Region) -> tuple[int, ...]:
    """Last years of the rounds that are still to be signed, in order."""
    return tuple(sorted(row.last_year for row in region.rounds if row.status in (RoundStatus.OPEN, RoundStatus.LATER)))


class Rounds:
    """Plans of a region, round by round.

    Parameters
    ----------
    plan : array (option)
        The plan whose cost terms a gap is a share of.
    """

    def __init__(self, of: WorldsOf, problem: Problem, plan: IntArray) -> None:
        self.of, self.problem, self.plan = of, problem, plan
        self.ends = ends_of_rounds(problem.region)
        self._kept: tuple[tuple[bytes, int | None, int | None], Resolver] | None = None

    def planned(
        self, believed: Problem, agreed: IntArray, end: int | None, known: Sequence[IntArray], until: int | None = None
    ) -> IntArray:
        """A plan by what is believed, after what has been agreed on by a year.

        Parameters
        ----------
        until : int, optional
            Last year in which anything may start.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        return self._resolver(agreed, end, until).solve(believed, known).choice

    def solved(self, problem: Problem, known: Sequence[IntArray]) -> Resolved:
        """One plan for all rounds of a problem.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        return self._resolver(self.problem.frame.structure.table.nothing_new(), None, None).solve(problem, known)

    def played(self, belief: Belief, agreed: IntArray, end: int | None, known: Sequence[IntArray] = ()) -> IntArray:
        """What has been agreed on when all rounds are over.

        Parameters
        ----------
        agreed : array (option)
            A plan that keeps the rows, whose starts by a year are agreed on.
        end : int or None
            Last year of the round that is over; None: all are still to be signed.
        known : sequence of array (option)
            Plans that may be better than what is found.
        """
        choice, over = agreed, (None, *self.ends)
        for last in over[over.index(end) : -1]:
            try:
                choice = self.planned(belief(choice, last), choice, last, [choice, *known])
            except NoPlanError:  # beyond what the solver could do: what was planned is kept
                continue
        return choice

    def myopic(self, problem: Problem) -> IntArray | None:
        """What has been agreed on when every round is planned as if none came after it; None if the rules then fail."""
        choice, end = self.problem.frame.structure.table.nothing_new(), None
        for last in self.ends:
            try:
                choice = self.planned(problem, choice, end, [choice], last)
            except NoPlanError:
                return None
            end = last
        return choice

    def _stages(self, problem: Problem) -> tuple[Stage, ...]:
        return stages_of(problem, self.of.mode, self.plan)

    def _resolver(self, agreed: IntArray, end: int | None, until: int | None) -> Resolver:
        """A resolver on a live master; the last one is kept, for worlds that agreed on the same."""
        table = self.problem.frame.structure.table
        start = np.asarray([state.start for state in table.states] + [np.iinfo(np.int64).max])
        signed = np.where(start[agreed] <= (-1 if end is None else end), agreed, -1)
        key = (signed.tobytes(), end, until)
        if self._kept is None or self._kept[0] != key:
            extra = [] if end is None else [agreed_rows(self.problem, agreed, end)]
            extra += [] if until is None else [_none_after(self.problem, until)]
            rows = stacked(tuple(extra), self.problem.frame.columns) if extra else None
            resolver = Resolver(
                self.problem, self._stages, agreed, extra=rows, gap=self.of.gap, nodes=self.of.nodes, refined=not extra
            )
            self._kept = key, resolver
        return self._kept[1]


def _none_after(problem: Problem, until: int) -> Rows:
    """One row that lets nothing start anew after a year."""
    table = problem.frame.structure.table
    start = np.asarray([state.start for state in table.states])
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    later = np.flatnonzero((start > until) & ~running[table.state_option])
    matrix = sparse.csr_array((np.ones(len(later)), (np.zeros_like(later), later)), (1, problem.frame.columns))
    return Rows(equation=0, labels=("not yet",), matrix=matrix, lower=np.asarray([-np.inf]), upper=np.zeros(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedIn:
    """The rounds played forward in worlds, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    signed : tuple (policy) of tuple (option)
        Plans that agree on the round that is signed now; what follows is planned again.
    skipped : int
        Worlds before the first: those that the policy was made with.
    """

    of: WorldsOf
    signed: tuple[tuple[int, ...], ...]
    end: int
    skipped: int

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return hashlib.sha256(f"{self.of.key} played {self.signed} {self.end} {self.skipped}".encode()).hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """What comes of the fixed plan and of the rounds as they are played in a world."""
        worlds = worlds_of(self.of)
        problem = worlds.problem
        fixed = problem.frame.structure.table.choice(self.of.plan)
        rounds, prior = Rounds(self.of, problem, fixed), Prior(worlds)
        plans = [np.asarray(plan, dtype=np.int64) for plan in self.signed]

        def in_world(number: int) -> Arrays:
            place = number + self.skipped

            def belief(choice: IntArray, end: int | None) -> Problem:
                if end is None:
                    return worlds.problem_of(prior.planned)
                return worlds.problem_of(Learning(worlds, choice, end, prior).believed(place))

            played = rounds.played(belief, plans[0], self.end, plans)
            valuer = Valuer(worlds.problem_of(worlds.world(place)))
            found: Arrays = {"changed": np.asarray(int((played != plans[0]).sum()))}
            for name, choice in (("fixed", fixed), ("played", played)):
                value, tonnes, residual = valuer.value(choice)
                found |= {f"{name}_value": np.asarray(value), f"{name}_tonnes": tonnes, f"{name}_residual": residual}
            return found

        return in_world
