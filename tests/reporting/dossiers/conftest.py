"""The tiny region with a proposal, its run and its dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rounds.dossiers import proposed
from tests.rounds.rounds import planned


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Path]:
    return proposed(tmp_path_factory.mktemp("dossiers"), planned())
