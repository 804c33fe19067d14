"""A run for other tools: a workbook with all its tables, the IAMC format, and its arrays, beside the run."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rmscenario import run_folder as rf
from rmscenario.reporting.exports import Exported, iamc, run_sheets
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.netcdf import read_netcdf
from rmscenario.reporting.results import Result
from rmscenario.reporting.workbook import write_workbook
from rmscenario.run_folder import Run
from rmscenario.workflow.again import stress_of, verify_run
from rmscenario.workflow.analyses import beside, folder_of, title_of
from rmscenario.workflow.contents import limit_rows, plan_rows
from rmscenario.workflow.watch import Control, Phase

#: Folder of the export, below that of the run's analyses.
EXPORT = "export"


def exported(run: Run, lang: Lang, control: Control) -> Exported:
    """What is exported of a run, its limits said in a language.

    Raises
    ------
    VerificationError
        When the run is of an earlier version.
    Interrupted
        When asked to stop.
    """
    with control.interrupts.raised():
        with control.phase(Phase.READ):
            assessment, stress = read_netcdf(run.folder / rf.QUANTITIES_FILE), stress_of(run)
        recomputed, _ = verify_run(run, control)  # the file of limits has them in the language of the run alone
        result = Result(
            title=title_of(run, lang), region=run.region, plan=run.plan, assessment=assessment, stress=stress
        )
        return Exported(
            name=run.scenario.name,
            result=result,
            starts=plan_rows(run.region, run.plan, assessment),
            limits=limit_rows(run.region, recomputed.limits, lang),
            touched=rf.read_table(run.folder / rf.TOUCHED_FILE),
            summary=run.summary,
            manifest=asdict(run.manifest),
        )


def write_export(
    run: Run, content: Exported, out: Path | None, *, lang: Lang, command: Sequence[str], control: Control
) -> Path:
    """Write an export whole or not at all; an earlier one moves to the history. Returns its folder.

    Raises
    ------
    Interrupted
        When asked to stop.
    RunFolderError, NotWrittenError
        When the folder cannot be written to, or the disk takes no more.
    """
    name = run.folder.resolve().name
    with control.interrupts.raised(), control.phase(Phase.EXPORT):
        sheets = run_sheets(content, lang)
        columns, rows = iamc(content, model=f"rmscenario {run.manifest.versions['rmscenario']}")
    title = say("export.title", lang, scenario=content.result.title)
    with (
        beside(run, EXPORT, out, lang=lang, command=command, control=control) as folder,
        control.interrupts.raised(),  # while it takes its place, it is not
    ):
        write_workbook(folder / f"{name}.xlsx", run.region, title=title, paragraphs=(), tables=sheets, lang=lang)
        rf.write_table(folder / f"{name}-iamc.csv", columns, rows)
        for file in (rf.QUANTITIES_FILE, rf.STRESS_FILE):
            if file in run.manifest.outputs:
                shutil.copyfile(run.folder / file, folder / f"{name}-{file}")
    return folder_of(run, out) / EXPORT
