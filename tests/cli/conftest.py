"""Runs that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.running import FEW, TUTORIAL, call


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the runs below; tests that change a run copy it first."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def tutorial_result(runs: Path) -> Result:
    """What running the tutorial says."""
    return call("run", TUTORIAL, "--out", runs, "--json", "--lang", "en", *FEW)


@pytest.fixture(scope="session")
def tutorial(runs: Path, tutorial_result: Result) -> Path:
    """A whole run of the tutorial."""
    assert tutorial_result.exit_code == 5, tutorial_result.stderr
    return runs / "tutorial"
