"""Which follow-up of the round that is signed next is worth most: what it may change in the plan of the rounds after.

The plans to choose from are those that the next round may end in: what it starts is the same in all of them, and the later
rounds are planned anew by what is believed after it in some worlds. All are evaluated exactly in other worlds, and each
indicator is judged by how much better they can be chosen among with what it shows, errors of measurement included.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from rmscenario.blocks import Arrays, Pool, run_blocks
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError
from rmscenario.learning.information import information, of_amount, of_kind
from rmscenario.learning.observations import ASSUMED_ERROR
from rmscenario.learning.promised import Promised, promised
from rmscenario.options.deployment import deployed_effect
from rmscenario.options.options import NONE, Option
from rmscenario.planning.limits import MILLION
from rmscenario.recourse.valued import ValuedIn
from rmscenario.region.vocabulary import Shows
from rmscenario.regret.run import Change, changes_between
from rmscenario.rounds.rows import IN_SERVICE
from rmscenario.uncertainty import REPLICATE, SLIP, Delivered, name_keys, uniforms
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.agreed import agreed_rows
from rmscenario.worlds.learning import Learning, agreed_by, end_of_round
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.resolve import Resolver
from rmscenario.worlds.stages import stages_of
from rmscenario.worlds.worlds import Worlds

#: How the name of a background's input begins.
BACKGROUND = "background:"
#: [1] Worlds for each input, from which first-order influences of inputs are taken out of the values.
CONTROLLED = 4
#: Worlds in a block: few, as a plan takes a second of each.
BLOCK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedIn:
    """Plans made anew after the next round, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    skipped : int
        Worlds before the first.
    """

    of: WorldsOf
    end: int
    skipped: int

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return hashlib.sha256(f"{self.of.key} adapted {self.end} {self.skipped}".encode()).hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """The plan that is believed to be best after the round in a world."""
        worlds = worlds_of(self.of)
        problem = worlds.problem
        plan = problem.frame.structure.table.choice(self.of.plan)
        resolver = Resolver(
            problem,
            partial(stages_of, mode=self.of.mode, plan=plan),
            plan=plan,
            extra=agreed_rows(problem, plan, self.end),
            gap=self.of.gap,
            nodes=self.of.nodes,
            refined=False,
        )
        learning = Learning(worlds, plan, self.end)

        def in_world(number: int) -> Arrays:
            believed = worlds.problem_of(learning.believed(number + self.skipped))
            try:
                return {"choice": resolver.solve(believed, [plan]).choice.astype(np.int32)}
            except NoPlanError:  # beyond what the solver could do: what was planned is kept
                return {"choice": plan.astype(np.int32)}

        return in_world


class Sign(StrEnum):
    """What is seen."""

    EFFECT = "effect"
    DELIVERY = "delivery"
    BACKGROUND = "background"  # what grids and suppliers did by themselves, from published factors


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicated:
    """An indicator of an option, or what moves by itself.

    Attributes
    ----------
    indicator : str
        Id of the region's indicator, `share_in_service`, or of a background its category or correlation group.
    initiative, unit : str or None
        None of a background.
    seen : float [1]
        Share of the worlds in which there is anything to see by the end of the round.
    flips : float [1]
        Chance that it changes what is planned after the round.
    worth, error : float [DKK]
    changes : tuple of Change
        What the plan that it most often leads to starts otherwise than the one without it.
    """

    indicator: str
    initiative: str | None
    unit: str | None
    shows: Sign
    seen: float
    flips: float
    worth: float
    error: float
    changes: tuple[Change, ...]

    @property
    def sure(self) -> bool:
        """Whether its worth is told apart from nothing, by two standard errors."""
        return self.worth > 2 * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What follow-up of the next round is worth.

    Attributes
    ----------
    plans : int
        Different plans that are chosen among.
    everything, everything_error : float [DKK]
        What it would be worth to know the world: no indicator, and not all together, are worth more.
    indicators : tuple of Indicated
        Those of most worth first.
    """

    end: int
    worlds: int
    plans: int
    everything: float
    everything_error: float
    indicators: tuple[Indicated, ...]


