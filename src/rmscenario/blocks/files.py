"""Block files: each appears whole or not at all, and the manifest last.

A file holds the results of some numbers, and its name ends with its checksum. Which numbers is read from inside, so that
a run resumes whatever the size of its blocks was before it was killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rmscenario.errors import RunFolderError, shown

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
        """Results by number of every sound file; a file that is damaged counts as not there.

        Raises
        ------
        RunFolderError
            When the folder cannot be read.
        """
        found: dict[int, Arrays] = {}
        damaged = 0
        with self._disk():
            for path in sorted(self.folder.glob("*.npz")):
                content = _sound(path)
                if content is None:
                    damaged += 1
                    continue
                arrays = _unpacked(content)
                numbers = arrays.pop(NUMBERS)
                for place, number in enumerate(numbers.tolist()):
                    found[number] = {name: values[place] for name, values in arrays.items()}
        if damaged:
            self.damaged(damaged)
        return found

    def write(self, numbers: tuple[int, ...], arrays: Arrays) -> None:
        """Write one block: under another name first, then looked at again, then renamed.

        Raises
        ------
        RunFolderError
            When the disk does not take it.
        """
        content = _packed({NUMBERS: np.asarray(numbers, dtype=np.int64), **arrays})
        name = f"{numbers[0]:07d}-{numbers[-1]:07d}"
        with self._disk():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / f".{name}.tmp-{os.getpid()}"
            try:
                with unfinished.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                if unfinished.read_bytes() != content:
                    raise OSError("what was written is not what is read")
                unfinished.replace(self.folder / f"{name}-{_checksum(content)}.npz")
            finally:
                unfinished.unlink(missing_ok=True)

    def finish(self, count: int) -> None:
        """Have the manifest say that all numbers below `count` are there, in these files; damaged ones go.

        Raises
        ------
        RunFolderError
            When the disk does not take it.
        """
        with self._disk():
            self._sweep()
            files = []
            for path in sorted(self.folder.glob("*.npz")):
                if _sound(path) is not None:
                    files.append(path.name)
                else:
                    path.unlink(missing_ok=True)
            content = json.dumps({"key": self.key, "count": count, "files": files}, indent=2).encode() + b"\n"
            manifest = self.folder / MANIFEST
            if manifest.is_file() and manifest.read_bytes() == content:
                return
            unfinished = self.folder / f".{MANIFEST}.tmp-{os.getpid()}"
            unfinished.write_bytes(content)
            unfinished.replace(manifest)

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """What is said of a disk that gives or takes no blocks."""
        try:
            yield
        except OSError as error:
            raise RunFolderError(
                f"{shown(self.folder)}: found a folder that finished work cannot be kept in "
                f"({error.strerror or error}), expected one that can be read and written; make room, or choose another "
                "with --out. What is kept already is taken by the next call"
            ) from error

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


def _packed(arrays: Arrays) -> bytes:
    """Arrays as the content of a file."""
    content = BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _unpacked(content: bytes) -> Arrays:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _sound(path: Path) -> bytes | None:
    """Content of a file that is what was written, which its name tells; None where it is not, or another process removed it.

    One that cannot be read may be sound: that is an OSError. What is damaged is never unpacked: there is no end to what a
    library may raise over it.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    return content if path.stem.endswith(_checksum(content)) else None


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_CHECKSUM]
