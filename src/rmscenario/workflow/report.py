"""The report of a run: one HTML file, written beside the run or elsewhere, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rmscenario.errors import InputError
from rmscenario.learning.measured import measured
from rmscenario.reporting.dossiers import Dossier, dossiers
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import read_netcdf
from rmscenario.reporting.page import ANALYSES, Reported, page, report
from rmscenario.reporting.page.followed import Followed
from rmscenario.reporting.results import Result, next_round
from rmscenario.rounds.account import split_account
from rmscenario.rounds.follow_up import follow_up
from rmscenario.rounds.held import held_by_plan
from rmscenario.rounds.status import standing
from rmscenario.run_folder import QUANTITIES_FILE, Run, whole_files
from rmscenario.scenario.chain import project_root
from rmscenario.tables.parts import round_folders
from rmscenario.tables.settings import SETTINGS_FILE
from rmscenario.workflow.accounting import account_boundary
from rmscenario.workflow.again import stress_of
from rmscenario.workflow.analyses import folder_of, key_sentences_of, signposts_of, title_of
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
            analyses = key_sentences_of(run, ANALYSES)
            seen = followed_of(run)
        with control.phase(Phase.REPORT):
            pages = {}
            found: tuple[Dossier, ...] | None = None
            for lang in Lang:
                result = Result(
                    title=title_of(run, lang), region=run.region, plan=run.plan, assessment=assessment, stress=stress
                )
                found = _dossiers(run, result) if found is None else found
                reported = Reported(
                    result=result,
                    summary=run.summary,
                    dossiers=found,
                    analyses={name: said[lang.value] for name, said in analyses.items()},
                    followed=seen,
                    run=run.name,
                    made=run.manifest.made,
                    version=run.manifest.versions["rmscenario"],
                )
                pages[lang] = page(reported, lang)
            return report(pages, opens)


def followed_of(run: Run) -> Followed:
    """What was observed in the rounds of the region that the run was made of, where it still stands there, as of now.

    Raises
    ------
    InputError
        When that region or a round of it is faulty.
    """
    root = project_root(run.folder)
    models = [root / Path(path).parent for path in run.manifest.inputs if Path(path).name == SETTINGS_FILE]
    rounds = tuple(
        row
        for model in models
        for place in round_folders(model)
        for row in standing(model, place.name, measured)
        if row.follow_up
    )
    observed = tuple(row for model in models for row in follow_up(model)) if rounds else ()
    try:
        account = split_account(run.region, account_boundary(run.region), observed)
    except (
        InputError
    ):  # an account without two figures, or told of in a way that cannot be split, has no part in the report
        account = None
    return Followed(rounds=rounds, account=account)


def _dossiers(run: Run, result: Result) -> tuple[Dossier, ...]:
    """Dossiers of the round that is signed next, as the run's plan would propose it; none where no round is open."""
    agreed = next_round(run.region)
    if agreed is None:
        return ()
    dated = datetime.fromisoformat(run.manifest.made).date()
    return dossiers(held_by_plan(run.region, run.plan, agreed, dated=dated), result, signposts_of(run))


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
