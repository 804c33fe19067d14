"""Reading a round, and changing it: whole or not at all, by one process at a time.

Files are written under names made of their content, so that none is ever written anew; the manifest that names them is
replaced last. A command that is refused removes what it wrote; one that is killed leaves the former round and at most files
that nothing names, which the next command removes.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rmscenario import tables
from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, effective
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import Row
from rmscenario.rounds.rows import ROUND_TABLES
from rmscenario.run_folder.disk import DISK, not_written
from rmscenario.tables.columns import columns
from rmscenario.tables.grid import read_csv
from rmscenario.tables.loaded import LoadedRow, Origin
from rmscenario.tables.parts import (
    ROUND_FILE,
    ROUNDS_FOLDER,
    RoundFile,
    RoundManifest,
    RoundState,
    read_manifest,
    sha256,
)
from rmscenario.tables.rows import typed_rows
from rmscenario.tables.writing import table_bytes, write_atomic

AnyRow = TypeVar("AnyRow", bound=Row)
#: [1] Digits of a content's hash in a file's name.
_DIGITS = 16
#: Row of a file that follows its header, as a spreadsheet numbers it.
_FIRST_ROW = 2
#: Files that only a round's commands write.
_OWN = re.compile(rf"[a-z_]+-[0-9a-f]{{{_DIGITS}}}\.csv|\..+\.tmp-[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round as it stands: its years, its manifest, and the rows of its tables with the file each came from."""

    model: Path
    region: Region
    agreed: AgreementRound
    manifest: RoundManifest
    rows: Mapping[str, tuple[LoadedRow, ...]]

    @property
    def name(self) -> str:
        """Id of the round."""
        return self.agreed.round

    @property
    def state(self) -> RoundState:
        """How far it has come."""
        return self.manifest.state

    @property
    def folder(self) -> Path:
        """Its folder."""
        return self.model / ROUNDS_FOLDER / self.name

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Its commitments that no amendment replaces."""
        return effective(self.of(Commitment))

    def of(self, row_type: type[AnyRow]) -> tuple[AnyRow, ...]:
        """Rows of a table, in the order in which they were added."""
        return tuple(entry.row for entry in self.rows.get(row_type.table, ()))


def read_round(model: Path, name: str) -> Round:
    """Read a round of a region; one without a folder is open and empty.

    Raises
    ------
    InputError
        When the region or a file of the round is faulty, a file is not as it was written, or there is no such round.
    """
    region = tables.load(model)
    agreed = {row.round: row for row in region.rounds}
    if name not in agreed:
        raise no_round(name, agreed)
    faults: list[Fault] = []
    place = model / ROUNDS_FOLDER / name
    manifest = read_manifest(place, faults)
    rows = {} if manifest is None else rows_of(place, manifest, faults)
    if faults or manifest is None:
        raise InputError(faults)
    return Round(model=model, region=region, agreed=agreed[name], manifest=manifest, rows=rows)


def no_round(name: str, known: Iterable[str]) -> InputError:
    """What is said of a round that no region has whose rounds are `known`."""
    return InputError(
        [
            Fault(
                file="rounds.csv",
                found=f"no round {shown(name)}",
                expected="an id of rounds",
                remedy=did_you_mean(name, known) or "add it to rounds",
            )
        ]
    )


def wrong_state(found: Round, expected: str, remedy: str) -> InputError:
    """What is said of a command that a round's state does not allow."""
    return InputError(
        [
            Fault(
                file=f"{ROUNDS_FOLDER}/{found.name}/{ROUND_FILE}",
                found=f"a round that is {found.state.value}",
                expected=f"one that is {expected}",
                remedy=remedy,
            )
        ]
    )


def rows_of(place: Path, manifest: RoundManifest, faults: list[Fault]) -> dict[str, tuple[LoadedRow, ...]]:
    """Rows of the tables that a manifest names."""
    return {
        row_type.table: tuple(
            row for file in manifest.of(row_type.table) for row in rows_of_file(place / file.name, row_type, faults)
        )
        for row_type in ROUND_TABLES
    }


def rows_of_file(path: Path, row_type: type[Row], faults: list[Fault]) -> tuple[LoadedRow, ...]:
    """Rows of a file of a round; what is wrong with it names the file by its place in the region."""
    where = f"{ROUNDS_FOLDER}/{path.parent.name}/{path.name}"
    before = len(faults)
    grid = read_csv(path, row_type.table, faults)
    faults[before:] = [replace(fault, file=where) for fault in faults[before:]]
    return () if grid is None else tuple(typed_rows(replace(grid, file=where), faults, row_type))


