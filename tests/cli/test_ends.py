"""How commands end: with the right code, a line that helps, and nothing half written."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, shown
from rmscenario.run_folder import read_run
from tests.cli.running import TUTORIAL, call, files, killed, started
from tests.project.files import ROOT

#: More draws than any test waits for.
ENDLESS = ("--set", "stress.draws=100000000")


def wait_for(process: subprocess.Popen[str], found: Callable[[], object]) -> None:
    """Wait until something is there, as long as the process runs."""
    while not found():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


def ended(process: subprocess.Popen[str], number: int) -> tuple[str, str]:
    """Send a signal; returns what the process said until its end."""
    process.send_signal(number)
    return process.communicate()


def _work_of(pid: int) -> float:
    """Seconds of work of a process so far: on a busy machine its own speed, not that of the clock."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / 100.0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.usefixtures("tutorial")  # the loops of a stress test are compiled
def test_an_interrupted_stress_test_keeps_the_plan_and_the_draws_made(tmp_path: Path, number: int, code: int) -> None:
    arguments = ("run", TUTORIAL, "--out", tmp_path, "--json", "--no-figures", *ENDLESS)
    process = started(*arguments, stdin=subprocess.DEVNULL)
    wait_for(process, (tmp_path / ".unverified" / "tutorial.csv").is_file)
    planned = _work_of(process.pid)
    wait_for(process, lambda: _work_of(process.pid) > planned + 1.5)  # verified, and long among the draws
    _, err = ended(process, number)
    assert process.returncode == code, err
    run = read_run(tmp_path / "tutorial")
    assert run.summary["interrupted"] is True
    assert run.summary["verify"]["ok"] is True
    assert 0 < run.summary["stress"]["draws"] < run.summary["stress"]["draws_asked"]
    assert "afbrudt: den plan, der var fundet, er efterregnet og gemt" in err
    assert list(tmp_path.glob(".draft-*")) == []


def test_a_second_interrupt_ends_at_once_and_says_where_the_plan_is_kept(tmp_path: Path) -> None:
    process = started("run", TUTORIAL, "--out", tmp_path, "--name", "two", *ENDLESS)
    kept = tmp_path / ".unverified" / "two.csv"
    wait_for(process, kept.is_file)
    for number in (signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGCONT):  # nothing is written between the two
        process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == 130, err
    assert err.endswith(
        "rmscenario: interrupted before the plan was verified and written as a run; its starts are kept in "
        f"{kept.as_posix()}\n"
    )
    initiative, *_ = kept.read_text(encoding="utf-8").splitlines()
    assert initiative == "initiative,unit,level,start"
    assert [path.name for path in tmp_path.iterdir()] == [".unverified"]


