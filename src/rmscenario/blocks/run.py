"""Blocks carried out by this process, by a cluster on this machine, or by one that is already there.

What comes of a number depends on the work and the number alone: not on the block it is in, nor on who does it, nor on
what was done before. So the results are the same for any number of workers, any size of blocks, and after a resume.
"""

from __future__ import annotations

import itertools
import os
import pickle
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from threading import local
from typing import Any, Protocol

import numpy as np

from rmscenario import __version__
from rmscenario.blocks.fault import PoolError
from rmscenario.blocks.files import Arrays, BlockFolder

#: Numbers in a block, unless asked for.
BLOCK = 10
#: Blocks that wait at each worker, so that none is idle while results come home.
AHEAD = 2
#: [s] How often a wait for workers looks whether it shall stop.
_LOOK = 0.05


class Work(Protocol):
    """A recipe that can be sent to another process.

    `ready` is called once in each thread of each process; what it gives is called with each number and returns arrays whose shapes and
    kinds do not depend on the number. `key` is a hash of everything that the results depend on.
    """

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        ...

    def ready(self) -> Callable[[int], Arrays]:
        """Make ready what all numbers share."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Who does the work: this process alone (one worker), processes of this machine, or an existing Dask cluster.

    Attributes
    ----------
    workers : int or None
        Processes on this machine; None: one for each core.
    scheduler : str or None
        Address of the scheduler of a cluster; `workers` is then the cluster's own.
    opened : optional
        What `kept_open` opened.
    """

    workers: int | None = None
    scheduler: str | None = None
    opened: tuple[Any, Callable[[Iterable[Any]], Any]] | None = field(default=None, repr=False, compare=False)

    @property
    def alone(self) -> bool:
        """Whether this process does the work."""
        return self.scheduler is None and self.processes == 1

    @property
    def processes(self) -> int:
        """Processes on this machine."""
        return self.workers or os.cpu_count() or 1


@contextmanager
def kept_open(pool: Pool) -> Iterator[Pool]:
    """A pool whose processes stay for several pieces of work.

    Raises
    ------
    PoolError
        When the cluster cannot be reached, or ends before the block does.
    """
    if pool.alone:
        yield pool
        return
    from rmscenario.blocks.cluster import at_work, cluster  # noqa: PLC0415  takes a second to import

    with at_work(pool.scheduler):
        if pool.opened is not None:
            yield pool
            return
        with cluster(pool.scheduler, pool.processes) as opened:
            yield replace(pool, opened=opened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Results so far.

    Attributes
    ----------
    numbers : tuple of int
        Numbers that are done, in order; all of them unless the work was stopped.
    arrays : by name, array (number, …)
    """

    numbers: tuple[int, ...]
    arrays: Arrays


def run_blocks(
    work: Work,
    count: int,
    *,
    folder: BlockFolder | None = None,
    block: int = BLOCK,
    pool: Pool | None = None,
    progress: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Done:
    """Do the numbers 0 … count − 1, those that are already in the folder excepted.

    Parameters
    ----------
    folder : BlockFolder, optional
        Where finished blocks are kept; none: nowhere.
    progress : callable
        Told how many numbers are done.
    stop : callable
        Asked again and again, and by this process alone after every number; when it says yes, what is done so far is
        returned. Blocks that workers are busy with are lost.

    Raises
    ------
    PoolError
        When the cluster cannot be reached, or ends before the work is done.
    RunFolderError
        When blocks cannot be kept in the folder.
    """
    kept = {} if folder is None else folder.read()
    found = {number: one for number, one in kept.items() if number < count}
    missing = [number for number in range(count) if number not in found]
    blocks = [tuple(missing[first : first + block]) for first in range(0, len(missing), block)]
    progress(len(found))
    if blocks:
        with closing(_carried_out(work, blocks, pool or Pool(), stop)) as results:
            for numbers, arrays in results:
                if folder is not None:
                    folder.write(numbers, arrays)
                for place, number in enumerate(numbers):
                    found[number] = {name: values[place] for name, values in arrays.items()}
                progress(len(found))
    if folder is not None and 0 < count == len(found):
        folder.finish(next(number for number in itertools.count(count) if number not in kept))
    numbers = tuple(sorted(found))
    names = found[numbers[0]] if numbers else {}
    return Done(numbers=numbers, arrays={name: np.stack([found[n][name] for n in numbers]) for name in names})


def _carried_out(
    work: Work, blocks: Sequence[tuple[int, ...]], pool: Pool, stop: Callable[[], bool]
) -> Generator[tuple[tuple[int, ...], Arrays], None, None]:
    """Blocks with their results, as they come, until it shall stop; the last one may then have fewer numbers."""
    workers = min(pool.processes, len(blocks))
    if pool.scheduler is None and workers == 1:
        yield from _by_this_process(work, blocks, stop)
    else:
        with kept_open(replace(pool, workers=workers)) as ready:
            yield from _by_dask(work, blocks, ready, stop)


def _by_this_process(
    work: Work, blocks: Sequence[tuple[int, ...]], stop: Callable[[], bool]
) -> Iterator[tuple[tuple[int, ...], Arrays]]:
    one = work.ready()
    for numbers in blocks:
        done: list[Arrays] = []
        for number in numbers:
            if stop():
                break
            done.append(one(number))
        if done:
            yield numbers[: len(done)], _stacked(done)
        if len(done) < len(numbers):
            return


def _by_dask(
    work: Work, blocks: Sequence[tuple[int, ...]], pool: Pool, stop: Callable[[], bool]
) -> Iterator[tuple[tuple[int, ...], Arrays]]:
    assert pool.opened is not None
    client, completed = pool.opened
    waiting, key, recipe = iter(blocks), work.key, pickle.dumps(work)

    def sent(numbers: tuple[int, ...]) -> Any:
        return client.submit(done_block, key, recipe, numbers, __version__, pure=False)

    futures = {sent(numbers): numbers for numbers in itertools.islice(waiting, ahead_of(client))}
    results = completed(list(futures))
    while futures and not stop():
        ready = results.next_batch(block=False)
        if not ready:
            time.sleep(_LOOK)
        for future in ready:
            numbers, arrays = futures.pop(future), future.result()
            following = next(waiting, None)
            if following is not None:
                new = sent(following)
                futures[new] = following
                results.add(new)
            yield numbers, arrays


def ahead_of(client: Any) -> int:
    """Blocks that wait at the workers of a cluster."""
    threads: dict[str, int] = client.nthreads()
    return AHEAD * max(1, sum(threads.values()))


class _Ready(local):
    """What a thread of a worker has made ready: one piece of work at a time, and none that another thread is busy with."""

    key: str | None = None
    one: Callable[[int], Arrays]


_ready = _Ready()


def done_block(key: str, recipe: bytes, numbers: tuple[int, ...], version: str) -> Arrays:
    """One block, in a worker; the recipe is unpacked by the first one that needs it."""
    if version != __version__:
        raise PoolError(
            f"--scheduler: found a worker with version {__version__}, expected {version}; install the same version there"
        )
    if _ready.key != key:
        work: Work = pickle.loads(recipe)  # noqa: S301  of the process that gave the work
        _ready.one, _ready.key = work.ready(), key
    return _stacked([_ready.one(number) for number in numbers])


def _stacked(results: Sequence[Arrays]) -> Arrays:
    """Results of some numbers as arrays over them."""
    return {name: np.stack([np.asarray(one[name]) for one in results]) for name in results[0]}
