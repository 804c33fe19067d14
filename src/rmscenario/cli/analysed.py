"""What the analyses of a run share: read it, find out, write that beside it, and say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from rmscenario.cli.carried_out import BY_SIGNAL, command_line, print_json, runs_folder
from rmscenario.cli.terminal import Terminal
from rmscenario.errors import ExitCode
from rmscenario.reporting.language import Lang, say
from rmscenario.run_folder import Run, read_run
from rmscenario.workflow.analyses import ANALYSES, Analysis, write_analysis
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.watch import Control


def analysed(
    folder: Path,
    find: Callable[[Run, Lang, Control], Analysis],
    interrupts: Interrupts,
    *,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Read a run and analyse it; returns the exit code."""
    if out is not None:
        runs_folder(out)
    with interrupts.raised():
        run = read_run(folder)
    return analysed_run(run, find, interrupts, out=out, lang=lang, as_json=as_json)


def analysed_run(
    run: Run,
    find: Callable[[Run, Lang, Control], Analysis],
    interrupts: Interrupts,
    *,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Analyse a run; returns the exit code."""
    language = Lang(lang)
    with Terminal(run.scenario.planning.gap, run.region, language) as terminal:
        control = Control(terminal, interrupts)
        try:
            found = find(run, language, control)
            written = write_analysis(run, found, out, lang=language, command=command_line(), control=control)
        finally:
            control.second.close()
    if as_json:
        print_json({**found.content, "analysis": written.as_posix()})
    else:
        click.echo(found.shown, nl=False)
    click.echo(say("terminal.written", language, path=written.as_posix()), err=True)
    if interrupts.number is None:
        return int(ExitCode.DONE)
    click.echo(say("terminal.analysis_interrupted", language), err=True)
    return BY_SIGNAL + interrupts.number


def analyses_of(out: Path | None, run: Run) -> Path | None:
    """Where the analyses of a run stand in a folder of runs; None: beside the run."""
    return None if out is None else out / ANALYSES / run.folder.resolve().name
