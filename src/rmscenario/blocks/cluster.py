"""Dask: the one place that knows it."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing import resource_tracker
from typing import Any

from dask import distributed
from distributed.client import ClosedClientError
from distributed.comm.core import CommClosedError

from rmscenario.blocks.fault import PoolError
from rmscenario.errors import shown

#: How long a scheduler may take to answer.
PATIENCE = "20s"
_DASK: Any = distributed
#: What a process of this machine does first: a terminal sends Ctrl-C to all of them, and one alone decides what to keep.
_FIRST = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
#: What Dask raises where the scheduler is gone; futures that wait in threads are cancelled as any others.
_PARTED = (CommClosedError, ClosedClientError, CancelledError)
#: Characters of such an error that are shown: room for the name of a future and why it was cancelled.
_LONGEST = 160


@contextmanager
def at_work(scheduler: str | None) -> Iterator[None]:
    """While a cluster does the work: what it raises where it gives up is said in the words of who asked for it.

    Raises
    ------
    PoolError
        When workers or their scheduler end before the work is done.
    """
    option = "--workers" if scheduler is None else "--scheduler"
    try:
        yield
    except _DASK.KilledWorker as error:
        raise PoolError(
            f"{option}: found workers that ended before their work was done, expected ones that stay to the end; use "
            "fewer if memory is short, and give the same command again"
        ) from error
    except _PARTED as error:
        found = ": ".join(filter(None, (type(error).__name__, str(error))))
        see = "" if scheduler is None else "see that the cluster runs and can be reached, and "
        raise PoolError(
            f"{option}: found a connection to the cluster that ended before the work was done ({shown(found, _LONGEST)}), "
            f"expected one that stays to the end; {see}give the same command again"
        ) from error


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[tuple[Any, Callable[[Iterable[Any]], Any]]]:
    """A client, and what gives its futures as they are done.

    Parameters
    ----------
    scheduler : str or None
        Address of an existing cluster; None: processes of this machine, which end with the block.

    Raises
    ------
    PoolError
        When no scheduler answers.
    """
    with ExitStack() as stack:
        if scheduler is None:
            _quiet_tracker()
            logging.getLogger("distributed").setLevel(logging.CRITICAL)  # also when what is left of it is closed
            # Nothing but this machine can reach it, and it shows no page: its port is any free one, as others may run too.
            there = _DASK.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
                preload=[_FIRST],
            )
            stack.callback(_end, there)
            client = _DASK.Client(there, set_as_default=False)
        else:
            try:
                client = _DASK.Client(scheduler, timeout=PATIENCE, set_as_default=False)
            except (OSError, ValueError) as error:
                raise PoolError(
                    f"--scheduler: found no Dask scheduler at {shown(scheduler)}, expected one that answers within "
                    f"{PATIENCE}; start it, or leave the option out"
                ) from error
        yield stack.enter_context(client), partial(_DASK.as_completed, loop=client.loop)


def _quiet_tracker() -> None:
    """Start the process that tidies up after others so that it does so without a word: libraries make locks as they load."""
    before = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker"
    try:
        resource_tracker.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = before


def _end(there: Any) -> None:
    """End a cluster and its processes at once: asked politely, a busy one takes seconds, and it holds nothing to keep."""
    for nanny in there.workers.values():
        nanny.close_gracefully()  # no other is started in its place
        with suppress(OSError, TypeError):  # it has ended by itself
            os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    # Dask fails where a process just begins; its results are taken, and all of it ends with us.
    with suppress(Exception):
        there.close()
