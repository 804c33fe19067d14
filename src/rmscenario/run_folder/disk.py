"""Folders written whole or not at all, and what is said of a disk that does not take them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rmscenario.errors import RmscenarioError, RunFolderError, shown

#: Reasons why a disk takes no more, or nothing at all.
DISK = frozenset(
    {
        errno.ENOSPC,
        errno.EFBIG,
        getattr(errno, "EDQUOT", errno.ENOSPC),
        errno.EROFS,
        errno.EIO,
        errno.EACCES,
        errno.EPERM,
    }
)


class NotWrittenError(RmscenarioError):
    """The disk does not take what is written."""


def unwritable(folder: Path, error: OSError, remedy: str) -> RunFolderError:
    """What is said of a folder that nothing can be put into."""
    return RunFolderError(
        f"{shown(folder)}: found a folder that cannot be written to ({error.strerror}), expected one that can; {remedy}"
    )


def not_written(folder: Path, error: OSError, what: str, remedy: str) -> NotWrittenError:
    """What is said of a disk that fails while something is written."""
    return NotWrittenError(
        f"{shown(folder)}: found a disk that does not take {what} ({error.strerror}), expected room for it; "
        f"make room, or {remedy}. What was there before is unharmed"
    )


def settle(folder: Path) -> None:
    """Have a draft on the disk, readable by all who may, before the name points to it."""
    folder.chmod(0o777 & ~_umask())
    for path in (*folder.rglob("*"), folder):
        if path.is_dir() and os.name == "nt":
            continue  # Windows does not open folders
        handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    """What the process keeps from new folders; a temporary folder is readable by its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def whole_files(place: Path, *, what: str, remedy: str) -> Iterator[Path]:
    """Give an empty folder to write files into; at the end of the block all of them stand in `place`.

    If the block raises, nothing of it is left. Files of other names that stand in `place` already stay.

    Parameters
    ----------
    place : Path
        The folder that the files are for; made if it is not there.
    what : str
        What is written, for the error.
    remedy : str
        What to do where it cannot be written, for the error.

    Raises
    ------
    RunFolderError
        When nothing can be written to where the folder stands.
    NotWrittenError
        When the disk takes no more.
    """
    target = place.resolve()
    there = target.is_dir()
    above = target if there else target.parent
    try:
        if target.exists() and not there:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        above.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=above))
    except OSError as error:
        raise unwritable(place, error, remedy) from None
    try:
        yield draft
        settle(draft)
        if there:
            for path in sorted(draft.iterdir()):
                path.replace(target / path.name)
        else:
            draft.rename(target)
    except OSError as error:
        if error.errno not in DISK:
            raise
        raise not_written(place, error, what, remedy) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
