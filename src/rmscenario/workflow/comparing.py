"""Runs beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rmscenario.errors import Fault, InputError, shown
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import read_netcdf
from rmscenario.reporting.results import Result
from rmscenario.run_folder import QUANTITIES_FILE, Run, read_run, whole_files
from rmscenario.workflow.again import stress_of


def read_runs(folders: Sequence[Path]) -> dict[str, Run]:
    """Runs by a name that tells them apart: that of the folder, with a number where several are called the same.

    Raises
    ------
    RunFolderError
        When one of them is no whole run.
    InputError
        When they are of different regions, whose tonnes and money say nothing of each other.
    """
    found: dict[str, Run] = {}
    for folder in folders:
        stem = folder.resolve().name
        name, number = stem, 2
        while name in found:
            name, number = f"{stem}-{number}", number + 1
        found[name] = read_run(folder)
    first = next(iter(found.values())).region.settings.region
    others = {name: run.region.settings.region for name, run in found.items() if run.region.settings.region != first}
    if others:
        raise InputError(
            [
                Fault(
                    file=name,
                    found=f"a run of region {shown(region)}",
                    expected=f"one of {shown(first)}, as the first run is",
                    remedy="compare runs of one region",
                )
                for name, region in others.items()
            ]
        )
    return found


def compared(summaries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is compared, for other programs."""
    return {
        name: {key: summary[key] for key in ("scenario", "mode", "targets", "joint_probability", "cost", "starts")}
        for name, summary in summaries.items()
    }


def draw_comparison(folder: Path, runs: Mapping[str, Run], lang: Lang) -> tuple[Path, ...]:
    """Draw the target-gap curves of each target that all runs have in the same account; all files or none.

    Raises
    ------
    RunFolderError, NotWrittenError
        When the folder cannot be written to, or the disk takes no more.
    """
    from rmscenario.reporting.figures import save_compare  # noqa: PLC0415  matplotlib takes a second to import

    first, *others = runs.values()
    shared = [
        target.target
        for target in first.region.active_targets
        if all(
            any(
                (row.target, row.account, row.quantity) == (target.target, target.account, target.quantity)
                for row in other.region.active_targets
            )
            for other in others
        )
    ]
    with whole_files(folder, what="the figures", remedy="choose another folder with --out") as draft:
        results = [_result(name, run, lang) for name, run in runs.items()]
        drawn = [path.name for target in shared for path in save_compare(draft, results, target, lang)]
    return tuple(folder / name for name in drawn)


def _result(name: str, run: Run, lang: Lang) -> Result:
    title = run.scenario.title_da if lang is Lang.DA else run.scenario.title_en
    return Result(
        title=title if name == run.scenario.name else f"{title} ({name})",
        region=run.region,
        plan=run.plan,
        assessment=read_netcdf(run.folder / QUANTITIES_FILE),
        stress=stress_of(run),
    )
