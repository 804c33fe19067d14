"""The report of a run: one HTML file, written beside the run or elsewhere, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from rmscenario.assessment import assess
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import read_netcdf
from rmscenario.reporting.page import Reported, page, report
from rmscenario.reporting.results import Result
from rmscenario.run_folder import QUANTITIES_FILE, Run, whole_files
from rmscenario.workflow.again import stress_of
from rmscenario.workflow.analyses import folder_of, title_of
from rmscenario.workflow.plans import Kind, companion_kind
from rmscenario.workflow.watch import Control, Phase

REPORT_FILE = "report.html"


def report_of(run: Run, opens: Lang, control: Control) -> str:
    """The report of a run, in all languages.

    Raises
    ------
    Interrupted
        When asked to stop.
    """
    with control.interrupts.raised():
        with control.phase(Phase.READ):
            assessment, stress = read_netcdf(run.folder / QUANTITIES_FILE), stress_of(run)
        beside = None
        if run.companion is not None and companion_kind(run.scenario.planning) is Kind.NEAREST:
            with control.phase(Phase.ASSESS):
                beside = assess(run.region, run.companion)
        with control.phase(Phase.REPORT):
            pages = {}
            for lang in Lang:
                title = title_of(run, lang)
                nearest = None
                if run.companion is not None and beside is not None:
                    nearest = Result(title=title, region=run.region, plan=run.companion, assessment=beside)
                result = Result(title=title, region=run.region, plan=run.plan, assessment=assessment, stress=stress)
                reported = Reported(
                    result=result,
                    nearest=nearest,
                    summary=run.summary,
                    made=run.manifest.made,
                    version=run.manifest.versions["rmscenario"],
                )
                pages[lang] = page(reported, lang)
            return report(pages, opens)


def write_report(run: Run, html: str, out: Path | None, control: Control) -> Path:
    """Write the report; returns its path.

    Raises
    ------
    RunFolderError, NotWrittenError
        When the folder cannot be written to, or the disk takes no more.
    """
    folder = folder_of(run, out)
    with (
        control.interrupts.raised(),
        control.phase(Phase.WRITE),
        whole_files(folder, what="the report", remedy="choose another folder with --out") as draft,
    ):
        (draft / REPORT_FILE).write_text(html, encoding="utf-8", newline="\n")
    return folder / REPORT_FILE
