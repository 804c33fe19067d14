"""Blocks: the same results however they are divided, and nothing lost to a kill."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path

import dask
import numpy as np
import pytest
from distributed import LocalCluster
from distributed.comm.core import CommClosedError

from rmscenario.blocks import BlockFolder, Done, Kept, Pool, PoolError, kept_open, run_blocks
from rmscenario.blocks.cluster import at_work, cluster
from rmscenario.blocks.files import MANIFEST
from rmscenario.errors import ExitCode, RunFolderError
from tests.blocks.clusters import never_asking, standing
from tests.blocks.work import Deadly, Failing, Lingering, Squares
from tests.project.files import ROOT

ALONE = Pool(workers=1)


def after(numbers: int) -> Callable[[], bool]:
    """Stop when so many numbers are done by this process."""
    asked = iter([False] * numbers)
    return lambda: next(asked, True)


def as_bytes(done: Done) -> bytes:
    """Everything that came out, bit for bit."""
    return b"".join(
        f"{name}{values.dtype}{values.shape}".encode() + values.tobytes() for name, values in done.arrays.items()
    )


def test_the_results_stand_in_the_order_of_the_numbers() -> None:
    done = run_blocks(Squares(), 7, block=3, pool=ALONE)
    assert done.numbers == tuple(range(7))
    assert done.arrays["square"].tolist() == [0, 1, 4, 9, 16, 25, 36]
    assert done.arrays["halves"].shape == (7, 3)


@pytest.mark.parametrize(("workers", "block"), [(1, 1), (1, 5), (2, 3), (3, 4)])
def test_any_number_of_workers_and_any_size_of_blocks_give_the_same_bytes(workers: int, block: int) -> None:
    expected = as_bytes(run_blocks(Squares(), 11, block=100, pool=ALONE))
    assert as_bytes(run_blocks(Squares(), 11, block=block, pool=Pool(workers=workers))) == expected


def test_a_cluster_that_is_already_there_does_the_work() -> None:
    with standing() as pool:
        done = run_blocks(Squares(), 5, block=2, pool=pool)
    assert done.arrays["square"].tolist() == [0, 1, 4, 9, 16]


def test_two_clusters_of_one_machine_do_not_meet_at_a_port() -> None:
    with cluster(None, 1) as (one, _), cluster(None, 1) as (other, _):
        assert one.submit(sum, [1, 2]).result() + other.submit(sum, [3, 4]).result() == 10


def test_a_cluster_does_no_work_but_what_it_is_asked_for() -> None:
    with cluster(None, 1) as (client, as_completed):
        assert dask.config.get("scheduler", None) is None  # what xarray writes would go to it
        assert [future.result() for future in as_completed([client.submit(sum, [1, 2])])] == [3]
    assert dask.config.get("scheduler", None) is None


def test_no_scheduler_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rmscenario.blocks.cluster.PATIENCE", "1s")
    with pytest.raises(
        PoolError, match=r"--scheduler: found no Dask scheduler at 'tcp://127.0.0.1:9'.*leave the option out"
    ) as caught:
        run_blocks(Squares(), 5, pool=Pool(scheduler="tcp://127.0.0.1:9"))
    assert caught.value.exit_code is ExitCode.USAGE


def test_an_error_of_the_work_comes_home_from_a_worker() -> None:
    with pytest.raises(ValueError, match="cannot be squared"):
        run_blocks(Failing(), 4, block=1, pool=Pool(workers=2))


@pytest.mark.parametrize("within", [False, True], ids=["opened for it", "opened before"])
def test_workers_that_end_again_and_again_are_an_error_that_says_what_to_do(within: bool) -> None:
    with ExitStack() as stack:
        pool = Pool(workers=2)
        if within:
            pool = stack.enter_context(kept_open(pool))
        with pytest.raises(PoolError, match=r"^--workers: found workers that ended before .*use fewer") as caught:
            run_blocks(Deadly(), 2, block=1, pool=pool)
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_cluster_that_cannot_be_closed_takes_no_results_and_hides_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    closed, closing = [], LocalCluster.close

    def close(there: LocalCluster) -> None:
        closing(there)
        closed.append(there)
        raise AssertionError("can only join a started process")  # as Dask does where a process has just begun

    monkeypatch.setattr(LocalCluster, "close", close)
    assert run_blocks(Squares(), 3, block=1, pool=Pool(workers=2)).arrays["square"].tolist() == [0, 1, 4]
    with pytest.raises(ValueError, match="cannot be squared"):
        run_blocks(Failing(), 4, block=1, pool=Pool(workers=2))
    assert len(closed) == 2


def test_a_cluster_that_ends_meanwhile_is_an_error_that_names_it(tmp_path: Path) -> None:
    trace, ended = tmp_path / "trace", False
    with cluster(None, 1) as (client, _):
        address = client.cluster.scheduler_address

        def end_once_begun() -> bool:
            nonlocal ended
            if not ended and trace.is_dir():
                client.cluster.close()
                ended = True
            return False

        with pytest.raises(
            PoolError, match=r"^--scheduler: found a connection to the cluster that ended before"
        ) as caught:
            run_blocks(Lingering(trace=trace), 4, block=1, pool=Pool(scheduler=address), stop=end_once_begun)
    assert "memory" not in str(caught.value)


@pytest.mark.parametrize(
    ("scheduler", "error", "said"),
    [
        (
            "tcp://10.0.0.1:8786",
            CommClosedError("in <TCP>: Stream is closed"),
            "--scheduler: found a connection to the cluster that ended before the work was done "
            "('CommClosedError: in <TCP>: Stream is closed'), expected one that stays to the end; see that the cluster runs and "
            "can be reached, and give the same command again",
        ),
        (
            None,
            CancelledError(),
            "--workers: found a connection to the cluster that ended before the work was done ('CancelledError'), expected one "
            "that stays to the end; give the same command again",
        ),
    ],
)
def test_a_connection_that_ends_is_not_told_as_a_lack_of_memory(
    scheduler: str | None, error: Exception, said: str
) -> None:
    with pytest.raises(PoolError) as caught, at_work(scheduler):
        raise error
    assert str(caught.value) == said


def test_what_is_in_the_folder_is_not_done_again_whatever_the_size_of_the_blocks(tmp_path: Path) -> None:
    folder, trace = BlockFolder(tmp_path / "blocks", Squares().key), tmp_path / "trace"
    first = run_blocks(Squares(), 4, folder=folder, block=4, pool=ALONE)
    assert first.numbers == (0, 1, 2, 3)
    again = run_blocks(Squares(trace=trace), 9, folder=folder, block=2, pool=ALONE)
    assert sorted(int(path.name.split("-")[0]) for path in trace.iterdir()) == [4, 5, 6, 7, 8]
    assert as_bytes(again) == as_bytes(run_blocks(Squares(), 9, pool=ALONE))


def test_another_key_does_not_see_the_blocks(tmp_path: Path) -> None:
    run_blocks(Squares(), 3, folder=BlockFolder(tmp_path, "a" * 64), pool=ALONE)
    assert BlockFolder(tmp_path, "b" * 64).read() == {}


def test_the_manifest_comes_last_and_names_every_file(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path, Squares().key)
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE, stop=after(2))
    assert not (folder.folder / MANIFEST).exists()
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE)
    content = json.loads((folder.folder / MANIFEST).read_text(encoding="utf-8"))
    assert content["count"] == 4
    assert content["files"] == sorted(path.name for path in folder.folder.glob("*.npz"))


def test_a_stop_keeps_what_is_done(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path, Squares().key)
    done = run_blocks(Squares(), 9, folder=folder, block=2, pool=ALONE, stop=after(3))
    assert done.numbers == (0, 1, 2)
    assert sorted(folder.read()) == [0, 1, 2]


def test_a_stop_waits_for_no_worker_that_is_busy(tmp_path: Path) -> None:
    folder, done, trace = BlockFolder(tmp_path, Squares().key), [], tmp_path / "trace"

    def stop() -> bool:
        return 2 in done and trace.is_dir() and any(trace.iterdir())

    work = Lingering(trace=trace)
    with never_asking(trace):
        found = run_blocks(work, 6, folder=folder, block=1, pool=Pool(workers=2), progress=done.append, stop=stop)
    assert {path.name.partition("-")[0] for path in trace.iterdir()} == {"begun"}
    assert found.numbers == (0, 1)
    assert sorted(folder.read()) == [0, 1]


def test_a_damaged_file_is_told_of_and_done_again(tmp_path: Path) -> None:
    told: list[int] = []
    folder = Kept(above=tmp_path, damaged=told.append).of(Squares().key)
    run_blocks(Squares(), 6, folder=folder, block=2, pool=ALONE)
    file = sorted(folder.folder.glob("*.npz"))[1]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))
    assert told == []
    assert 2 not in folder.read()
    assert told == [1]
    done = run_blocks(Squares(), 6, folder=folder, block=2, pool=ALONE)
    assert as_bytes(done) == as_bytes(run_blocks(Squares(), 6, pool=ALONE))
    assert told == [1, 1]
    assert sorted(folder.read()) == list(range(6))
    assert told == [1, 1]


@pytest.mark.parametrize("block", [1, 4])
def test_a_damaged_file_is_gone_when_its_numbers_are_done_again_in_other_blocks(tmp_path: Path, block: int) -> None:
    told: list[int] = []
    folder = Kept(above=tmp_path, damaged=told.append).of(Squares().key)
    run_blocks(Squares(), 6, folder=folder, block=2, pool=ALONE)
    sorted(folder.folder.glob("*.npz"))[1].write_bytes(b"PK")
    run_blocks(Squares(), 6, folder=folder, block=block, pool=ALONE)
    assert told == [1]
    assert sorted(folder.read()) == list(range(6))
    assert told == [1]


@pytest.mark.parametrize(("offset", "bit"), [(8, 0), (10, 4)], ids=["encrypted", "packed in an unknown way"])
def test_a_flipped_bit_in_a_header_of_the_archive_is_damage_like_any_other(
    tmp_path: Path, offset: int, bit: int
) -> None:
    # Flags and way of packing of a central file header: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.4.4 f.
    told: list[int] = []
    folder = Kept(above=tmp_path, damaged=told.append).of(Squares().key)
    run_blocks(Squares(), 2, folder=folder, pool=ALONE)
    [file] = folder.folder.glob("*.npz")
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + offset] ^= 1 << bit
    file.write_bytes(bytes(content))
    assert folder.read() == {}
    assert told == [1]


def test_a_manifest_that_is_broken_or_gone_is_mended_by_the_next_run(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path, Squares().key)
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE)
    manifest = folder.folder / MANIFEST
    whole = manifest.read_bytes()
    manifest.write_text("{", encoding="utf-8")
    run_blocks(Squares(), 4, folder=folder, pool=ALONE)
    assert manifest.read_bytes() == whole
    manifest.unlink()
    run_blocks(Squares(), 3, folder=folder, pool=ALONE)
    assert manifest.read_bytes() == whole


def test_what_is_whole_is_read_without_writing_anything(tmp_path: Path) -> None:
    def written() -> dict[str, tuple[int, int]]:
        found = {path.name: path.stat() for path in folder.folder.iterdir()}
        return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}

    folder = BlockFolder(tmp_path, Squares().key)
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE)
    before = written()
    assert run_blocks(Squares(), 3, folder=folder, pool=ALONE).numbers == (0, 1, 2)
    assert written() == before


def test_a_sound_file_that_cannot_be_read_is_an_error_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    folder = Kept(above=tmp_path, damaged=told.append).of(Squares().key)
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE)
    read, sound = Path.read_bytes, sorted(folder.folder.glob("*.npz"))

    def failing(path: Path) -> bytes:
        if path == sound[-1]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    with pytest.raises(RunFolderError, match=r"\(Input/output error\)"):
        folder.read()
    with pytest.raises(RunFolderError, match=r"\(Input/output error\)"):
        folder.finish(4)
    assert told == []
    assert sorted(folder.folder.glob("*.npz")) == sound


def test_a_file_that_another_process_removed_meanwhile_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = BlockFolder(tmp_path, Squares().key)
    run_blocks(Squares(), 4, folder=folder, block=2, pool=ALONE)
    gone, *_ = sorted(folder.folder.glob("*.npz"))
    read = Path.read_bytes

    def late(path: Path) -> bytes:
        if path == gone:
            path.unlink()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", late)
    folder.finish(4)
    assert sorted(folder.read()) == [2, 3]


def test_a_file_in_the_place_of_the_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "blocks").touch()
    with pytest.raises(RunFolderError, match=r"\(Not a directory\).*choose another with --out") as caught:
        run_blocks(Squares(), 2, folder=BlockFolder(tmp_path / "blocks", Squares().key), pool=ALONE)
    assert caught.value.exit_code is ExitCode.BAD_INPUT


def test_a_full_disk_is_an_error_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    folder = BlockFolder(tmp_path, Squares().key)
    with pytest.raises(RunFolderError, match=r"No space left on device"):
        run_blocks(Squares(), 2, folder=folder, pool=ALONE)
    assert list(folder.folder.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from rmscenario.blocks import BlockFolder, Pool, run_blocks
from tests.blocks.work import Lingering

def kill(done):
    if done == numbers:
        os.kill(os.getpid(), signal.SIGKILL)

def fsync(file):  # in the middle of a write: a half of the file has come so far
    global written
    written += 2
    if written == numbers:
        os.ftruncate(file, os.fstat(file).st_size // 2)
        kill(written)

if __name__ == "__main__":
    above, workers, numbers, within = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "within"
    work, written = Lingering(trace=above / "lingering", at_once=numbers), 0
    if within:
        os.fsync = fsync
    folder, pool = BlockFolder(above, work.key), Pool(workers=workers)
    run_blocks(work, 12, folder=folder, block=2, pool=pool, progress=lambda done: within or kill(done))
"""


