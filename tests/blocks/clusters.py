"""Clusters that are there before anyone asks them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
