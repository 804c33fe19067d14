"""From scenario files, or a model folder, to the region they describe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from rmscenario import tables
from rmscenario.errors import Fault, InputError
from rmscenario.region import Region, Settings
from rmscenario.scenario.chain import Layer, follow
from rmscenario.scenario.changes import add_row, change_rows, remove_rows
from rmscenario.scenario.document import PARTS, Change, SettingsChange
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.faults import advice, faults_of, listed, quoted
from rmscenario.scenario.merge import asked_for, check_backcast, within_period
from rmscenario.scenario.run_options import BackcastOptions, PlanningOptions, StressOptions
from rmscenario.scenario.sets import SetValue, parse_sets, set_cell
from rmscenario.scenario.settings import change_settings, open_rounds
from rmscenario.scenario.switches import carry_out
from rmscenario.scenario.touched import Touched, key_of
from rmscenario.tables.rules import row_faults

#: Names between files that are combined.
JOIN = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: the region it describes, how to plan and stress test it, and all that it changed.

    Attributes
    ----------
    name : str
        File names without ending, joined with `+`; for a model folder the folder's name.
    region : Region
        The model with every change and switch carried out.
    touched : tuple of Touched
        Every value changed, in the order of change.
    files : tuple of Path
        The model folder first, then the scenario files in the order they were laid over it.
    hashes : mapping of str to str
        SHA-256 of every file read, by its path in the project.
    warnings : tuple of Oddity
        What is legal but odd about the region.
    """

    name: str
    title_da: str
    title_en: str
    description_da: str
    description_en: str
    region: Region
    planning: PlanningOptions
    stress: StressOptions
    backcast: BackcastOptions | None
    touched: tuple[Touched, ...]
    files: tuple[Path, ...]
    hashes: Mapping[str, str]
    warnings: tuple[tables.Oddity, ...]


def load(paths: Sequence[Path], sets: Sequence[str] = ()) -> Scenario:
    """Load scenario files laid over each other from left to right, or a model folder, with single values set last.

    Parameters
    ----------
    paths : sequence of Path
        Scenario files of one model; or its folder, also followed by scenario files.
    sets : sequence of str
        `table[key].column=value`, `settings.…=value`, `planning.…=value`, `stress.…=value`.

    Raises
    ------
    InputError
        When a file, the model, a change, or the region that comes out is faulty.
    """
    values = parse_sets(sets)
    chain = follow(paths)
    model = tables.read(chain.model)
    if own_faults := tables.check(model):
        raise InputError(own_faults)
    draft = Draft.of(model)
    for layer in chain.layers:
        _lay(draft, layer)
    for value in values:
        if value.section == "settings":
            _set_setting(draft, value)
        elif value.key is not None:
            set_cell(draft, value)
    planning = asked_for(draft, "planning", PlanningOptions, chain.layers, values)
    stress = asked_for(draft, "stress", StressOptions, chain.layers, values)
    backcast = asked_for(draft, "backcast", BackcastOptions, chain.layers, values)
    if draft.faults or planning is None or stress is None:
        raise InputError(draft.faults)
    carry_out(draft, planning.options, planning.cause_of)
    stress_options = within_period(draft, stress)
    if backcast is not None:
        check_backcast(draft, backcast)
    changed = draft.laid_over(model)
    if faults := (*draft.faults, *_row_faults(draft), *_explained(tables.check(changed), draft)):
        raise InputError(faults)
    return Scenario(
        **_headings(chain.layers, model.settings, chain.model, paths),
        region=tables.freeze(changed),
        planning=planning.options,
        stress=stress_options,
        backcast=None if backcast is None else backcast.options,
        touched=tuple(draft.touched),
        files=(chain.model, *(layer.path for layer in chain.layers)),
        hashes=MappingProxyType(chain.digests()),
        warnings=tables.warnings(changed),
    )


