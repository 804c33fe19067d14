"""The command line as tests call it: in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from rmscenario.cli.group import cli
from rmscenario.run_folder import MANIFEST
from tests.project.files import ROOT

TUTORIAL = str(ROOT / "scenarios" / "tutorial.toml")
#: Draws enough for a number, few enough for a test.
FEW = ("--set", "stress.draws=2000")


def call(*arguments: object) -> Result:
    """Call the command line in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="rmscenario")


def started(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start the command line as a process of its own, whose Ctrl-C this one does not get."""
    return subprocess.Popen(
        [sys.executable, "-m", "rmscenario.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        **options,
    )


_KILLED = """
import os, signal, sys
deed, ending, moment = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = 0
def hook(event, arguments):
    global seen
    path = 1 if event == "os.rename" else 0
    if event == deed and str(arguments[path]).endswith(ending):
        seen += event != "open" or bool(arguments[2] & os.O_WRONLY)
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from rmscenario.cli import main
main(sys.argv[4:])
"""


def killed(deed: str, ending: str, moment: int, *arguments: object) -> None:
    """Call the command line in a process of its own, and see it killed before it writes a file for so many times.

    Parameters
    ----------
    deed : str
        What the interpreter calls it: "open", or "os.rename".
    ending : str
        How the names of the files end.
    """
    command = [sys.executable, "-c", _KILLED, deed, ending, str(moment), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done


def files(folder: Path) -> dict[str, bytes]:
    """Content of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def undated(folder: Path) -> dict[str, bytes]:
    """Content of every file below a folder but the manifest, which names the command and the moment."""
    return {name: content for name, content in files(folder).items() if name != MANIFEST}


def beside(runs: Path, command: str = "") -> Path:
    """Folder of the analyses of the tutorial's run in a folder of runs, or of one of them."""
    return runs / ".analyses" / "tutorial" / command


def content(folder: Path) -> dict[str, Any]:
    """What an analysis says as JSON."""
    found: dict[str, Any] = json.loads((folder / f"{folder.name}.json").read_text("utf-8"))
    return found
