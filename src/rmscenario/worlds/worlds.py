"""Worlds: one draw of everything uncertain, as a deterministic problem of the same options, states and rows.

What a draw changes is data in arrays: effects, lifts and absolute additions, the path of the background, how each start
comes, what it costs, what avoided quantities are worth. The rules of a world are those of the tables: money, staff and
numbers of starts are limits on what is agreed, so every policy chooses among the same plans in every world. A start that
comes late acts and costs later, one taken up in part costs all and does a part, one that never comes does neither; this is
what the stress test does to a fixed plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from rmscenario.emissions import BASE_YEAR, CutFrame, background_path, build_frame
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.money import MoneyTable, build_money
from rmscenario.options import OptionTable, deployed_effect, share_in_service
from rmscenario.planning.problem import Problem
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import (
    REPLICATE,
    SLIP,
    Draws,
    DrawSource,
    Latent,
    UncertainInputs,
    at_modes,
    option_ways,
    uncertain_inputs,
)

_SPENT = ("annuity", "opex", "capex_outlay")
_SAVED = ("saving_cashable", "saving_avoided")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One draw of everything: arrays as of `uncertainty.Draws`, without the dimension of the draws."""

    effect: FloatArray
    lift: FloatArray
    background: FloatArray
    capex: FloatArray
    opex: FloatArray
    saving: FloatArray
    metered: float
    delivered: npt.NDArray[np.int8]


