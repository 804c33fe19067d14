"""Where results are kept: what a run does not measure stays as an earlier run left it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.page import page

FOLDER = Path(__file__).parent

Kept = dict[str, dict[str, Any]]


def read_results(folder: Path) -> Kept:
    """Results of earlier runs."""
    kept = folder / "results.json"
    found: Kept = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    return found


def write_results(folder: Path, results: Kept) -> None:
    """Write `results.json` and `results.md`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (folder / "results.md").write_text(page(results), encoding="utf-8")
