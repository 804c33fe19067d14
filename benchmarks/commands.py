"""The command line from outside: how soon help comes, and how soon an interrupted run ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "rmscenario.cli")
#: [s] Work of the reference run after which it is interrupted.
MOMENTS = (1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 14.0, 17.0, 20.0)
#: Times that help is asked for.
HELPS = 9


def measure_commands(say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of the clock until help is printed, and of work until a run interrupted at some moments has ended."""
    helps = []
    for _ in range(HELPS):
        begin = time.perf_counter()
        subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        helps.append(time.perf_counter() - begin)
    interrupts = []
    for moment in MOMENTS:
        say(f"interrupted after {moment:g} s")
        interrupts.append({"after": moment} | _interrupted(moment))
    return {"help": median(helps), "interrupts": interrupts}


def _interrupted(moment: float) -> dict[str, Any]:
    """Interrupt a run of the reference after some seconds of work."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [*COMMAND, "run", str(ROOT / "scenarios" / "reference.toml"), "--out", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and _work_of(process.pid) < moment:
            time.sleep(0.005)
        before, begin = _work_of(process.pid), time.perf_counter()
        process.send_signal(signal.SIGINT)
        work = before
        while process.poll() is None:
            work = max(work, _work_of(process.pid))
            time.sleep(0.005)
        return {
            "work": work - before,
            "clock": time.perf_counter() - begin,
            "code": process.returncode,
            "kept": (Path(folder) / "reference" / "manifest.json").is_file(),
        }


def _work_of(pid: int) -> float:
    """[s] CPU time of a process so far; 0 when it has ended."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / 100.0
