"""Who evaluates the draws of a stress test: whoever it is, the run is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.blocks.clusters import standing
from tests.cli.running import FEW, TUTORIAL, call, undated

DRAWS = ("--draws", 5_000)
#: A target that `wait` takes.
SOFT = ("--set", "targets[scopes-1-2-25].hard=no", "--set", "targets[scopes-1-2-25].shortfall_price=5000")


def stressed(tutorial: Path, folder: Path, *workers: object) -> dict[str, bytes]:
    """Files of the run after another stress test."""
    run = Path(shutil.copytree(tutorial, folder / "tutorial"))
    result = call("stress", run, *DRAWS, *workers)
    assert result.exit_code in (0, 5), result.stderr
    return undated(run)


@pytest.fixture(scope="module")
def by_threads(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return stressed(tutorial, tmp_path_factory.mktemp("threads"))


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_write_the_bytes_that_threads_write(
    tutorial: Path, tmp_path: Path, by_threads: dict[str, bytes], workers: int
) -> None:
    assert stressed(tutorial, tmp_path, "--workers", workers) == by_threads


def test_a_cluster_writes_the_bytes_that_threads_write(
    tutorial: Path, tmp_path: Path, by_threads: dict[str, bytes]
) -> None:
    with standing(workers=2, threads=2) as pool:
        assert stressed(tutorial, tmp_path, "--scheduler", pool.scheduler) == by_threads


@pytest.mark.parametrize("command", ["run", "regret", "wait", "worth"])
def test_a_scheduler_that_does_not_answer_ends_what_asks_for_it_before_anything_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("rmscenario.blocks.cluster.PATIENCE", "1s")
    monkeypatch.setattr("rmscenario.workflow.carry_out.make_plan", lambda *_, **__: pytest.fail("it was planned"))
    result = call(command, TUTORIAL, *FEW, *SOFT, "--out", tmp_path / "runs", "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 2, result.stderr
    assert "--scheduler: found no Dask scheduler at 'tcp://127.0.0.1:9'" in result.stderr
    assert not list(tmp_path.rglob("manifest.json"))


def test_workers_of_this_machine_and_of_a_cluster_are_not_asked_at_once(tutorial: Path) -> None:
    both = call("stress", tutorial, "--workers", 2, "--scheduler", "tcp://127.0.0.1:9")
    assert both.exit_code == 2
    assert "Give --workers or --scheduler" in both.stderr