@contextmanager
def changing(model: Path, name: str) -> Iterator[Round]:
    """Give a round to change, to this process alone, without what killed commands left behind.

    What was written for a change that is then refused is removed.

    Raises
    ------
    InputError
        As `read_round`, and when another process is changing the round.
    NotWrittenError
        When the disk takes no more.
    """
    read_round(model, name)  # before a folder is made for a round that is none
    place = model / ROUNDS_FOLDER / name
    try:
        place.mkdir(parents=True, exist_ok=True)
        with _alone(place):
            found = read_round(model, name)
            _remove_unnamed(place, found.manifest)
            try:
                yield found
            except BaseException:
                _remove_unnamed(place, read_manifest(place, []))  # which may be the new one already
                raise
    except OSError as error:
        if error.errno not in DISK:
            raise
        raise not_written(place, error, "the round", "have somebody make the folder writable") from error
    finally:
        _remove_if_empty(place)


def _remove_unnamed(place: Path, manifest: RoundManifest | None) -> None:
    """Remove the files of a round that its manifest does not name; none where it cannot be read."""
    if manifest is None:
        return
    named = {file.name for file in manifest.files}
    for path in place.iterdir():
        if _OWN.fullmatch(path.name) and path.name not in named:
            path.unlink()


def _remove_if_empty(place: Path) -> None:
    """Leave no trace of a command that was refused."""
    for folder in (place, place.parent):
        try:
            folder.rmdir()
        except OSError:
            return


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold a round for this process; the system lets go of it when the process ends, however it ends."""
    handle = _opened(place)
    try:
        try:
            _lock(handle)
        except OSError:
            fault = Fault(
                file=f"{ROUNDS_FOLDER}/{place.name}",
                found="another process that is changing the round",
                expected="one at a time",
                remedy="wait until it has ended, and give the command again",
            )
            raise InputError([fault]) from None
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":  # Windows does not open folders
    import msvcrt

    def _opened(place: Path) -> int:
        return os.open(place / ".lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _opened(place: Path) -> int:
        return os.open(place, os.O_RDONLY)

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def add_file(found: Round, rows: Iterable[Row], row_type: type[Row], *, holds: str | None = None) -> RoundFile:
    """Write a table of a round; it counts from when a manifest names it.

    Parameters
    ----------
    holds : str, optional
        What the manifest says that the file holds, if not the table itself.
    """
    header = [column.name for column in columns(row_type)]
    data = table_bytes(row_type.table, rows, columns=header)
    digest = sha256(data)
    path = found.folder / f"{row_type.table}-{digest[:_DIGITS]}.csv"
    if not path.exists() or sha256(path.read_bytes()) != digest:
        write_atomic(path, data)
    return RoundFile(name=path.name, holds=holds or row_type.table, sha256=digest)


#: Of files that were added, by name: where the user wrote each of their rows, None of rows that nobody wrote anew.
Origins = Mapping[str, Sequence[Origin | None]]


def refused_by_region(found: Round, manifest: RoundManifest, origins: Origins | None = None) -> list[Fault]:
    """What is wrong with the region if a round were what a manifest says; a fault of a row is at the place it was written."""
    try:
        tables.freeze(tables.read(found.model, {found.name: manifest}))
    except InputError as error:
        faults = [_as_written(fault, found, origins or {}) for fault in error.faults]
        return [*faults, _does_not_hold(found, manifest)]
    return []


def replace_manifest(found: Round, manifest: RoundManifest, origins: Origins | None = None) -> bool:
    """Let a round be what a manifest says, if the region then holds; returns whether that changes anything.

    Raises
    ------
    InputError
        When the region with the round as the manifest says is faulty; the round then stays as it was.
    """
    if manifest == found.manifest:
        return False
    if faults := refused_by_region(found, manifest, origins):
        raise InputError(faults)
    _on_disk(found.folder)
    write_atomic(found.folder / ROUND_FILE, manifest.text().encode())
    _on_disk(found.folder)
    return True


def _as_written(fault: Fault, found: Round, origins: Origins) -> Fault:
    """A fault at the row that the user wrote, where it is at one that was made of it."""
    for name, rows in origins.items():
        if fault.file == f"{ROUNDS_FOLDER}/{found.name}/{name}" and fault.row is not None:
            origin = rows[fault.row - _FIRST_ROW]
            return fault if origin is None else replace(fault, file=origin.file, row=origin.line)
    return fault


def _does_not_hold(found: Round, manifest: RoundManifest) -> Fault:
    """What is said, after the faults of the region, of the command that would have led to them."""
    change = "with the change" if manifest.state is found.state else f"if the round were {manifest.state.value}"
    return Fault(
        file=f"{ROUNDS_FOLDER}/{found.name}/{ROUND_FILE}",
        found=f"these faults in the region {change}",
        expected="a region that holds with it",
        remedy=f"correct them and give the command again; the round is {found.state.value}, as before",
    )


def _on_disk(folder: Path) -> None:
    """Have the names in a folder on the disk before anything relies on them."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
