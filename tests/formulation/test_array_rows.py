"""Rows that the planner builds as arrays, against the same equations written in Pyomo.

The coefficients of the Pyomo version come from the second copy of the formulas: each state is recomputed as a plan of
its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.repn import generate_standard_repn

from rmscenario.options import OptionTable
from rmscenario.plan import Plan, Start
from rmscenario.planning.limits import MILLION
from rmscenario.planning.problem import Problem
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.verify import recompute
from tests.formulation.listing import tiny

OUTLAY = {MoneyKind.CAPEX: "capex_outlay", MoneyKind.OPEX: "opex"}


@dataclass(frozen=True, kw_only=True)
class Master:
    """The states of a region as Pyomo variables, with what each costs alone."""

    region: Region
    table: OptionTable
    state: Any
    new: list[int]
    outlay: Callable[[MoneyKind, int, int], float]
    fte: Callable[[str, int, int], float]

    def of(self, unit: str | None) -> list[int]:
        """New states of the options that a unit carries, or of all."""
        return [s for s in self.new if unit in (None, self.table.options[self.table.states[s].option].unit)]


def master(problem: Problem) -> Master:
    region, table = problem.region, problem.frame.structure.table
    model = pyo.ConcreteModel()
    model.state = pyo.Var(range(len(table.states)), domain=pyo.Binary)
    new = [n for n, state in enumerate(table.states) if table.options[state.option].running is None]

    @cache
    def alone(number: int) -> tuple[str, Any]:
        state = table.states[number]
        initiative, unit = table.options[state.option].key
        start = Start(initiative=initiative, unit=unit, level=state.level, start=state.start)
        return f"{initiative}:{unit}", recompute(region, Plan(starts=(start,), solve=None))

    def outlay(kind: MoneyKind, number: int, year: int) -> float:
        option, books = alone(number)
        return float(books.money[OUTLAY[kind], option][books.years.index(year)])

    def fte(skill: str, number: int, year: int) -> float:
        option, books = alone(number)
        values = books.staff.get((option, skill))
        return 0.0 if values is None else float(values[books.years.index(year)])

    return Master(region=region, table=table, state=model.state, new=new, outlay=outlay, fte=fte)


def money(m: Master) -> Iterator[Any]:
    for row in m.region.budgets:
        spent = sum(m.outlay(row.kind, s, row.year) / MILLION * m.state[s] for s in m.of(row.unit))
        yield spent <= row.amount / MILLION


def staff(m: Master) -> Iterator[Any]:
    for row in m.region.staff_capacity:
        yield sum(m.fte(row.skill, s, row.year) * m.state[s] for s in m.of(row.unit)) <= row.fte


def starts(m: Master) -> Iterator[Any]:
    rounds = {row.round: range(row.first_year, row.last_year + 1) for row in m.region.rounds}
    own = {(row.round, row.unit) for row in m.region.start_limits}
    for row in m.region.start_limits:
        everyone = [unit.unit for unit in m.region.units if (row.round, unit.unit) not in own]
        for unit in everyone if row.unit is None else [row.unit]:
            yield (
                sum(
                    m.state[s]
                    for s in m.of(unit)
                    if m.table.states[s].start in rounds[row.round]
                    and not m.table.options[m.table.states[s].option].group_wide
                )
                <= row.at_most
            )


def outlay_shares(m: Master) -> Iterator[Any]:
    years = sorted({m.table.states[s].start for s in m.new})

    def gross(unit: str | None) -> Any:
        return sum(m.outlay(kind, s, t) / MILLION * m.state[s] for s in m.of(unit) for kind in OUTLAY for t in years)

    for row in m.region.outlay_shares:
        yield gross(row.unit) - row.max_share * gross(None) <= 0


@pytest.mark.parametrize(("equation", "family"), [(15, money), (16, staff), (17, starts), (21, outlay_shares)])
def test_array_rows_are_those_of_the_pyomo_version(equation: int, family: Callable[[Master], Iterator[Any]]) -> None:
    problem = tiny()
    (rows,) = (rows for rows in problem.rows if rows.equation == equation)
    written = list(family(master(problem)))
    assert len(written) == len(rows.labels) > 0
    states = len(problem.frame.structure.table.states)
    dense = rows.matrix.toarray()
    assert not dense[:, states:].any()
    for number, expression in enumerate(written):
        body, limit = expression.args
        found = generate_standard_repn(body)
        coefficients = np.zeros(states)
        for variable, value in zip(found.linear_vars, found.linear_coefs, strict=True):
            coefficients[variable.index()] = value
        np.testing.assert_allclose(
            dense[number, :states], coefficients, rtol=1e-9, atol=1e-12, err_msg=rows.labels[number]
        )
        assert rows.upper[number] == pytest.approx(limit, rel=1e-12)
        assert rows.lower[number] == -np.inf
