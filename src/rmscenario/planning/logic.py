"""The small readable families of the master, as Pyomo equations that mirror `docs/formulation.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from rmscenario.emissions import CutFrame
from rmscenario.errors import NoPlanError
from rmscenario.options import Option, OptionTable
from rmscenario.planning.rows import INFINITY, Rows
from rmscenario.region import Region
from rmscenario.region.vocabulary import PrerequisiteScope

Family = Callable[[pyo.ConcreteModel, Region, OptionTable], Iterator[tuple[str, Any]]]


def one_state(model: pyo.ConcreteModel, _: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """One state per option, Eq. (13); "none" is what the states leave over, and a running option has no "none"."""
    for number, option in enumerate(table.options):
        states = table.state_range(number)
        if states:
            chosen = sum(model.state[s] for s in states)
            yield ":".join(option.key), chosen == 1 if option.running is not None else chosen <= 1


def _beside(table: OptionTable, option: Option, initiative: str) -> list[int]:
    """Options of an initiative in an option's unit; all of it where it is group-wide."""
    numbers = table.numbers.get(initiative, {})
    first = next(iter(numbers.values()), None)
    if first is not None and table.options[first].group_wide:
        return list(numbers.values())
    return [numbers[option.unit]] if option.unit in numbers else []


def prerequisites(model: pyo.ConcreteModel, region: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """Starts no earlier than `lag` years after what they require, Eq. (18)."""
    for row in region.prerequisites:
        required = table.of_initiative(row.requires)
        for number in table.of_initiative(row.initiative):
            option = table.options[number]
            if option.running is not None:
                continue
            here = _beside(table, option, row.requires)
            alternatives: list[list[int]] = {
                PrerequisiteScope.SAME_UNIT: [here],
                PrerequisiteScope.ANY_UNIT: [list(required)],
                PrerequisiteScope.ALL_UNITS: [[j] for j in required],
            }[row.scope]
            starts = sorted({table.states[s].start for s in table.state_range(number)})
            for year in starts:
                started = sum(model.state[s] for s in table.state_range(number) if table.states[s].start <= year)
                for needed in alternatives:
                    if any(table.options[j].running is not None for j in needed):
                        continue
                    states = [s for j in needed for s in table.state_range(j)]
                    in_time = [s for s in states if table.states[s].start <= year - row.lag]
                    label = f"{row.requires} before {row.initiative}:{option.unit} by {year}"
                    yield label, started - sum(model.state[s] for s in in_time) <= 0


def exclusions(model: pyo.ConcreteModel, region: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """At most one of two initiatives in a unit, Eq. (19)."""
    for row in region.exclusions:
        for one in table.of_initiative(row.initiative):
            first = table.options[one]
            others = table.of_initiative(row.excludes) if first.group_wide else _beside(table, first, row.excludes)
            for other in others:
                if first.running is not None and table.options[other].running is not None:
                    continue
                if states := [*table.state_range(one), *table.state_range(other)]:
                    label = f"{row.initiative} or {row.excludes} in {first.unit}"
                    yield label, sum(model.state[s] for s in states) <= 1


def duties(model: pyo.ConcreteModel, region: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """Decided initiatives start in time, Eq. (20)."""
    for row in region.duties:
        numbers = table.of_initiative(row.initiative)
        if not any(row.unit in (None, table.options[number].unit) for number in numbers):
            raise NoPlanError(
                f"duties.csv: {row.initiative} must start in {row.unit or 'every unit'}, but delivery.csv lets no unit "
                "carry it out there; add a row to delivery.csv or drop the duty"
            )
        for number in numbers:
            option = table.options[number]
            if option.running is not None or row.unit not in (None, option.unit):
                continue
            states = [s for s in table.state_range(number) if table.states[s].start <= row.latest]
            if not states:
                raise NoPlanError(
                    f"duties.csv: {row.initiative} in {option.unit} must start by {row.latest}, but no start year is "
                    "allowed by then; open an earlier round, change earliest or latest, or see what its unit refused or "
                    "committed itself to"
                )
            yield f"{row.initiative}:{option.unit} by {row.latest}", sum(model.state[s] for s in states) == 1


def commitments(model: pyo.ConcreteModel, _: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """Accepted and signed commitments start, in the one state they leave their option, Eq. (20)."""
    for number, option in enumerate(table.options):
        if option.commitment is None:
            continue
        row = option.commitment
        label = f"{row.commitment}: {':'.join(option.key)} at {row.level:g} from {row.start}"
        states = table.state_range(number)
        if not states:
            raise NoPlanError(
                f"commitments.csv: {label}: found a start that the region's tables do not allow, expected a level and a "
                "year that do; correct levels, rounds or the initiative's window, or amend the commitment"
            )
        yield label, sum(model.state[s] for s in states) == 1


def minimum_starts(model: pyo.ConcreteModel, region: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
    """At least so many new starts per track and unit, Eq. (20)."""
    units = [unit.unit for unit in region.units]
    own: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, option in enumerate(table.options):
        if option.running is None and not option.group_wide:
            own[option.initiative.track, option.unit].append(number)
    for row in region.minimum_starts:
        for unit in units if row.unit is None else [row.unit]:
            numbers = own[row.track, unit]
            states = [s for number in numbers for s in table.state_range(number)]
            if row.at_least == 0:
                continue
            if len([number for number in numbers if table.state_range(number)]) < row.at_least:
                raise NoPlanError(
                    f"minimum_starts.csv: {row.track} in {unit} asks for {row.at_least} new starts, but only "
                    f"{len(numbers)} initiatives can start there; lower at_least or add initiatives"
                )
            yield f"{row.track} in {unit}", sum(model.state[s] for s in states) >= row.at_least


def pairs(frame: CutFrame) -> Callable[[pyo.ConcreteModel, Region, OptionTable], Iterator[tuple[str, Any]]]:
    """Pairs of an option's states with an enabler's states are the products of the two, Eq. (14).

    Summed over the states of either side, which an option takes at most one of: fewer rows than the three of each
    single pair, and tighter ones.
    """

    def family(model: pyo.ConcreteModel, _: Region, table: OptionTable) -> Iterator[tuple[str, Any]]:
        of_options: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, states in enumerate(zip(frame.pair_state, frame.pair_enabler, strict=True)):
            one, two = (int(table.state_option[state]) for state in states)
            of_options[one, two].append(number)
        for (one, two), numbers in of_options.items():
            label = " with ".join(":".join(table.options[option].key) for option in (one, two))
            for side, option in ((frame.pair_state, one), (frame.pair_enabler, two)):
                with_state: dict[int, list[int]] = defaultdict(list)
                for number in numbers:
                    with_state[int(side[number])].append(number)
                for state, paired in with_state.items():
                    at = table.states[state]
                    name = f"{label}: {':'.join(table.options[option].key)} at {at.level:g} from {at.start}"
                    yield name, sum(model.pair[n] for n in paired) - model.state[state] <= 0
            started = sum(model.state[s] for option in (one, two) for s in table.state_range(option))
            yield f"{label}: both", started - sum(model.pair[n] for n in numbers) <= 1

    return family


def logic_families(frame: CutFrame) -> tuple[tuple[int, str, Family], ...]:
    """The families with their equation numbers and names."""
    return (
        (13, "one_state", one_state),
        (14, "pairs", pairs(frame)),
        (18, "prerequisites", prerequisites),
        (19, "exclusions", exclusions),
        (20, "duties", duties),
        (20, "minimum_starts", minimum_starts),
        (20, "commitments", commitments),
    )


def logic_model(region: Region, frame: CutFrame) -> pyo.ConcreteModel:
    """The families as one Pyomo model over the states and pairs."""
    table = frame.structure.table
    model = pyo.ConcreteModel("starts and logic")
    model.state = pyo.Var(range(len(table.states)), domain=pyo.Binary)
    model.pair = pyo.Var(range(len(frame.pair_state)), bounds=(0, 1))
    for _, name, family in logic_families(frame):
        constraints = pyo.ConstraintList(doc=(family.__doc__ or "").strip())
        setattr(model, name, constraints)
        labels = []
        for label, expression in family(model, region, table):
            constraints.add(expression)
            labels.append(label)
        setattr(model, f"{name}_labels", labels)
    model.objective = pyo.Objective(expr=0.0)
    return model


def logic_rows(region: Region, frame: CutFrame) -> tuple[Rows, ...]:
    """Compile the Pyomo model once to sparse rows over the choice columns."""
    model = logic_model(region, frame)
    states = len(frame.structure.table.states)
    found = []
    compiled = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    column = np.asarray(
        [var.index() + (0 if var.parent_component() is model.state else states) for var in compiled.columns],
        dtype=np.int64,
    )
    matrix = compiled.A.tocoo()
    row_of = {}
    lower = np.full(len(compiled.rows), -INFINITY)
    upper = np.full(len(compiled.rows), INFINITY)
    for number, (row, limit) in enumerate(zip(compiled.rows, compiled.rhs, strict=True)):
        if row.bound_type <= 0:
            lower[number] = limit
        if row.bound_type >= 0:
            upper[number] = limit
        row_of[number] = row.constraint
    whole = sparse.csr_array((matrix.data, (matrix.row, column[matrix.col])), shape=(len(compiled.rows), frame.columns))
    for equation, name, _ in logic_families(frame):
        component, labels = getattr(model, name), getattr(model, f"{name}_labels")
        numbers = [n for n, constraint in row_of.items() if constraint.parent_component() is component]
        found.append(
            Rows(
                equation=equation,
                labels=tuple(labels[row_of[n].index() - 1] for n in numbers),
                matrix=whole[numbers],
                lower=lower[numbers],
                upper=upper[numbers],
            )
        )
    return tuple(found)