class Worlds:
    """The worlds of a problem: world `n` is draw `n` of the stress test with the same seed.

    Parameters
    ----------
    problem : Problem
        At the modes, with every start on time.
    """

    def __init__(self, problem: Problem, *, seed: int, sampler: Sampler) -> None:
        region, structure = problem.region, problem.frame.structure
        self.problem = problem
        self.inputs: UncertainInputs = uncertain_inputs(region, structure.table)
        self.source = DrawSource(self.inputs, seed, sampler)
        self._known: tuple[int, Latent, Draws] | None = None
        self._late = [_late(region, problem, late) for late in range(int(SLIP.max()) + 1)]
        self._ways = option_ways(region, structure.table)
        self._paths = _paths(problem)
        numbers = {row.initiative: number for number, row in enumerate(region.initiatives)}
        initiatives = [numbers[option.initiative.initiative] for option in structure.table.options]
        self._initiative = np.asarray(initiatives, dtype=np.int64)[structure.table.state_option]

    def world(self, number: int) -> World:
        """World of a number: 0, 1, 2, …"""
        replicate, draw = divmod(number, REPLICATE)
        return _of_draw(self._replicate(replicate)[1], draw)

    def latent(self, replicate: int) -> Latent:
        """What the worlds of a replicate are made from."""
        return self._replicate(replicate)[0]

    def scores(self, count: int) -> tuple[tuple[str, ...], FloatArray]:
        """What the first worlds differ by: names of the common factors and inputs but delivery's, and their normal scores.

        Returns
        -------
        names, and array (name, world)
        """
        inputs, delivery = self.inputs.inputs, {risk.input for risk in self.inputs.risks}
        kept = [number for number in range(len(inputs)) if number not in delivery]
        factors = list(dict.fromkeys(item.factor for item in inputs if item.factor is not None))
        common = list(dict.fromkeys(factor for number in kept if (factor := inputs[number].factor) is not None))
        scores = np.empty((len(common) + len(kept), count))
        for first in range(0, count, REPLICATE):
            latent, size = self.latent(first // REPLICATE), min(REPLICATE, count - first)
            now = slice(first, first + size)
            for row, name in enumerate(common):
                scores[row, now] = latent.factors[factors.index(name), :size]
            for row, number in enumerate(kept, start=len(common)):
                item, own = inputs[number], ndtri(latent.own[number, :size])
                shared = 0.0 if item.factor is None else latent.factors[factors.index(item.factor), :size]
                scores[row, now] = np.sqrt(item.correlation) * shared + np.sqrt(1.0 - item.correlation) * own
        return (*common, *(inputs[number].name for number in kept)), scores

    def delivered(self, count: int) -> npt.NDArray[np.int8]:
        """How starts come in the first worlds: array (world, option) of `Delivered`."""
        return np.stack([self.world(number).delivered for number in range(count)])

    def _replicate(self, number: int) -> tuple[Latent, Draws]:
        """One replicate; the last one is kept."""
        if self._known is None or self._known[0] != number:
            latent = self.source.latent(number)
            self._known = number, latent, self.source.draws(latent)
        return self._known[1:]

    def planned(self) -> World:
        """The world that a plan is made for: inputs at their modes, money as in the tables, every start on time."""
        modes = _of_draw(at_modes(self.inputs), 0)
        tables = {name: np.ones_like(getattr(modes, name)) for name in ("capex", "opex", "saving")}
        return replace(modes, metered=1.0, **tables)

    def problem_of(self, world: World) -> Problem:
        """The problem of a world."""
        problem, structure = self.problem, self.problem.frame.structure
        option = structure.table.state_option
        way = option, world.delivered[option]
        slip, uptake, spent = self._ways.slip[way], self._ways.uptake[way], self._ways.spent[way]
        tables, moneys = zip(*self._late, strict=True)
        table = replace(
            structure.table,
            in_service=_late_rows([late.in_service for late in tables], slip, spent),
            effect=_late_rows([late.effect for late in tables], slip, uptake),
        )
        region = replace(
            problem.region,
            prices=tuple(
                row
                if row.kind is PriceKind.CARBON_VALUE
                else row.model_copy(update={"price": row.price * world.metered})
                for row in problem.region.prices
            ),
        )
        drawn = replace(
            structure,
            region=region,
            table=table,
            leaf_amount=self._amounts(world),
            term_effect=np.minimum(1.0, world.effect[structure.term_row] * structure.term_scale),
            lift_value=structure.lift_weight * world.lift[structure.lift_row],
            addition_amount=-world.effect[structure.addition_row] * structure.addition_share,
        )
        money = {
            name: _late_rows([getattr(late, name) for late in moneys], slip, share)
            for names, share in ((_SPENT, spent), (_SAVED, uptake))
            for name in names
        }
        capex, opex, saving = (factor[self._initiative][:, None] for factor in (world.capex, world.opex, world.saving))
        drawn_money = replace(
            problem.money,
            annuity=money["annuity"] * capex,
            capex_outlay=money["capex_outlay"] * capex,
            opex=money["opex"] * opex,
            saving_cashable=money["saving_cashable"] * saving,
            saving_avoided=money["saving_avoided"] * saving,
        )
        return replace(problem, region=region, frame=drawn_frame(drawn), money=drawn_money)

    def _amounts(self, world: World) -> FloatArray:
        """Amounts of the leaves before effects: array (leaf, year)."""
        amount = np.empty_like(self.problem.frame.structure.leaf_amount)
        for leaves, bases, rows, weights, fixed in self._paths:
            amount[leaves] = bases[:, None] * (fixed + world.background[rows] @ weights)
        return amount


def drawn_frame(structure: Structure) -> CutFrame:
    """The frame of a structure whose effects are drawn.

    Tables refuse effects that enablers lift above everything there is; a draw may, and is cut off there.
    """
    frame = build_frame(structure)
    return replace(frame, lift_change=np.maximum(frame.lift_change, -frame.share[frame.lift_entry]))


def _of_draw(draws: Draws, draw: int) -> World:
    return World(
        effect=draws.effect[:, draw].copy(),
        lift=draws.lift[:, draw].copy(),
        background=draws.background[:, draw].copy(),
        capex=draws.capex[:, draw].copy(),
        opex=draws.opex[:, draw].copy(),
        saving=draws.saving[:, draw].copy(),
        metered=float(draws.metered[draw]),
        delivered=draws.delivered[:, draw].copy(),
    )


def _late(region: Region, problem: Problem, late: int) -> tuple[OptionTable, MoneyTable]:
    """Deployment and money of all states when every new start comes so many years late."""
    table = problem.frame.structure.table
    if late == 0:
        return table, problem.money
    states = tuple(
        state if table.options[state.option].running is not None else replace(state, start=state.start + late)
        for state in table.states
    )
    in_service, effect = np.zeros_like(table.in_service), np.zeros_like(table.effect)
    for number, state in enumerate(states):
        initiative = table.options[state.option].initiative
        in_service[number] = share_in_service(initiative, state.level, state.start, table.years)
        effect[number] = deployed_effect(initiative, state.level, state.start, table.years)
    shifted = replace(table, states=states, in_service=in_service, effect=effect)
    return shifted, build_money(region, shifted)


def _late_rows(late: list[FloatArray], slip: IntArray, share: FloatArray) -> FloatArray:
    """Rows of the states, as late and in the share that their starts come: array (state, year)."""
    found = late[0].copy()
    for years, rows in enumerate(late):
        found[slip == years] = rows[slip == years]
    return found * share[:, None]


#: Leaves, their base amounts, rows of `background`, weights (row, year), and the weight of the base year (year).
_Path = tuple[IntArray, FloatArray, IntArray, FloatArray, FloatArray]


def _paths(problem: Problem) -> list[_Path]:
    """Leaves of equal background: a path is linear between its rows, so it is a weighted sum of their values."""
    structure, region = problem.frame.structure, problem.region
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, leaf in enumerate(structure.leaves):
        alike[leaf.category, structure.streams[leaf.stream].quantity].append(number)
    paths = []
    for (category, quantity), leaves in alike.items():
        rows, weights = background_path(region, category, quantity, structure.table.years)
        drawn = rows != BASE_YEAR
        bases = np.asarray([structure.leaves[leaf].base for leaf in leaves])
        fixed: FloatArray = weights[~drawn].sum(axis=0)
        paths.append((np.asarray(leaves, dtype=np.int64), bases, rows[drawn], weights[drawn], fixed))
    return paths
