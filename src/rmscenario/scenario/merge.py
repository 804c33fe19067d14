"""The options of a scenario out of all its files and the command line: the later replaces the earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import ValidationError

from rmscenario.scenario.chain import Layer
from rmscenario.scenario.document import PARTS
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.faults import Place, advice, faults_of, listed, quoted
from rmscenario.scenario.run_options import BackcastOptions, RunOptions, StressOptions, stress_years
from rmscenario.scenario.sets import SetValue
from rmscenario.scenario.touched import cell_of

Options = TypeVar("Options", bound=RunOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Generic[Options]):
    """Options, and for each that is given who asked for it last."""

    options: Options
    causes: Mapping[str, Cause]

    def cause_of(self, option: str, reason: str) -> Cause:
        """Who asked for an option, with a reason to record."""
        return replace(self.causes[option], reason=reason)


def asked_for(
    draft: Draft, section: str, kind: type[Options], layers: Sequence[Layer], values: Sequence[SetValue]
) -> Asked[Options] | None:
    """The options of a section; every one that differs from its default is recorded as touched.

    None if they are faulty, or if a section without defaults is not there at all.
    """
    merged: dict[str, object] = {}
    causes: dict[str, Cause] = {}
    for layer in layers:
        given: RunOptions | None = getattr(layer.document, section)
        if given is None:
            continue
        for name in (name for name in type(given).model_fields if name in given.model_fields_set):
            merged[name] = getattr(given, name)
            causes[name] = Cause(scenario=layer.name, place=layer.place(section, name))
    for value in values:
        if value.section == section and value.key is None:
            merged[value.column] = value.option
            causes[value.column] = value.cause
    required = any(field.is_required() for field in kind.model_fields.values())
    if not merged and required:
        return None
    last = list(causes.values())[-1].place if causes else Place(file=section)
    try:
        options = kind.model_validate(merged)
    except ValidationError as error:
        for fault in faults_of(error, last, prefix=(section,), parts=PARTS):
            name = (fault.column or section).rpartition(".")[2]
            place = causes[name].place if name in causes else last
            draft.faults.append(replace(fault, file=place.file, row=place.line))
        return None
    for name, cause in causes.items():
        field = kind.model_fields[name]
        old = None if field.is_required() else cell_of(field.default)
        new = cell_of(getattr(options, name))
        if new != old:
            draft.touch(section, (), name, old=old, new=new, cause=cause)
    return Asked(options=options, causes=causes)


def within_period(draft: Draft, stress: Asked[StressOptions]) -> StressOptions:
    """Stress options whose years lie in the period: those of the period itself, or the given ones, in order."""
    first, last = draft.settings.first_year, draft.settings.end_year
    if "years" not in stress.causes:
        years = stress_years(first, draft.settings.last_start, last)
        return stress.options.model_copy(update={"years": years})
    outside = [year for year in stress.options.years if not first <= year <= last]
    if outside:
        draft.faults.append(
            stress.causes["years"].fault(
                "stress.years",
                found=listed(outside),
                expected=f"years of the period, {first}–{last}",
                remedy="take them out, or change settings.end_year",
            )
        )
    return stress.options.model_copy(update={"years": tuple(sorted(set(stress.options.years)))})


def check_backcast(draft: Draft, backcast: Asked[BackcastOptions]) -> None:
    """Whether the target and the groups of a backcast are the model's."""
    options = backcast.options
    targets = [entry.row.target for entry in draft.rows["targets"] if entry.row.active]
    groups = list(dict.fromkeys(entry.row.group for entry in draft.rows["categories"]))
    for column, names, known in (("target", (options.target,), targets), ("groups", options.groups, groups)):
        draft.faults.extend(
            backcast.causes[column].fault(
                f"backcast.{column}",
                found=quoted(name),
                expected=f"one of {listed(known)}",
                remedy=advice(name, known, "correct the name"),
            )
            for name in names
            if name not in known
        )
