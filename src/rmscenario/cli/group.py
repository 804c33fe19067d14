"""All commands: finds the one that is called, and turns every end into an exit code and a line."""

from __future__ import annotations

import importlib
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import click

from rmscenario import __version__
from rmscenario.cli.streams import Patient, patient_streams
from rmscenario.errors import ExitCode, RmscenarioError
from rmscenario.workflow.interrupts import BY_SIGNAL, Interrupts

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Commands that are imported when they are called: listing them imports none."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click calls it so
        """Names of the commands, in the order of use."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in self.lazy:
            return None
        module = importlib.import_module(f"rmscenario.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """One line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lazy.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and exit with the code that the error tree gives."""
        kwargs["standalone_mode"] = False
        # From here on, before anything heavy is imported: a Ctrl-C that no one listens to would be lost.
        interrupts = Interrupts()
        with patient_streams() as result, interrupts.listening():
            code = _ended(super().main, *args, **kwargs, obj=interrupts)
            if result is not None:
                code = _told(result, code)
        sys.exit(code)


def _told(result: Patient, code: int) -> int:
    """Say so if the result found no room; returns the exit code."""
    result.flush()
    if result.lost is None:
        return code
    click.echo(
        f"rmscenario: stdout: found a file or device that does not take the result ({result.lost}), expected room for it; "
        "make room, or lead stdout elsewhere. Folders that were written are whole",
        err=True,
    )
    return int(ExitCode.INTERNAL) if code in (ExitCode.DONE, ExitCode.TARGET_MISSED) else code


def _ended(run: Any, *args: Any, **kwargs: Any) -> int:
    try:
        return int(run(*args, **kwargs) or ExitCode.DONE)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RmscenarioError as error:
        for line in str(error).splitlines():
            click.echo(f"rmscenario: {line}", err=True)
        return int(error.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        stopped = error.__cause__ if isinstance(error, click.Abort) else error  # click wraps what interrupts it
        number = getattr(stopped, "number", signal.SIGINT)
        kept = getattr(stopped, "kept", None)
        what = (
            "before there was anything to keep; nothing was written"
            if kept is None
            else f"before the plan was verified and written as a run; its starts are kept in {kept.as_posix()}"
        )
        click.echo(f"rmscenario: interrupted {what}", err=True)
        return BY_SIGNAL + int(number)
    except Exception as error:
        place = _keep_traceback()
        click.echo(
            f"rmscenario: found an error it does not know ({type(error).__name__}), expected none; "
            f"please report it with {place}",
            err=True,
        )
        return int(ExitCode.INTERNAL)


def _keep_traceback() -> Path:
    """Write the traceback into a file of its own."""
    with tempfile.NamedTemporaryFile("w", prefix="rmscenario-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"rmscenario {__version__}\n{traceback.format_exc()}")
    return Path(file.name)


@click.group(
    cls=Commands,
    context_settings=SETTINGS,
    lazy={
        "check": "Say what is wrong, odd, out of reach or without effect in a model or scenario; plans nothing.",
        "plan": "Plan a scenario, verify the plan and draw it.",
        "run": "Check, plan, verify and stress test a scenario; draw it and write the agreements.",
        "stress": "Stress test the plan of a run again, with other draws.",
        "verify": "Recompute every figure of a run from its tables and its plan.",
        "compare": "Set runs beside each other, as a table and as one figure for each target.",
        "drivers": "Say what drives the outcome of a run's plan: own effort, background, spread, failures.",
        "signposts": "Find what warns early that a run's plan will miss a target, and what can be called then.",
        "regret": "Plan anew in many worlds: what is without regret, what depends, what it is worth to know.",
        "wait": "Say what to sign now, what can wait one round and at what price, and what depends.",
        "confidence": "Plan at several confidences: what it costs to be surer.",
        "round": "Take an agreement round from a plan's proposal to signature, follow-up and closing.",
        "worth": "Say which follow-up of the next round is worth most, and what it may change.",
        "learn": "Learn from a round's follow-up what effects are to be expected, and plan anew with it.",
        "report": "Write a run as one HTML file that a director reads.",
        "export": "Write a run for other tools: Excel workbook, IAMC format, netCDF.",
        "account": "Split what a published account has changed: own effort, background, events, method.",
        "init": "Write an empty region to fill in.",
        "version": "Say which version this is.",
    },
)
def cli() -> None:
    """Plan how an organisation cuts its footprint: least cost, within its limits, verified and stress tested.

    A first run: rmscenario run scenarios/reference.toml
    """
