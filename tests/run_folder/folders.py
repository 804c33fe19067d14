"""Small runs for tests: a folder with one file and a manifest."""

from __future__ import annotations

from pathlib import Path

from rmscenario.run_folder import new_run, write_manifest

MADE = {
    "made": "2026-11-22T00:00:00+00:00",
    "command": ("rmscenario", "run"),
    "versions": {},
    "inputs": {},
    "options": {},
    "seconds": {},
}


def write_run(runs: Path, name: str, text: str) -> Path:
    """Write a run whose one file says `text`."""
    with new_run(runs, name) as draft:
        (draft.folder / "said.txt").write_text(text, encoding="utf-8")
        write_manifest(draft.folder, **MADE)
        draft.whole = True
    return runs / name


def said(folder: Path) -> str:
    """What a run says."""
    return (folder / "said.txt").read_text(encoding="utf-8")
