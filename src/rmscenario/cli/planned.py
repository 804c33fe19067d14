"""The run that an analysis of a scenario is of: the one that stands already, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from rmscenario import __version__
from rmscenario.cli.carried_out import command_line, ended, read, run_name, runs_folder
from rmscenario.cli.terminal import Notes, Terminal
from rmscenario.errors import RunFolderError
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, say
from rmscenario.run_folder import MANIFEST, Run, describe, read_run
from rmscenario.scenario import PlanningOptions, Scenario
from rmscenario.workflow.carry_out import Order, carry_out
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.unverified import Unverified
from rmscenario.workflow.watch import Control
from rmscenario.workflow.writing import write_run

#: Refuses what an analysis cannot be made of, by its name, region and planning options.
Refuse = Callable[[str, Region, PlanningOptions], None]


def is_run(paths: Sequence[Path]) -> bool:
    """Whether a path is the folder of a run, not a scenario."""
    return len(paths) == 1 and (paths[0] / MANIFEST).is_file()


def planned_run(
    paths: Sequence[Path],
    sets: Sequence[str],
    runs: Path,
    lang: Lang,
    interrupts: Interrupts,
    *,
    refuse: Refuse | None = None,
) -> Run | int:
    """The run of a scenario: that which stands among the runs if it is of the same region, options and version.

    Else the scenario is planned, verified and written, as by `plan` without figures; if that was interrupted, the exit
    code comes back instead. What is refused is neither planned nor written.
    """
    runs_folder(runs)
    notes = Notes()
    reading = Control(notes, interrupts)
    with interrupts.raised():
        scenario = read(paths, sets, reading, lang)
        if refuse is not None:
            refuse(scenario.name, scenario.region, scenario.planning)
        known = _standing(runs / run_name(scenario.name), scenario)
    if known is not None:
        notes.note(say("regret.run.known", lang, path=known.folder.as_posix()))
        return known
    order = Order(
        scenario=describe(scenario, tuple(sets)),
        region=scenario.region,
        touched=scenario.touched,
        inputs=scenario.hashes,
        steps=frozenset(),
        runs=runs,
        name=run_name(scenario.name),
        lang=lang,
        command=command_line(),
    )
    with Terminal(order.scenario.planning.gap, order.region, order.lang) as terminal:
        control = Control(terminal, interrupts)
        control.seconds.update(reading.seconds)
        try:
            with Unverified(order.runs, order.name).until_written():
                outcome = write_run(order, carry_out(order, control), control)
        finally:
            control.second.close()
    if interrupts.asked():
        return ended(outcome, interrupts, lang)
    notes.note(say("terminal.written", lang, path=outcome.folder.as_posix()))
    return read_run(outcome.folder)


def _standing(folder: Path, scenario: Scenario) -> Run | None:
    """A whole run of the same scenario."""
    try:
        run = read_run(folder)
    except RunFolderError:
        return None
    same = (
        run.region == scenario.region
        and run.scenario.planning == scenario.planning
        and run.scenario.stress == scenario.stress
        and run.manifest.versions.get("rmscenario") == __version__
        and not run.summary["interrupted"]
    )
    return run if same else None


def run_of(
    paths: Sequence[Path],
    sets: Sequence[str],
    runs: Path,
    lang: Lang,
    interrupts: Interrupts,
    *,
    refuse: Refuse | None = None,
) -> Run | int:
    """The run that is named, or the run of a scenario, planned first if need be; an exit code where there is none."""
    if not is_run(paths):
        return planned_run(paths, sets, runs, lang, interrupts, refuse=refuse)
    if sets:
        raise click.UsageError("--set changes a scenario; the plan of a run stands.")
    with interrupts.raised():
        return read_run(paths[0])
