"""Results one after the other, in the order of their numbers, for those who add them up: memory holds a few of them."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from functools import partial
from itertools import islice
from typing import TypeVar

from rmscenario import __version__
from rmscenario.blocks.files import Arrays
from rmscenario.blocks.run import AHEAD, Pool, Work, ahead_of, done_block, kept_open

#: Threads of this process, where no one else does the work.
THREADS = 2
#: [s] How often a wait looks whether it shall stop.
_LOOK = 0.05

Item = TypeVar("Item")
Result = TypeVar("Result")


def streamed(
    work: Work, count: int, *, pool: Pool | None = None, block: int = 1, stop: Callable[[], bool] = lambda: False
) -> Generator[Arrays, None, None]:
    """Results of the numbers 0 … count − 1, until it shall stop.

    Parameters
    ----------
    pool : Pool, optional
        None: threads of this process, for work whose loops hold no lock of Python.
    block : int
        Numbers that go to a worker together.

    Raises
    ------
    PoolError
        When the cluster cannot be reached, or ends before the work is done.
    """
    if pool is None:
        with ThreadPoolExecutor(THREADS) as threads:
            yield from in_order(threads, work.ready(), range(count), AHEAD * THREADS, stop)
    elif pool.alone:
        one = work.ready()
        for number in range(count):
            if stop():
                return
            yield one(number)
    else:
        blocks = (tuple(range(first, min(first + block, count))) for first in range(0, count, block))
        do = partial(done_block, work.key, pickle.dumps(work), version=__version__)
        with kept_open(pool) as ready:
            assert ready.opened is not None
            client, _ = ready.opened
            for done in in_order(client.get_executor(pure=False), do, blocks, ahead_of(client), stop):
                for place in range(len(next(iter(done.values())))):
                    yield {name: values[place] for name, values in done.items()}


def in_order(
    workers: Executor, do: Callable[[Item], Result], items: Iterable[Item], ahead: int, stop: Callable[[], bool]
) -> Generator[Result, None, None]:
    """Results in the order of the items; at most `ahead` are made beyond the one that is taken."""
    rest = iter(items)
    waiting = deque(workers.submit(do, item) for item in islice(rest, ahead))
    try:
        while waiting:
            while not wait([waiting[0]], timeout=_LOOK).done:
                if stop():
                    return
            result = waiting.popleft().result()
            waiting.extend(workers.submit(do, item) for item in islice(rest, 1))
            yield result
    finally:
        for future in waiting:
            future.cancel()
