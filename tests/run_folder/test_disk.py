"""Folders are written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, RunFolderError, shown
from rmscenario.run_folder import NotWrittenError, whole_files


def written(place: Path, *names: str) -> None:
    """Write files of these names into a folder."""
    with whole_files(place, what="the files", remedy="choose another") as draft:
        for name in names:
            (draft / name).write_text(name, encoding="utf-8")


def test_files_stand_in_a_new_folder_and_replace_those_of_their_name(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    written(place, "one", "two")
    (place / "one").write_text("old", encoding="utf-8")
    (place / "kept").touch()
    written(place, "one")
    assert sorted(path.name for path in place.iterdir()) == ["kept", "one", "two"]
    assert (place / "one").read_text(encoding="utf-8") == "one"
    assert [path.name for path in place.parent.iterdir()] == ["b"]


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_fails_half_way_leaves_what_was_there(tmp_path: Path, there: bool) -> None:
    place = tmp_path / "place"
    if there:
        written(place, "one")
    with (
        pytest.raises(NotWrittenError) as caught,
        whole_files(place, what="the files", remedy="choose another folder") as draft,
    ):
        (draft / "one").write_text("new", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert caught.value.exit_code is ExitCode.INTERNAL
    assert str(caught.value) == (
        f"{shown(place)}: found a disk that does not take the files (No space left on device), expected room for it; "
        "make room, or choose another folder. What was there before is unharmed"
    )
    assert [path.name for path in tmp_path.iterdir()] == (["place"] if there else [])
    if there:
        assert [path.read_text(encoding="utf-8") for path in place.iterdir()] == ["one"]


def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> str:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkdtemp", fail)
    with pytest.raises(RunFolderError, match=r"found a folder that cannot be written to \(Read-only file system\)"):
        written(tmp_path / "place", "one")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "place").touch()
    with pytest.raises(RunFolderError, match="Not a directory"):
        written(tmp_path / "place", "one")
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_link_leads_to_where_the_folder_is_made(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("there")
    written(tmp_path / "link", "one")
    assert (tmp_path / "there" / "one").is_file()