def test_two_interrupts_while_planning_keep_the_plan_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one comes before the search has given its plan back: it is remembered, and the run is written."""
    from rmscenario.planning import Tick  # noqa: PLC0415
    from rmscenario.workflow import carry_out  # noqa: PLC0415

    make = carry_out.make_plan

    def slow(*arguments: object, progress: Callable[[Tick], None], stop: Callable[[], bool]) -> object:
        plan = make(*arguments, progress=progress, stop=stop)  # type: ignore[arg-type]
        for _ in range(2):
            signal.raise_signal(signal.SIGINT)
        return plan

    monkeypatch.setattr(carry_out, "make_plan", slow)
    result = call("plan", TUTORIAL, "--out", tmp_path, "--no-figures", "--lang", "en")
    assert result.exit_code == 130, result.stderr
    assert "interrupted: the plan is kept in" in result.stderr
    run = read_run(tmp_path / "tutorial")
    assert run.summary["interrupted"] is True
    assert [path.name for path in tmp_path.iterdir()] == ["tutorial"]


@pytest.mark.parametrize("closed", ["stderr", "both"])
def test_a_reader_that_leaves_costs_no_plan(tmp_path: Path, closed: str) -> None:
    process = started("plan", TUTORIAL, "--out", tmp_path, "--no-figures")
    assert process.stderr is not None
    assert process.stdout is not None
    process.stderr.close()
    if closed == "both":
        process.stdout.close()
    assert process.wait() == ExitCode.TARGET_MISSED
    process.stdout.close()
    read_run(tmp_path / "tutorial")


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [("check", ROOT / "models" / "tiny"), ("--help",), ("version", "--json")])
def test_a_result_that_finds_no_room_is_one_line(arguments: tuple[object, ...]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rmscenario.cli", *map(str, arguments)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == ExitCode.INTERNAL
    assert done.stderr.splitlines()[-1] == (
        "rmscenario: stdout: found a file or device that does not take the result (No space left on device), expected "
        "room for it; make room, or lead stdout elsewhere. Folders that were written are whole"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_notes_that_find_no_room_cost_no_result() -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rmscenario.cli", "check", str(ROOT / "models" / "tiny"), "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=full,
            text=True,
            check=False,
        )
    assert done.returncode == ExitCode.DONE
    assert "What can be reached" in done.stdout


INTERRUPTED = """
import os, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), int(sys.argv[2]))
sys.modules.pop(sys.argv[1], None)
from rmscenario.cli import main
sys.meta_path.insert(0, Interrupting())
main(["check", "none"])
"""


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("signal", signal.SIGINT),
        ("rmscenario.cli.group", signal.SIGINT),
        ("rmscenario.cli.group", signal.SIGTERM),
        ("click", signal.SIGINT),
        ("click.exceptions", signal.SIGTERM),
        ("rmscenario.workflow.interrupts", signal.SIGINT),
    ],
)
def test_an_interrupt_before_the_commands_are_imported_is_one_line(module: str, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module, str(int(number))], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "", "rmscenario: interrupted\n")


def _has_loaded(process: subprocess.Popen[str], library: str) -> bool:
    """Whether a process has come so far among its imports."""
    return library in Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("library", "number"),
    [
        ("_multiarray_umath", signal.SIGINT),
        ("llvmlite", signal.SIGTERM),
        ("_sparsetools", signal.SIGINT),
        ("pandas_parser", signal.SIGTERM),
    ],
)
def test_an_interrupt_while_modules_are_imported_is_not_lost_and_nothing_is_written(
    tmp_path: Path, library: str, number: int
) -> None:
    process = started("run", TUTORIAL, "--out", tmp_path, *ENDLESS)
    wait_for(process, lambda: _has_loaded(process, library))
    out, err = ended(process, number)
    assert (process.returncode, out) == (128 + number, ""), err
    assert err.endswith("rmscenario: interrupted before there was anything to keep; nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def test_a_kill_while_a_run_is_written_leaves_the_earlier_one(tutorial: Path, tmp_path: Path) -> None:
    shutil.copytree(tutorial, tmp_path / "tutorial")
    content = files(tutorial)
    killed("open", ".svg", 2, "plan", TUTORIAL, "--out", tmp_path)
    assert len(list(tmp_path.glob(".draft-*/figures/*.svg"))) >= 1
    assert files(tmp_path / "tutorial") == content
    read_run(tmp_path / "tutorial")
    assert call("plan", TUTORIAL, "--out", tmp_path, "--no-figures").exit_code == ExitCode.TARGET_MISSED


def test_a_full_disk_leaves_the_earlier_run_and_says_so(tutorial: Path, tmp_path: Path) -> None:
    shutil.copytree(tutorial, tmp_path / "tutorial")
    content = files(tutorial)
    most = 20_000  # bytes: less than quantities.nc
    process = started(
        "plan",
        TUTORIAL,
        "--out",
        tmp_path,
        "--no-figures",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    _, err = process.communicate()
    assert process.returncode == ExitCode.INTERNAL
    assert "found a disk that does not take the run (File too large), expected room for it" in err
    assert "Traceback" not in err
    assert files(tmp_path / "tutorial") == content
    assert [path.name for path in tmp_path.iterdir()] == ["tutorial"]


def test_a_full_disk_leaves_nothing_of_an_empty_region(tmp_path: Path) -> None:
    most = 100  # bytes: less than region.toml
    process = started(
        "init", tmp_path / "new", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    )
    out, err = process.communicate()
    assert process.returncode == ExitCode.INTERNAL
    assert out == ""
    assert err == (
        f"rmscenario: {shown(tmp_path / 'new')}: found a disk that does not take the region (File too large), expected room "
        "for it; make room, or choose another folder. What was there before is unharmed\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["init", "compare"])
def test_a_folder_that_cannot_be_written_to_is_refused_as_for_a_plan(
    command: str, tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> str:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkdtemp", fail)
    place = tmp_path / "place"
    result = call("init", place) if command == "init" else call("compare", tutorial, tutorial, "--out", place)
    assert result.exit_code == ExitCode.BAD_INPUT
    assert "found a folder that cannot be written to (Permission denied), expected one that can; " in result.stderr
    assert not list(tmp_path.rglob("*.*"))


def test_an_empty_region_stays_out_of_a_folder_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    result = call("init", tmp_path)
    assert result.exit_code == ExitCode.BAD_INPUT
    assert "found 'notes.txt' already, expected a folder that is empty, or none yet" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_faulty_input_is_exit_code_3_and_writes_nothing(tmp_path: Path) -> None:
    model = Path(shutil.copytree(ROOT / "models" / "tiny", tmp_path / "tiny"))
    table = model / "budgets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("capex", "capx", 1), encoding="utf-8")
    result = call("run", model, "--out", tmp_path / "runs")
    assert result.exit_code == ExitCode.BAD_INPUT
    assert result.stdout == ""
    assert result.stderr.startswith("rmscenario: budgets.csv:2: kind: found 'capx'")
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("plan",),
        ("plan", "none.toml"),
        ("plan", TUTORIAL, "--lang", "se"),
        ("stress", "x", "--draws", "1"),
        ("sing",),
    ],
)
def test_a_wrong_command_line_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    result = call(*arguments)
    assert result.exit_code == ExitCode.USAGE
    assert result.stderr


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "a\\b"])
def test_a_name_that_leads_out_of_the_runs_is_refused(tmp_path: Path, name: str) -> None:
    result = call("plan", TUTORIAL, "--out", tmp_path, "--name", name)
    assert result.exit_code == ExitCode.BAD_INPUT
    assert "expected the name of a folder, without path" in result.stderr
    assert "ændret:" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_runs_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = call("plan", TUTORIAL, "--out", tmp_path / "file" / "runs")
    assert result.exit_code == ExitCode.BAD_INPUT
    assert result.stderr.startswith("rmscenario: --out: found ")
    assert "ændret:" not in result.stderr


def test_a_plan_that_verification_refuses_is_exit_code_6_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rmscenario.workflow import carry_out  # noqa: PLC0415

    assess = carry_out.assess

    def wrong(*arguments: object) -> object:
        dataset = assess(*arguments)  # type: ignore[arg-type]
        dataset["opex"][0, -1] += 1e6
        return dataset

    monkeypatch.setattr(carry_out, "assess", wrong)
    result = call("plan", TUTORIAL, "--out", tmp_path, "--no-figures")
    assert result.exit_code == ExitCode.SOLVER
    assert "rmscenario: opex " in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_error_nobody_foresaw_is_one_line_and_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw it")

    monkeypatch.setattr("rmscenario.cli.carried_out.load", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = call("plan", TUTORIAL)
    assert result.exit_code == ExitCode.INTERNAL
    (kept,) = tmp_path.iterdir()
    assert result.stderr == (
        "rmscenario: found an error it does not know (ZeroDivisionError), expected none; "
        f"please report it with {kept}\n"
    )
    assert "nobody foresaw it" in kept.read_text(encoding="utf-8")


def test_progress_is_silent_where_stderr_is_no_terminal(tutorial_result: object) -> None:
    said = getattr(tutorial_result, "stderr", "")
    assert "\x1b" not in said
    assert "incumbent" not in said
