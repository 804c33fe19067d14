"""The regions that are shipped can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.tables import Notation, load, write_region

MODELS = sorted(path.parent for path in (Path(__file__).parents[2] / "models").glob("*/region.toml"))


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: folder.name)
def test_a_shipped_region_is_read_and_written_back_unchanged(folder: Path, tmp_path: Path) -> None:
    region = load(folder)
    write_region(tmp_path / "copy", region, notation=Notation.PLAIN)
    assert load(tmp_path / "copy") == region