@pytest.mark.parametrize(
    ("workers", "numbers", "when"),
    [
        (1, 2, "after"),
        (1, 6, "after"),
        (1, 10, "after"),
        (1, 2, "within"),
        (1, 8, "within"),
        (2, 2, "after"),
        (2, 6, "after"),
        (2, 6, "within"),
    ],
)
def test_a_run_that_was_killed_goes_on_where_it_was_and_ends_with_the_same_bytes(
    tmp_path: Path, workers: int, numbers: int, when: str
) -> None:
    """Killed after so many numbers, or within the write of the last two of them; other workers are then busy."""
    script, trace = tmp_path / "killed.py", tmp_path / "trace"
    script.write_text(KILLED, encoding="utf-8")
    folder = BlockFolder(tmp_path, Squares().key)
    killed = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(workers), str(numbers), when],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))},
        stdout=subprocess.PIPE,  # its workers have it, too: it ends when the last of them has ended
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert not list((tmp_path / "lingering").glob("ended-*"))
    kept, unfinished = set(folder.read()), list(folder.folder.glob(".*.tmp-*"))
    assert kept <= set(range(numbers))
    assert (len(kept), len(unfinished)) == ((numbers, 0) if when == "after" else (numbers - 2, 1))
    done = run_blocks(Squares(trace=trace), 12, folder=folder, block=5, pool=ALONE)
    assert {int(path.name.split("-")[0]) for path in trace.iterdir()} == set(range(12)) - kept
    assert as_bytes(done) == as_bytes(run_blocks(Squares(), 12, pool=ALONE))
    assert np.array_equal(done.arrays["square"], np.arange(12) ** 2)
