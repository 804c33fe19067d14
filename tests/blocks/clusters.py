"""Clusters that are there before anyone asks them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from dask.distributed import LocalCluster

from rmscenario.blocks import Pool


@contextmanager
def standing(*, workers: int = 1, threads: int = 1) -> Iterator[Pool]:
    """One in this process."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=threads,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as there:
        yield Pool(scheduler=there.scheduler_address)


@contextmanager
def never_asking(trace: Path) -> Iterator[None]:
    """Closing a cluster asks its processes nothing before they have ended, or one has ended its lingering work."""
    closing = LocalCluster.close

    def works(process: int | None) -> bool:
        with suppress(ChildProcessError):
            return process is not None and os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        return False

    def close(there: LocalCluster) -> None:
        while any(works(nanny.pid) for nanny in there.workers.values()) and not list(trace.glob("ended-*")):
            time.sleep(0.02)
        closing(there)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalCluster, "close", close)
        yield
