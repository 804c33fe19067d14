"""Every policy of a small region over two rounds: the outside answer for two-stage planning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.planning.planner import absolute_cost
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.recourse.rolling import Rounds
from rmscenario.recourse.tree import Tree, first_states
from rmscenario.region import Region
from rmscenario.region.risk import Uncertainty
from rmscenario.scenario.run_options import Sampler
from rmscenario.worlds.learning import end_of_round
from rmscenario.worlds.worlds import Worlds
from tests.planning.enumeration import MADE_UP
from tests.worlds.uncertain import enumerated, uncertain_region, worlds_of

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
MONEY = ("capex", "opex", "saving")
FEWEST, MOST = 30, 65_536
FEWEST_OPTIONS, MOST_OPTIONS = 4, 6
#: The first 50 seeds that give a case.
SEEDS = (
    9,
    13,
    14,
    19,
    24,
    29,
    30,
    31,
    35,
    37,
    39,
    40,
    41,
    44,
    46,
    48,
    52,
    63,
    66,
    68,
    72,
    79,
    82,
    85,
    87,
    93,
    95,
    96,
    98,
    104,
    105,
    110,
    111,
    112,
    115,
    118,
    122,
    124,
    127,
    128,
    137,
    139,
    146,
    150,
    151,
    155,
    170,
    171,
    172,
    173,
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A region with its worlds and their tree, and every choice of it that keeps the rules.

    Attributes
    ----------
    choices : array (choice, option)
    values : array (world, choice) [million DKK]
    """

    seed: int
    worlds: Worlds
    problems: tuple[Problem, ...]
    tree: Tree
    choices: IntArray
    values: FloatArray

    @property
    def problem(self) -> Problem:
        return self.worlds.problem

    @property
    def width(self) -> float:
        """What values may differ by [million DKK]."""
        return 1e-6 * max(absolute_cost(problem, self.choices[0]) for problem in self.problems)

    @property
    def rounds(self) -> Rounds:
        """Rounds of the first choice's plan, planned to a gap of nothing."""
        model, table = self.problem.region, self.problem.frame.structure.table
        of = worlds_of(model, Plan(starts=table.starts(self.choices[0])), self.seed)
        return Rounds(of, self.problem, self.choices[0])

    def number(self, choice: IntArray) -> int:
        """Number of a choice."""
        return int(np.flatnonzero((self.choices == choice).all(axis=1))[0])

    def by_first_round(self) -> Iterator[IntArray]:
        """Numbers of the choices that start the same in the round that is signed now."""
        now = np.where((self.choices != NONE) & self.tree.first[self.choices], self.choices, NONE)
        groups = defaultdict(list)
        for number, key in enumerate(map(bytes, np.ascontiguousarray(now))):
            groups[key].append(number)
        yield from (np.asarray(group) for group in groups.values())

    def best(self, allowed: npt.NDArray[np.bool_] | None = None) -> float:
        """Least average over all policies, one by one: every combination of later choices after every first round."""
        clusters, weight = self.tree.clusters, self.tree.weight
        by_cluster = self.tree.means(self.values) * weight[:, None]
        least = np.inf
        for group in self.by_first_round():
            if allowed is not None and not allowed[group].all():
                continue
            total = np.zeros(1)
            for cluster in range(clusters):
                total = np.add.outer(total, by_cluster[cluster, group]).ravel()
            least = min(least, float(total.min()))
        return least

    @property
    def policies(self) -> int:
        """How many there are."""
        return sum(len(group) ** self.tree.clusters for group in self.by_first_round())


def partition(worlds: int, dice: np.random.Generator) -> IntArray:
    """Any partition of worlds, numbered by first world."""
    found: list[int] = []
    for _ in range(worlds):
        found.append(int(dice.integers(0, max(found, default=-1) + 2)))
    return np.asarray(found)


def doubtful(model: Region) -> Region:
    """A region of which so little is known that later rounds differ from world to world."""
    return replace(
        model,
        effects=tuple(
            row.model_copy(update={"low": 0.0, "high": min(1.0, 3.0 * row.mode)})
            if row.mode > 0 and row.basis != "absolute"
            else row
            for row in model.effects
        ),
        uncertainty=(
            *(row for row in model.uncertainty if row.kind not in MONEY),
            *(
                Uncertainty(
                    kind=kind, subject=row.initiative, distribution="triangular", low=0.0, mode=1.0, high=4.0, **MADE_UP
                )
                for kind in MONEY
                for row in model.initiatives
            ),
        ),
    )


@cache
def found(seed: int) -> Case | None:
    """A case of 4 to 6 options, two rounds and 2 to 4 worlds with at most 65,536 policies; None if the seed gives none."""
    dice = np.random.default_rng(seed)
    model = doubtful(uncertain_region(seed, int(dice.choice([60, 150, 400]))))
    problem = build_problem(model)
    table, end = problem.frame.structure.table, end_of_round(model)
    new = [n for n, option in enumerate(table.options) if option.running is None and table.state_range(n)]
    if end is None or not FEWEST_OPTIONS <= len(new) <= MOST_OPTIONS:
        return None
    first = first_states(table, end)
    running = np.asarray([option.running is not None for option in table.options])
    if not first.any() or not (~first & ~running[table.state_option]).any():
        return None
    count = int(dice.integers(2, 5))
    worlds = Worlds(problem, seed=seed, sampler=Sampler.RANDOM)
    problems = tuple(worlds.problem_of(worlds.world(number)) for number in range(count))
    tables = [enumerated(one) for one in problems]
    kept = np.isfinite(tables[0][1])
    if not kept.any():
        return None
    one = Case(
        seed=seed,
        worlds=worlds,
        problems=problems,
        tree=Tree(first=first, cluster=partition(count, dice)),
        choices=tables[0][0].choices[kept],
        values=np.stack([values[kept] for _, values in tables]),
    )
    return one if one.tree.clusters > 1 and FEWEST <= one.policies <= MOST else None


def case(seed: int) -> Case:
    """A case that there is."""
    one = found(seed)
    assert one is not None
    return one
