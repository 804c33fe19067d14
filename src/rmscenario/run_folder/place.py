"""Where runs stand: the latest in `runs/<name>`, earlier ones in `runs/.history`, and how a new one takes its place."""

from __future__ import annotations

import glob
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rmscenario.errors import RunFolderError, shown
from rmscenario.run_folder.disk import DISK, not_written, settle, unwritable
from rmscenario.run_folder.manifest import MANIFEST, digest, read_manifest

#: Folder of earlier runs.
HISTORY = ".history"
_DRAFT = ".draft-"
#: [1] Characters that `tempfile` ends a name with.
_RANDOM = 8
#: [s] A draft that old belongs to no process that still runs: it was left behind by one that was killed.
_STALE = 86_400.0
#: [1] Two runs that end at once take turns; more tries than that mean something else is wrong.
_TRIES = 20


@dataclass(slots=True, kw_only=True)
class Draft:
    """A run folder while it is being written; it takes its place when `whole` is set and the block ends."""

    folder: Path
    whole: bool = False


@contextmanager
def new_run(runs: Path, name: str) -> Iterator[Draft]:
    """Give a folder to write a run into, beside its place.

    Only if the block ends with `draft.whole` set does it move to `runs/<name>`, and the earlier run to the history;
    else nothing is left of it. The manifest must then be in it.

    Raises
    ------
    RunFolderError
        When `runs/<name>` is there and is no run, or nothing can be written.
    """
    place = runs / name
    try:
        runs.mkdir(parents=True, exist_ok=True)
        recover(runs, name)
        _sweep(runs)
        if place.exists() and not (place / MANIFEST).is_file():
            raise RunFolderError(
                f"{shown(place)}: found something that is no run, expected a run or nothing; "
                "move it away, or choose another folder with --out"
            )
        folder = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{name}-", dir=runs))
    except OSError as error:
        raise unwritable(runs, error, "choose another with --out") from None
    draft = Draft(folder=folder)
    try:
        yield draft
        if draft.whole:
            settle(folder)
            _take_place(folder, runs, name)
    except OSError as error:
        if error.errno not in DISK:
            raise
        raise not_written(runs, error, "the run", "choose another folder with --out") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(runs: Path, name: str) -> None:
    """Let a whole run take its place whose process was killed between moving the earlier one away and that."""
    if (runs / name).exists():
        return
    for draft in sorted(runs.glob(f"{_DRAFT}{glob.escape(name)}-{'?' * _RANDOM}")):
        try:
            read_manifest(draft)
            draft.rename(runs / name)
        except (RunFolderError, OSError):  # not whole, or another process was faster
            continue
        return


def find_run(runs: Path, name: str, manifest: str) -> Path:
    """Folder of a run by its name and the SHA-256 of its manifest: its place, or where it stands in the history.

    Its place, whatever stands there, where neither is that run.
    """
    place = runs / name
    earlier = sorted((runs / HISTORY).glob(f"{glob.escape(name)}*"))
    found = (each for each in (place, *earlier) if (each / MANIFEST).is_file() and digest(each / MANIFEST) == manifest)
    return next(found, place)


def _sweep(runs: Path) -> None:
    """Remove drafts that killed processes left behind."""
    for folder in runs.glob(f"{_DRAFT}*"):
        try:
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # another process was faster
            continue


def _take_place(folder: Path, runs: Path, name: str) -> None:
    """Move the earlier run to the history and the new one to its place; also right if another process does the same."""
    place = runs / name
    for _ in range(_TRIES):
        moved = _move_away(place, runs / HISTORY) if place.exists() else None
        try:
            folder.rename(place)
        except OSError:
            if not folder.exists():  # a reader that found the place empty has put it there
                return
            if place.exists():  # another run came in between: it is the earlier one now
                continue
            if moved is not None:
                moved.rename(place)
            raise
        return
    raise RunFolderError(f"{shown(place)}: found other runs taking the place again and again; run them one by one")


def _move_away(place: Path, history: Path) -> Path | None:
    """Move a run to the history under the time it was made; None if another process moved it first."""
    history.mkdir(exist_ok=True)
    try:
        made = datetime.fromtimestamp((place / MANIFEST).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
    stem = f"{place.name}-{made:%Y%m%d-%H%M%S}"
    number = 1
    while True:
        target = history / (stem if number == 1 else f"{stem}-{number}")
        number += 1
        if target.exists():
            continue
        try:
            place.rename(target)
        except FileNotFoundError:
            return None
        except OSError:
            if target.exists():
                continue
            raise
        return target
