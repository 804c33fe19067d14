"""Reading answers back and writing dossiers, killed at any moment: the former state or the new one, never between."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.rounds.store import read_round
from rmscenario.run_folder.manifest import read_manifest
from rmscenario.run_folder.place import recover
from tests.rounds.dossiers import fill, proposed, read, sent
from tests.rounds.rounds import NAME, files, planned
from tests.rounds.test_killed import MOMENTS, touching

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")


def moments(touches: int) -> list[int]:
    return sorted(set(np.linspace(1, touches, MOMENTS).astype(int).tolist()))


def test_reading_answers_back_leaves_the_former_or_the_new_state(tmp_path: Path) -> None:
    start, _, folder = proposed(tmp_path, planned())
    book = fill(folder / "HUS.xlsx", {f"{NAME}.P2.HUS": {"answer": "ændret", "start": 2028, "comment": "Senere"}})

    def step(model: Path) -> bool:
        return read(model, book)[1]

    before, region_before = read_round(start, NAME).manifest, tables.load(start)
    done = tmp_path / "done" / "models" / "tiny"
    shutil.copytree(start, done)
    touches = touching(step, done, None)
    after, whole, region_after = read_round(done, NAME).manifest, files(done), tables.load(done)
    assert after != before
    found = set()
    for moment in moments(touches):
        model = tmp_path / f"killed-{moment}" / "models" / "tiny"
        shutil.copytree(start, model)
        assert touching(step, model, moment) == 0
        manifest, region = read_round(model, NAME).manifest, tables.load(model)
        assert (manifest, region) in ((before, region_before), (after, region_after))
        found.add(manifest == after)
        assert step(model) == (manifest == before)
        assert files(model) == whole
    assert found == {False, True}


def test_writing_dossiers_leaves_the_former_or_the_new_ones(tmp_path: Path) -> None:
    model, run, former = proposed(tmp_path, planned())
    read(model, fill(tmp_path / "dossiers" / NAME / "HUS.xlsx", {f"{NAME}.P2.HUS": {"answer": "afvist"}}))
    shutil.rmtree(former)
    former = sent(model, run, tmp_path / "dossiers")
    read(model, fill(Path(shutil.copy(former / "HJEM.xlsx", tmp_path)), {f"{NAME}.P2.HJEM": {"answer": "accepteret"}}))

    def step(out: Path) -> bool:
        return sent(model, run, out).is_dir()

    def content(out: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (out / NAME).iterdir() if path.suffix == ".xlsx"}

    before = content(tmp_path / "dossiers")
    done = tmp_path / "done"
    shutil.copytree(tmp_path / "dossiers", done)
    touches = touching(step, done, None)
    after = content(done)
    assert after != before
    for moment in moments(touches):
        out = tmp_path / f"killed-{moment}"
        shutil.copytree(tmp_path / "dossiers", out)
        assert touching(step, out, moment) == 0
        recover(out, NAME)  # what every command does that looks for the folder
        read_manifest(out / NAME)
        assert content(out) in (before, after)
        assert step(out)
        assert content(out) == after
