"""The run that an analysis of a scenario is of: the one that stands already, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from rmscenario import __version__
from rmscenario.blocks import Pool
from rmscenario.cli.carried_out import ended, ordered, outcome_of, read, run_name, runs_folder
from rmscenario.cli.options import ToAnalyse
from rmscenario.cli.terminal import Notes
from rmscenario.errors import RunFolderError
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, say
from rmscenario.run_folder import MANIFEST, Run, read_run
from rmscenario.scenario import PlanningOptions, Scenario
from rmscenario.workflow.carry_out import carry_out
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.watch import Control

#: Refuses what an analysis cannot be made of, by its name, region and planning options.
Refuse = Callable[[str, Region, PlanningOptions], None]


def run_of(
    asked: ToAnalyse, interrupts: Interrupts, *, refuse: Refuse | None = None, cluster: Pool | None = None
) -> Run | int:
    """The run that is named, or the run of a scenario, planned first if need be; an exit code where there is none."""
    if len(asked.scenarios) == 1 and (asked.scenarios[0] / MANIFEST).is_file():
        if asked.sets:
            raise click.UsageError("--set changes a scenario; the plan of a run stands.")
        with interrupts.raised():
            return read_run(asked.scenarios[0])
    runs = asked.out or Path("runs")
    return planned_run(asked.scenarios, asked.sets, runs, Lang(asked.lang), interrupts, refuse=refuse, cluster=cluster)


def planned_run(
    paths: Sequence[Path],
    sets: Sequence[str],
    runs: Path,
    lang: Lang,
    interrupts: Interrupts,
    *,
    refuse: Refuse | None = None,
    cluster: Pool | None = None,
) -> Run | int:
    """The run of a scenario: that which stands among the runs if it is of the same region, options and version.

    Else the scenario is planned, verified and written, as by `plan` without figures; if that was interrupted, the exit
    code comes back instead. What is refused is neither planned nor written, nor what a cluster shall do that does not answer.
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
    order = ordered(scenario, sets, steps=frozenset(), runs=runs, name=None, lang=lang)
    outcome = outcome_of(order, carry_out, interrupts, seconds=reading.seconds, pool=cluster)
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
