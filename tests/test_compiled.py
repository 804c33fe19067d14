"""Where compiled loops are kept."""

from __future__ import annotations

from pathlib import Path

import numba
import pytest

from rmscenario import compiled


def test_a_change_of_any_loop_gives_all_loops_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_SOURCE", tmp_path)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    for part in ("one", "two"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "kernel.py").write_text("A = 1\n", encoding="utf-8")
    before = compiled._kept()
    assert before == compiled._kept()
    assert before is not None
    assert before.parent == tmp_path / "__pycache__"
    (tmp_path / "one" / "kernel.py").write_text("A = 2\n", encoding="utf-8")
    assert compiled._kept() != before


def test_a_folder_given_for_compiled_loops_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    kept = compiled._kept()
    assert kept is not None
    assert kept.parent == tmp_path


def test_loops_are_kept_there() -> None:
    assert str(compiled.kept) == numba.config.CACHE_DIR