def find_worth(
    of: WorldsOf,
    *,
    worlds: int,
    plans: int,
    pool: Pool | None = None,
    progress: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Worth | None:
    """What follow-up is worth, Eq. (40); None if it was stopped, or there is no round to follow up.

    Parameters
    ----------
    worlds : int
        In which plans are evaluated.
    plans : int
        Further worlds, in each of which a plan is made.
    progress : callable
        Told how many worlds are done, of both.
    """
    end = end_of_round(of.region)
    if end is None:
        return None
    at = worlds_of(of)
    table = at.problem.frame.structure.table
    plan = table.choice(of.plan)
    made = run_blocks(
        AdaptedIn(of=of, end=end, skipped=worlds), plans, block=BLOCK, pool=pool, progress=progress, stop=stop
    )
    if len(made.numbers) < plans:
        return None
    choices = _different([plan, *made.arrays["choice"].astype(np.int64)])
    valued = ValuedIn(of=of, policies=choices[:, None, :], cluster=np.zeros(worlds, dtype=np.int64))
    done = run_blocks(valued, worlds, block=BLOCK, pool=pool, progress=lambda count: progress(plans + count), stop=stop)
    if len(done.numbers) < worlds:
        return None
    values = done.arrays["value"] * MILLION
    found = _Judged(at, of, end, choices, values)
    best = values[:, int(values.mean(axis=0).argmin())] - values.min(axis=1)
    return Worth(
        end=end,
        worlds=worlds,
        plans=len(choices),
        everything=float(best.mean()),
        everything_error=float(best.std() / np.sqrt(max(1, worlds - 1))),
        indicators=tuple(sorted(found.indicators(), key=lambda each: (-each.worth, -each.flips))),
    )


def _different(choices: Sequence[IntArray]) -> IntArray:
    """Choices, each once, in the order of their first place."""
    return np.stack([np.asarray(choice) for choice in dict.fromkeys(tuple(choice.tolist()) for choice in choices)])


class _Signal(NamedTuple):
    """What an indicator shows in worlds, and the names of what it moves with; delivery moves with no input."""

    shows: Sign
    regressors: FloatArray
    seen: float
    tied: frozenset[str]


class _Judged:
    """Indicators of a plan's next round, judged by the values of plans in worlds; the plan itself is the first of them."""

    def __init__(self, worlds: Worlds, of: WorldsOf, end: int, choices: IntArray, values: FloatArray) -> None:
        self.of, self.end, self.choices, self.values = of, end, choices, values
        self.plan = choices[0]
        self.region = worlds.problem.region
        self.table = worlds.problem.frame.structure.table
        drawn = [worlds.world(number) for number in range(len(values))]
        self.effect = np.stack([world.effect for world in drawn])
        self.names, self.scores = worlds.scores(len(values))
        self.slopes = self._slopes()
        self.inputs = worlds.inputs
        self.delivered = np.stack([world.delivered for world in drawn])

    def _slopes(self) -> FloatArray:
        """What values hang on the normal scores of inputs, to first order: array (input, plan)."""
        if len(self.values) < CONTROLLED * (len(self.names) + 1):
            return np.zeros((len(self.names), self.values.shape[1]))
        given = np.column_stack([np.ones(len(self.values)), self.scores.T])
        return np.asarray(np.linalg.lstsq(given, self.values, rcond=None)[0][1:], dtype=np.float64)

    def _tied(self, name: str) -> frozenset[str]:
        """Names of what moves with an input or a common factor, itself among them."""
        factor = next((item.factor for item in self.inputs.inputs if item.name == name), name)
        members = {item.name for item in self.inputs.inputs if item.factor is not None and item.factor == factor}
        return frozenset({name, *members, *([factor] if factor is not None else [])})

    def _controlled(self, tied: frozenset[str]) -> FloatArray:
        """Values without what comes, to first order, of inputs that are not tied to what is seen: array (world, plan).

        Scores have mean 0, so that means stay what they are; what is left varies less.
        """
        free = np.asarray([name not in tied for name in self.names], dtype=bool)
        found: FloatArray = self.values - self.scores[free].T @ self.slopes[free]
        return found

    def indicators(self) -> list[Indicated]:
        """Every indicator of every option that acts by the end of the round, and every background."""
        found = [
            self._background(number, name) for number, name in enumerate(self.names) if self._moves_by_itself(name)
        ]
        of = promised(self.region)
        agreed = agreed_by(self.table, self.plan, self.end)
        for number, option in enumerate(self.table.options):
            if agreed[number]:
                kinds = self.delivered[:, number].astype(np.int64)
                found.append(
                    self._indicated(IN_SERVICE, option, _Signal(Sign.DELIVERY, of_kind(kinds), 1.0, frozenset()))
                )
            elif option.running is None:
                continue
            initiative = option.initiative.initiative
            for indicator in self.region.indicators:
                if indicator.initiative == initiative and indicator.shows is Shows.EFFECT and initiative in of:
                    signal = self._signal(indicator.indicator, number, of[initiative])
                    seen = float((~np.isnan(signal)).mean())
                    if seen > 0:
                        shown = _Signal(Sign.EFFECT, of_amount(signal), seen, self._tied(f"effect:{initiative}"))
                        found.append(self._indicated(indicator.indicator, option, shown))
        return found

    def _moves_by_itself(self, name: str) -> bool:
        """Whether a name is of a background that has no common factor, or of the common factor of some."""
        inputs = self.inputs.inputs
        backgrounds = [item for item in inputs if item.name.startswith(BACKGROUND)]
        return any(name == (item.name if item.factor is None else item.factor) for item in backgrounds)

    def _background(self, number: int, name: str) -> Indicated:
        signal = _Signal(Sign.BACKGROUND, of_amount(self.scores[number]), 1.0, self._tied(name))
        return self._indicated(name.partition(":")[2], None, signal)

    def _signal(self, indicator: str, number: int, of: Promised) -> FloatArray:
        """Observed realisations in the worlds, with errors of measurement; NaN where nothing is in service."""
        option = self.table.options[number]
        row, mean = of.rows[0], of.means[0]
        deployed = np.asarray([self._deployed(option, number, way) for way in Delivered])[self.delivered[:, number]]
        count = len(self.values)
        keys = name_keys([f"follow-up:{indicator}:{option.unit}"], self.of.seed)
        replicates = range(-(-count // REPLICATE))
        noise = np.concatenate([uniforms(keys, n, self.of.sampler)[0] for n in replicates])[:count]
        with np.errstate(divide="ignore", invalid="ignore"):
            signal = self.effect[:, row] / mean + ASSUMED_ERROR / deployed * ndtri(noise)
        return np.where(deployed > 0, signal, np.nan)

    def _deployed(self, option: Option, number: int, way: Delivered) -> float:
        """Share of the full effect at the end of the round, if the start comes so."""
        state = int(self.plan[number])
        if state == NONE or way is Delivered.NEVER:
            return 0.0
        start, late = self.table.states[state], 0 if option.running is not None else int(SLIP[way])
        return float(deployed_effect(option.initiative, start.level, start.start + late, [self.end])[0])

    def _indicated(self, indicator: str, option: Option | None, signal: _Signal) -> Indicated:
        found = information(self._controlled(signal.tied), signal.regressors)
        without = int(self.values.mean(axis=0).argmin())
        others = Counter(number for number in found.chosen.tolist() if number != without)
        leads = others.most_common(1)[0][0] if others else without
        initiative, unit = (None, None) if option is None else option.key
        return Indicated(
            indicator=indicator,
            initiative=initiative,
            unit=unit,
            shows=signal.shows,
            seen=signal.seen,
            flips=found.flips,
            worth=found.worth,
            error=found.error,
            changes=changes_between(self.table, self.choices[without], self.choices[leads]),
        )
