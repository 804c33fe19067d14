"""Which region's round a command means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rmscenario import tables
from rmscenario.errors import Fault, InputError, shown
from rmscenario.rounds.store import no_round
from rmscenario.tables.parts import ROUNDS_FOLDER, round_folders
from rmscenario.tables.settings import SETTINGS_FILE

MODELS = "models"


def find_model(name: str | None, given: Path | None, *, root: Path, inputs: Iterable[str] = ()) -> Path:
    """Folder of the region that a round lives with.

    Parameters
    ----------
    name : str or None
        The round; None: any.
    given : Path or None
        The folder that the user named, which then holds.
    root : Path
        Folder that the models stand in `models/` of.
    inputs : iterable of str
        Files that a run was made of, by their path in the project: its model is the one meant.

    Raises
    ------
    InputError
        When it is not clear which, or no region has the round.
    """
    if given is not None:
        return given
    of_run = {root / Path(path).parent for path in inputs if Path(path).name == SETTINGS_FILE}
    models = of_run or {path.parent for path in (root / MODELS).glob(f"*/{SETTINGS_FILE}")}
    begun = {model for model in models if name is not None and model / ROUNDS_FOLDER / name in round_folders(model)}
    found = sorted(begun or models)
    if name is not None and len(found) > 1:
        found = _with_round(name, found)
    if len(found) == 1 and (found[0] / SETTINGS_FILE).is_file():
        return found[0]
    names = ", ".join(shown(model.relative_to(root).as_posix()) for model in found) or "no region"
    raise InputError([Fault(file="--model", found=names, expected="one region", remedy="name its folder with --model")])


def _with_round(name: str, models: Iterable[Path]) -> list[Path]:
    """Those of several regions that have a round, or that are faulty and may have it."""
    known: set[str] = set()
    found = []
    for model in models:
        try:
            rounds = {row.round for row in tables.load(model).rounds}
        except InputError:  # its faults are told when it is the one that is meant
            found.append(model)
            continue
        known |= rounds
        if name in rounds:
            found.append(model)
    if not found:
        raise no_round(name, sorted(known))
    return found
