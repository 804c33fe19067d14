"""A run that is not as it was written is refused, with the file and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, RunFolderError
from rmscenario.run_folder import MANIFEST, read_manifest
from tests.run_folder.folders import write_run


def refused(folder: Path) -> str:
    with pytest.raises(RunFolderError) as error:
        read_manifest(folder)
    assert error.value.exit_code is ExitCode.BAD_INPUT
    return str(error.value)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = read_manifest(write_run(tmp_path, "a", "text"))
    assert manifest.command == ("rmscenario", "run")
    assert list(manifest.outputs) == ["said.txt"]
    assert manifest.outputs["said.txt"] == "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"  # "text"


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    folder = write_run(tmp_path, "a", "text")
    (folder / MANIFEST).unlink()
    assert refused(folder) == (
        "a/manifest.json: found no manifest, expected one as the last file of a whole run; run the scenario again"
    )


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = write_run(tmp_path, "a", "text")
    (folder / "said.txt").write_text("other", encoding="utf-8")
    assert refused(folder) == (
        "a/said.txt: found other content than was written, expected the hash in manifest.json; "
        "run the scenario again, and change copies only"
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = write_run(tmp_path, "a", "text")
    (folder / "said.txt").unlink()
    assert refused(folder) == (
        "a/said.txt: found no such file, expected the one its manifest names; "
        "run the scenario again, and change copies only"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"layout": 99}', "\ufeff{}"])
def test_a_manifest_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_run(tmp_path, "a", "text")
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    assert refused(folder).startswith("a/manifest.json: found ")


def test_no_such_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").endswith(
        "found no such folder, expected a run; write the folder of a run, such as runs/reference"
    )


def test_the_manifest_holds_every_file_below_the_folder(tmp_path: Path) -> None:
    folder = write_run(tmp_path, "a", "text")
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(content["outputs"]) == files - {MANIFEST}
