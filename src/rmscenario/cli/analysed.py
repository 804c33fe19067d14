"""What the analyses of a run share: read it, or plan it first; find out, write that beside it, and say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from rmscenario.blocks import Pool
from rmscenario.cli.carried_out import command_line, print_json, runs_folder
from rmscenario.cli.options import ToAnalyse
from rmscenario.cli.planned import Refuse, run_of
from rmscenario.cli.terminal import watched
from rmscenario.errors import ExitCode
from rmscenario.reporting.language import Lang, say
from rmscenario.run_folder import Run, read_run
from rmscenario.workflow.analyses import Analysis, analyses_of, write_analysis
from rmscenario.workflow.interrupts import BY_SIGNAL, Interrupts
from rmscenario.workflow.watch import Control

Find = Callable[[Run, Lang, Control], Analysis]


def analysed(folder: Path, find: Find, interrupts: Interrupts, *, out: Path | None, lang: str, as_json: bool) -> int:
    """Read a run and analyse it; returns the exit code."""
    run = read(folder, out, interrupts)
    return analysed_run(run, find, interrupts, out=out, lang=lang, as_json=as_json)


def analysed_scenario(
    asked: ToAnalyse,
    find: Find,
    interrupts: Interrupts,
    *,
    refuse: Refuse | None = None,
    cluster: Pool | None = None,
) -> int:
    """Analyse the run that is named, or that of a scenario, which is planned first if need be; returns the exit code.

    Nothing is planned for a cluster that does not answer.
    """
    run = run_of(asked, interrupts, refuse=refuse, cluster=cluster)
    if isinstance(run, int):
        return run
    place = analyses_of(run, asked.out)
    return analysed_run(run, find, interrupts, out=place, lang=asked.lang, as_json=asked.as_json)


def analysed_run(run: Run, find: Find, interrupts: Interrupts, *, out: Path | None, lang: str, as_json: bool) -> int:
    """Analyse a run; returns the exit code."""
    language = Lang(lang)
    with watched(run.scenario.planning.gap, run.region, language, interrupts) as control:
        found = find(run, language, control)
        written = write_analysis(run, found, out, lang=language, command=command_line(), control=control)
    if as_json:
        print_json({**found.content, "analysis": written.as_posix()})
    else:
        click.echo(found.shown, nl=False)
    click.echo(say("terminal.written", language, path=written.as_posix()), err=True)
    if interrupts.number is not None:
        click.echo(say("terminal.analysis_interrupted", language), err=True)
        return BY_SIGNAL + interrupts.number
    if found.missed is None:
        return int(ExitCode.DONE)
    click.echo(found.missed, err=True)
    return int(ExitCode.TARGET_MISSED)


def made_of(
    folder: Path, make: Callable[[Run, Lang, Control], Path], interrupts: Interrupts, *, out: Path | None, lang: str
) -> int:
    """Make something of a run, whose path is the result; returns the exit code."""
    run, language = read(folder, out, interrupts), Lang(lang)
    with watched(run.scenario.planning.gap, run.region, language, interrupts) as control:
        made = make(run, language, control)
    click.echo(made.as_posix())
    return int(ExitCode.DONE)


def read(folder: Path, out: Path | None, interrupts: Interrupts) -> Run:
    """Read a run, once it is known that something can be written into `out`."""
    if out is not None:
        runs_folder(out)
    with interrupts.raised():
        return read_run(folder)
