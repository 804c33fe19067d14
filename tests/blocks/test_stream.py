"""Results one after the other: in their order, the same by whomever, and few of them at a time."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rmscenario.blocks import Pool, PoolError, run_blocks, streamed
from rmscenario.blocks.stream import in_order
from tests.blocks.clusters import never_asking, standing
from tests.blocks.work import Alone, Backwards, Deadly, Failing, Lingering


def never() -> bool:
    return False


@pytest.mark.parametrize("pool", [None, Pool(workers=1), Pool(workers=2)], ids=["threads", "alone", "processes"])
@pytest.mark.parametrize("block", [1, 3])
def test_results_come_in_the_order_of_their_numbers_and_the_same_by_whomever(pool: Pool | None, block: int) -> None:
    found = list(streamed(Backwards(), 10, pool=pool, block=block))
    assert [int(one["square"]) for one in found] == [number**2 for number in range(10)]
    assert np.array_equal(found[-1]["halves"], np.arange(3) / 10)


def test_no_more_is_made_ahead_than_asked_for() -> None:
    made: list[int] = []
    with (
        ThreadPoolExecutor(4) as threads,
        closing(in_order(threads, made.append, itertools.count(), 3, never)) as stream,
    ):
        for taken, _ in zip(range(1, 20), stream, strict=False):
            time.sleep(0.002)
            assert len(made) <= taken + 3


def test_an_error_of_the_work_comes_home() -> None:
    with pytest.raises(ValueError, match="cannot be squared"):
        list(streamed(Failing(), 4))
    with pytest.raises(ValueError, match="cannot be squared"), standing() as pool:
        list(streamed(Failing(), 4, pool=pool))


def test_workers_that_end_again_and_again_are_an_error_of_the_pool() -> None:
    with pytest.raises(PoolError, match=r"^--workers: found workers that ended before"):
        list(streamed(Deadly(), 2, pool=Pool(workers=2)))


def test_a_stop_waits_for_no_worker_that_is_busy(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    work = Lingering(trace=trace)
    with never_asking(trace):
        found = list(streamed(work, 6, pool=Pool(workers=2), stop=lambda: trace.is_dir() and any(trace.iterdir())))
    assert [int(one["square"]) for one in found] == [0, 1][: len(found)]
    assert not list(trace.glob("ended-*"))


def test_a_worker_with_several_threads_lets_no_two_of_them_meet_at_one_piece_of_work() -> None:
    with standing(workers=2, threads=4) as pool:
        assert [int(one["square"]) for one in streamed(Alone(), 40, pool=pool)] == [number**2 for number in range(40)]
        assert run_blocks(Alone(), 40, block=2, pool=pool).numbers == tuple(range(40))
