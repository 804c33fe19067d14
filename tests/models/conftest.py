"""The shipped regions, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.region import Region

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def midtjylland() -> Region:
    return tables.load(MODELS / "midtjylland")


@pytest.fixture(scope="session")
def tiny() -> Region:
    return tables.load(MODELS / "tiny")
