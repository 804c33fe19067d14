"""What is known of a world when the next round is signed, and what is then believed of the rest of it.

Seen at the end of a round: how each of its starts came or will come, the effect and the money of every initiative that
acts in some unit by then, the background (one draw moves a category's whole path, so its first years give it away) and
the worth of what is avoided. What is not seen keeps its place within what is left of its spread: given seen members of its
correlation group, the normal score of an input has a mean `a · μ` and a variance `b² + a² · s²`, with loading
`a = √ρ`, `b² = 1 − ρ`, and the factor's mean `μ` and variance `s²` after what was seen; the figure that was planned with,
at the score `z`, becomes the one at `a · μ + z · √(b² + a² · s²)`. Where nothing was seen that is the planned figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.region import Region
from rmscenario.region.vocabulary import RoundStatus
from rmscenario.uncertainty import REPLICATE, SLIP, Delivered, Drawn, Scores
from rmscenario.uncertainty.inputs import FIXED
from rmscenario.uncertainty.marginals import LARGEST_SCORE
from rmscenario.worlds.worlds import World, Worlds

#: Scores at which a distribution is tabulated to find the score of a value.
_GRID = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, 4097)


def end_of_round(region: Region) -> int | None:
    """Last year of the round that is signed next; None if none is open."""
    return next((row.last_year for row in region.rounds if row.status is RoundStatus.OPEN), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Inputs that share a common factor: their numbers, loadings and what they have of their own."""

    members: IntArray
    loading: FloatArray
    rest: FloatArray


def agreed_by(table: OptionTable, choice: IntArray, end: int) -> npt.NDArray[np.bool_]:
    """Options that a choice starts anew by the end of a year: array (option) bool."""
    start = np.asarray([table.states[state].start if state != NONE else end + 1 for state in choice.tolist()])
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    return ~running & (start <= end)


class Prior:
    """What is believed before anything is seen: the planned figures, their normal scores, and what moves together."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds, self.planned = worlds, worlds.planned()
        # Delivery has common factors of its own; later starts are believed to come on time, as they are planned.
        inputs = worlds.inputs.inputs
        factors = list(dict.fromkeys(item.factor for item in inputs if item.factor is not None))
        self.groups: list[_Group] = []
        for name in factors:
            members = np.asarray([n for n, item in enumerate(inputs) if item.factor == name], dtype=np.int64)
            correlation = np.asarray([inputs[n].correlation for n in members.tolist()])
            self.groups.append(_Group(members=members, loading=np.sqrt(correlation), rest=np.sqrt(1.0 - correlation)))
        self.scores = {name: _scores_of(drawn, figures) for name, drawn, figures in self.kinds(self.planned)}

    def kinds(self, world: World) -> list[tuple[str, Sequence[Drawn], FloatArray]]:
        """Values of a world that hang on inputs, by kind, with the rows they are drawn for."""
        of = self.worlds.inputs
        return [
            ("effect", of.effects, world.effect),
            ("lift", of.lifts, world.lift),
            ("capex", of.capex, world.capex),
            ("opex", of.opex, world.opex),
            ("saving", of.saving, world.saving),
        ]


class Learning:
    """What a plan's rounds up to a year teach.

    Parameters
    ----------
    choice : array (option)
        The plan.
    end : int
        Last year of the round that is over.
    prior : Prior, optional
        Of the worlds, where it is known already.
    """

    def __init__(self, worlds: Worlds, choice: IntArray, end: int, prior: Prior | None = None) -> None:
        self.worlds, self.choice, self.end = worlds, choice, end
        self.prior = prior or Prior(worlds)
        self.table: OptionTable = worlds.problem.frame.structure.table
        self.running = np.asarray([option.running is not None for option in self.table.options], dtype=bool)
        self.first_round = agreed_by(self.table, choice, end)
        self.start = np.asarray([0 if state == NONE else self.table.states[state].start for state in choice.tolist()])

    def believed(self, number: int) -> World:
        """What is believed of a world when the next round is signed."""
        world = self.worlds.world(number)
        mean, spread, seen = self._after(number, world)
        found, planned = {}, self.prior.planned
        for name, drawn, true in self.prior.kinds(world):
            values = getattr(planned, name).copy()
            for row, item in enumerate(drawn):
                if item.input == FIXED:
                    continue
                if seen[item.input]:
                    values[row] = true[row]
                elif mean[item.input] != 0.0 or spread[item.input] != 1.0:
                    score = mean[item.input] + spread[item.input] * self.prior.scores[name][row]
                    values[row] = float(item.marginal.quantiles(Scores.of(np.asarray([score])))[0])
            found[name] = values
        delivered = np.where(self.first_round, world.delivered, np.int8(Delivered.ON_TIME))
        return replace(planned, **found, background=world.background, metered=world.metered, delivered=delivered)

    def _after(self, number: int, world: World) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
        """Mean and standard deviation of each input's normal score after what was seen, and whether it was seen."""
        inputs = self.worlds.inputs
        seen = self.seen(world)
        mean, spread = np.zeros(len(inputs.inputs)), np.ones(len(inputs.inputs))
        replicate, draw = divmod(number, REPLICATE)
        latent = self.worlds.latent(replicate)
        for factor, group in enumerate(self.prior.groups):
            here = seen[group.members]
            if not here.any():
                continue
            common = float(latent.factors[factor, draw])
            own = ndtri(latent.own[group.members, draw])
            sure = here & (group.rest == 0.0)
            if sure.any():
                middle, variance = common, 0.0
            else:
                loading, rest = group.loading[here], group.rest[here]
                scores = loading * common + rest * own[here]
                precision = 1.0 + float((loading**2 / rest**2).sum())
                middle, variance = float((loading / rest**2 * scores).sum()) / precision, 1.0 / precision
            mean[group.members] = group.loading * middle
            spread[group.members] = np.sqrt(group.rest**2 + group.loading**2 * variance)
        return mean, spread, seen

    def seen(self, world: World) -> npt.NDArray[np.bool_]:
        """Which inputs the rounds that are over show in a world: array (input) bool."""
        of = self.worlds.inputs
        comes = (world.delivered != Delivered.NEVER) & (self.start + SLIP[world.delivered] <= self.end)
        arrives = self.first_round & comes
        acting = {self.table.options[n].initiative.initiative for n in np.flatnonzero(arrives | self.running).tolist()}
        region = self.worlds.problem.region
        seen = np.zeros(len(of.inputs), dtype=bool)

        def show(drawn: Sequence[Drawn], shown: Sequence[bool]) -> None:
            seen[
                [item.input for item, is_shown in zip(drawn, shown, strict=True) if is_shown and item.input != FIXED]
            ] = True

        show(of.effects, [row.initiative in acting for row in region.effects])
        show(of.lifts, [row.initiative in acting and row.enabler in acting for row in region.enablers])
        own = [row.initiative in acting for row in region.initiatives]
        for drawn in (of.capex, of.opex, of.saving):
            show(drawn, own)
        show(of.backgrounds, [True] * len(of.backgrounds))
        show([of.metered], [True])
        return seen


def _scores_of(drawn: Sequence[Drawn], figures: FloatArray) -> FloatArray:
    """Normal scores at which distributions take given values: array (row)."""
    grid, found = Scores.of(_GRID), np.zeros(len(drawn))
    for row, item in enumerate(drawn):
        if item.input != FIXED:
            values = item.marginal.quantiles(grid)
            rising = values if values[-1] >= values[0] else -values
            found[row] = float(np.interp(figures[row] if rising is values else -figures[row], rising, _GRID))
    return found