def _headings(layers: tuple[Layer, ...], settings: Settings, folder: Path, paths: Sequence[Path]) -> dict[str, str]:
    by_path = {layer.path: layer for layer in layers}
    given = [by_path[path.resolve()] for path in paths if path.resolve() in by_path]
    if not given:
        return {
            "name": folder.name,
            "title_da": settings.name_da,
            "title_en": settings.name_en,
            "description_da": "",
            "description_en": "",
        }
    documents = [layer.document for layer in given]
    return {
        "name": JOIN.join(layer.name for layer in given),
        "title_da": f" {JOIN} ".join(document.title_da for document in documents),
        "title_en": f" {JOIN} ".join(document.title_en for document in documents),
        "description_da": "\n\n".join(document.description_da for document in documents if document.description_da),
        "description_en": "\n\n".join(document.description_en for document in documents if document.description_en),
    }


def _lay(draft: Draft, layer: Layer) -> None:
    """Lay a scenario file over the model: settings, rounds, rows removed, added, changed, then targets."""
    document = layer.document
    if document.settings.model_fields_set:
        change_settings(
            draft, document.settings, lambda name: Cause(scenario=layer.name, place=layer.place("settings", name))
        )
    if document.rounds_open is not None:
        open_rounds(draft, document.rounds_open, Cause(scenario=layer.name, place=layer.place("rounds_open")))
    for number, removal in enumerate(document.remove):
        cause = Cause(scenario=layer.name, place=layer.place("remove", number), reason=removal.reason)
        remove_rows(draft, removal, cause)
    for number, addition in enumerate(document.add):
        cause = Cause(scenario=layer.name, place=layer.place("add", number), reason=addition.reason)
        add_row(draft, addition, cause)
    for number, change in enumerate(document.change):
        cause = Cause(scenario=layer.name, place=layer.place("change", number), reason=change.reason)
        change_rows(draft, change, cause)
    for target, cells in document.targets.items():
        _set_target(draft, target, cells, layer)


def _set_target(draft: Draft, target: str, cells: Mapping[str, Any], layer: Layer) -> None:
    """Carry out `[targets.<id>]`."""
    place = layer.place("targets", target)
    known = [entry.row.target for entry in draft.rows["targets"]]
    if target not in known:
        draft.faults.append(
            place.fault(
                "targets",
                found=quoted(target),
                expected=f"one of {listed(known)}",
                remedy=advice(target, known, "write the id of a target"),
            )
        )
    elif not cells:
        draft.faults.append(
            place.fault(f"targets.{target}", found="nothing", expected="a new value", remedy="add one, or take it out")
        )
    else:
        change = Change(table="targets", where={"target": (target,)}, set=dict(cells))
        change_rows(draft, change, Cause(scenario=layer.name, place=place, reason=str(cells.get("reason", ""))))


def _set_setting(draft: Draft, value: SetValue) -> None:
    try:
        change = SettingsChange.model_validate({value.column: value.value})
    except ValidationError as error:
        draft.faults.extend(faults_of(error, value.cause.place, parts=PARTS, prefix=("settings",)))
        return
    change_settings(draft, change, lambda _: value.cause)


def _row_faults(draft: Draft) -> list[Fault]:
    """Faults of the changed rows by themselves, once all changes are made."""
    found: list[Fault] = []
    for table, rows in draft.rows.items():
        for entry in rows:
            if names := draft.changed.get((table, key_of(entry.row))):
                found.extend(_named(fault, names) for fault in row_faults(entry.row, entry.origin))
    return found


def _explained(faults: Iterable[Fault], draft: Draft) -> list[Fault]:
    """Faults of the changed model, which has none without the scenarios: the one that changed the row is named."""
    names = {
        (entry.file, entry.line): draft.changed[(table, key_of(entry.row))]
        for table, rows in draft.rows.items()
        for entry in rows
        if (table, key_of(entry.row)) in draft.changed
    }
    everyone = list(dict.fromkeys(item.scenario for item in draft.touched))
    return [_named(fault, names.get((fault.file, fault.row), everyone)) for fault in faults]


def _named(fault: Fault, scenarios: Sequence[str]) -> Fault:
    return replace(fault, remedy=f"{fault.remedy} (after the changes of {' and '.join(scenarios)})")
