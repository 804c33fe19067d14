"""Where runs stand, and that none is lost or half written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, RunFolderError
from rmscenario.run_folder import HISTORY, NotWrittenError, new_run, read_manifest, write_manifest
from rmscenario.run_folder import place as place_module
from rmscenario.run_folder.manifest import MANIFEST, digest
from rmscenario.run_folder.place import find_run, recover
from tests.run_folder.folders import MADE, said, write_run


def drafts(runs: Path) -> list[Path]:
    return list(runs.glob(".draft-*"))


def test_the_latest_run_stands_in_its_place_and_earlier_ones_in_the_history(tmp_path: Path) -> None:
    for text in ("first", "second", "third"):
        write_run(tmp_path, "a", text)
    assert said(tmp_path / "a") == "third"
    earlier = sorted((tmp_path / HISTORY).iterdir())
    assert sorted(said(folder) for folder in earlier) == ["first", "second"]
    for folder in (tmp_path / "a", *earlier):
        read_manifest(folder)
    assert drafts(tmp_path) == []


def test_a_run_is_found_by_its_manifest_in_its_place_or_in_the_history(tmp_path: Path) -> None:
    digests = {}
    for text in ("first", "second"):
        digests[text] = digest(write_run(tmp_path, "a", text) / MANIFEST)
        write_run(tmp_path, "a-b", "other")
    assert find_run(tmp_path, "a", digests["second"]) == tmp_path / "a"
    earlier = find_run(tmp_path, "a", digests["first"])
    assert (earlier.parent, said(earlier)) == (tmp_path / HISTORY, "first")
    assert find_run(tmp_path, earlier.name, digests["first"]) == earlier
    assert find_run(tmp_path, "a", "0" * 64) == tmp_path / "a"


def test_runs_of_two_names_leave_each_other_alone(tmp_path: Path) -> None:
    write_run(tmp_path, "a", "one")
    write_run(tmp_path, "a-b", "two")
    assert (said(tmp_path / "a"), said(tmp_path / "a-b")) == ("one", "two")
    assert not (tmp_path / HISTORY).exists()


def test_a_run_that_fails_leaves_the_earlier_one_and_no_trace(tmp_path: Path) -> None:
    write_run(tmp_path, "a", "first")
    with pytest.raises(ZeroDivisionError), new_run(tmp_path, "a") as draft:
        (draft.folder / "said.txt").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert said(tmp_path / "a") == "first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_a_run_that_is_not_said_to_be_whole_is_not_kept(tmp_path: Path) -> None:
    with new_run(tmp_path, "a") as draft:
        (draft.folder / "said.txt").write_text("half", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_run_is_never_moved_away(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(RunFolderError) as error, new_run(tmp_path, "a"):
        raise AssertionError("not reached")
    assert str(error.value).endswith(
        "found something that is no run, expected a run or nothing; move it away, or choose another folder with --out"
    )
    assert (tmp_path / "a" / "thesis.txt").is_file()


def test_a_run_killed_while_it_took_its_place_is_put_there_by_the_next_reader(tmp_path: Path) -> None:
    killed = tmp_path / ".draft-a-abcdefgh"
    killed.mkdir()
    (killed / "said.txt").write_text("whole", encoding="utf-8")
    write_manifest(killed, **MADE)
    recover(tmp_path, "a")
    assert said(tmp_path / "a") == "whole"


def test_a_half_written_draft_takes_no_place(tmp_path: Path) -> None:
    killed = tmp_path / ".draft-a-abcdefgh"
    killed.mkdir()
    (killed / "said.txt").write_text("half", encoding="utf-8")
    recover(tmp_path, "a")
    assert not (tmp_path / "a").exists()


def test_of_two_runs_that_end_at_once_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_run(tmp_path, "a", "first")
    move_away = place_module._move_away
    overtaken = []

    def overtake(place: Path, history: Path) -> Path | None:
        moved = move_away(place, history)
        if not overtaken:
            overtaken.append(True)
            write_run(tmp_path, "a", "overtaking")
        return moved

    monkeypatch.setattr(place_module, "_move_away", overtake)
    write_run(tmp_path, "a", "overtaken")
    found = [tmp_path / "a", *(tmp_path / HISTORY).iterdir()]
    assert sorted(said(folder) for folder in found) == ["first", "overtaken", "overtaking"]
    assert drafts(tmp_path) == []


def test_a_full_disk_is_said_so_and_harms_nothing(tmp_path: Path) -> None:
    write_run(tmp_path, "a", "first")
    with pytest.raises(NotWrittenError) as error, new_run(tmp_path, "a"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(error.value).endswith(
        "found a disk that does not take the run (No space left on device), expected room for it; make room, or choose "
        "another folder with --out. What was there before is unharmed"
    )
    assert error.value.exit_code is ExitCode.INTERNAL
    assert said(tmp_path / "a") == "first"
    assert drafts(tmp_path) == []


def test_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    runs.write_text("a file", encoding="utf-8")
    with pytest.raises(RunFolderError, match="found a folder that cannot be written to"), new_run(runs, "a"):
        raise AssertionError("not reached")


def test_drafts_of_killed_processes_are_swept_up_after_a_day_and_not_before(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".draft-a-12345678", tmp_path / ".draft-a-87654321"
    for folder in (old, fresh):
        folder.mkdir()
    os.utime(old, (0, 0))
    write_run(tmp_path, "a", "text")
    assert drafts(tmp_path) == [fresh]
