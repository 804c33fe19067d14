"""Block files: each appears whole or not at all, and the manifest last.

A file holds the results of some numbers, and its name ends with its checksum. Which numbers is read from inside, so that
a run resumes whatever the size of its blocks was before it was killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

MANIFEST = "manifest.json"
#: Name of the numbers within a block file.
NUMBERS = "numbers"
#: Characters of the key that name its folder.
_KEY = 16
#: Characters of a checksum in a name.
_CHECKSUM = 32
#: [s] An unfinished file that old belongs to no process that still runs.
_STALE = 86_400.0


@dataclass(frozen=True, slots=True)
class BlockFolder:
    """Where the blocks of one piece of work stand: a folder of its own for each key.

    Attributes
    ----------
    above : Path
        Folder of the folders.
    key : str
        Hash of everything that the results depend on, but for the numbers.
    damaged : callable
        Told, when blocks are read, how many files of them are damaged and so count as not there; not told of none.
    """

    above: Path
    key: str
    damaged: Callable[[int], None] = field(default=lambda _: None, compare=False)

    @property
    def folder(self) -> Path:
        """The folder of this key."""
        return self.above / self.key[:_KEY]

    def read(self) -> dict[int, Arrays]:
        """Results by number of every sound file; a file that is damaged counts as not there."""
        found: dict[int, Arrays] = {}
        damaged = 0
        for path in sorted(self.folder.glob("*.npz")):
            arrays = _loaded(path)
            if arrays is None or not path.stem.endswith(_checksum(path)):
                damaged += 1
                continue
            numbers = arrays.pop(NUMBERS)
            for place, number in enumerate(numbers.tolist()):
                found[number] = {name: values[place] for name, values in arrays.items()}
        if damaged:
            self.damaged(damaged)
        return found

    def write(self, numbers: tuple[int, ...], arrays: Arrays) -> None:
        """Write one block: under another name first, then looked at again, then renamed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{numbers[0]:07d}-{numbers[-1]:07d}"
        content = {NUMBERS: np.asarray(numbers, dtype=np.int64), **arrays}
        unfinished = self.folder / f".{name}.tmp-{os.getpid()}"
        try:
            with unfinished.open("wb") as file:
                np.savez(file, **content)  # type: ignore[arg-type]  # no name is one of its own arguments
                file.flush()
                os.fsync(file.fileno())
            again = _loaded(unfinished)
            if again is None or not _same(again, content):
                raise OSError(f"{unfinished}: what was written is not what is read")
            unfinished.replace(self.folder / f"{name}-{_checksum(unfinished)}.npz")
        finally:
            unfinished.unlink(missing_ok=True)

    def finish(self, count: int) -> None:
        """Write the manifest: all numbers below `count` are there, in these files; damaged ones go."""
        self._sweep()
        files = []
        for path in sorted(self.folder.glob("*.npz")):
            if path.stem.endswith(_checksum(path)):
                files.append(path.name)
            else:
                path.unlink()
        content = {"key": self.key, "count": count, "files": files}
        unfinished = self.folder / f".{MANIFEST}.tmp-{os.getpid()}"
        unfinished.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(self.folder / MANIFEST)

    def _sweep(self) -> None:
        """Remove what killed processes left behind."""
        for path in self.folder.glob(".*.tmp-*"):
            try:
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()
            except OSError:  # another process was faster
                continue


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where the blocks of several pieces of work stand, and who is told of damaged ones."""

    above: Path
    damaged: Callable[[int], None] = field(default=lambda _: None, compare=False)

    def of(self, key: str) -> BlockFolder:
        """The blocks of one piece of work."""
        return BlockFolder(self.above, key, self.damaged)


def _loaded(path: Path) -> Arrays | None:
    """Arrays of a file; None where it is no whole block."""
    try:
        # Opened here, since NumPy leaves the file open when it is no archive.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None
    numbers = arrays.get(NUMBERS)
    if numbers is None or any(len(values) != len(numbers) for values in arrays.values()):
        return None
    return arrays


def _same(one: Arrays, other: Arrays) -> bool:
    return one.keys() == other.keys() and all(
        values.dtype == other[name].dtype and values.tobytes() == other[name].tobytes() for name, values in one.items()
    )


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_CHECKSUM]
