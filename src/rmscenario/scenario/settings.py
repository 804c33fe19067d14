"""What a scenario does with the settings of the region and with the agreement rounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from rmscenario.errors import shown
from rmscenario.region import Settings
from rmscenario.region.vocabulary import RoundStatus
from rmscenario.scenario.document import PARTS, SettingsChange
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.faults import advice, faults_of, listed
from rmscenario.scenario.touched import cell_of

#: Rounds in which initiatives may start.
STARTS_ALLOWED = (RoundStatus.OPEN, RoundStatus.LATER)


def change_settings(draft: Draft, change: SettingsChange, cause_of: Callable[[str], Cause]) -> None:
    """Carry out `[settings]`; `cause_of` a setting says where the scenario asks for it."""
    values = {name: getattr(change, name) for name in SettingsChange.model_fields if name in change.model_fields_set}
    for name, value in list(values.items()):
        if value == getattr(draft.settings, name):
            draft.faults.append(cause_of(name).changes_nothing(f"settings.{name}", values.pop(name)))
    try:
        settings = Settings.model_validate(dict(draft.settings) | values)
    except ValidationError as error:
        draft.faults.extend(faults_of(error, cause_of("settings").place, parts=PARTS, prefix=("settings",)))
        return
    for name, value in values.items():
        draft.touch(
            "settings", (), name, old=cell_of(getattr(draft.settings, name)), new=cell_of(value), cause=cause_of(name)
        )
    draft.settings = settings


def open_rounds(draft: Draft, wanted: tuple[str, ...], cause: Cause) -> None:
    """Let initiatives start in these rounds alone: the first of them is open, the others later, all others closed.

    A round that runs or has ended stays so unless it is wanted.
    """
    rounds: list[Any] = [entry.row for entry in draft.rows["rounds"]]
    known = [row.round for row in rounds]
    unknown = [name for name in wanted if name not in known]
    draft.faults.extend(
        cause.fault(
            "rounds_open",
            found=shown(name),
            expected=f"one of {listed(known)}",
            remedy=advice(name, known, "write the id of a round"),
        )
        for name in unknown
    )
    if unknown:
        return
    first = min((row for row in rounds if row.round in wanted), key=lambda row: row.first_year)

    def status(row: Any) -> RoundStatus:
        if row.round in wanted:
            return RoundStatus.OPEN if row.round == first.round else RoundStatus.LATER
        return RoundStatus.CLOSED if row.status in STARTS_ALLOWED else RoundStatus(row.status)

    before = len(draft.touched)
    draft.rewrite("rounds", "status", status, cause)
    if len(draft.touched) == before:
        draft.faults.append(cause.changes_nothing("rounds_open", wanted))
