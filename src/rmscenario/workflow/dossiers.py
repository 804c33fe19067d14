"""The dossiers of a round's units, written together: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rmscenario import run_folder as rf
from rmscenario.assessment import assess
from rmscenario.errors import Fault, InputError, shown
from rmscenario.reporting.dossiers import dossiers, page
from rmscenario.reporting.dossiers.document import document
from rmscenario.reporting.dossiers.template import default_template
from rmscenario.reporting.dossiers.workbook import workbook
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result
from rmscenario.rounds.asked import version
from rmscenario.rounds.held import held_by_round
from rmscenario.rounds.store import Round, wrong_state
from rmscenario.run_folder import MANIFEST, Run
from rmscenario.run_folder.manifest import digest
from rmscenario.signposts import Signposts
from rmscenario.tables.parts import TEMPLATES_FOLDER, RoundState
from rmscenario.tables.writing import write_atomic
from rmscenario.workflow.again import stress_of
from rmscenario.workflow.analyses import ANALYSES, signposts_of, title_of
from rmscenario.workflow.manifest import versions

#: The region's own template, in its folder of templates.
TEMPLATE = "dossier.docx"
#: [byte] Largest template.
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Dossiers as written."""

    folder: Path
    units: tuple[str, ...]


def write_dossiers(found: Round, run: Run, out: Path, *, lang: Lang, command: Sequence[str]) -> Written:
    """Write the dossiers of a round to `out/<round>`; earlier ones move to the history there.

    Parameters
    ----------
    run : Run
        The run that the round was proposed from.

    Raises
    ------
    InputError
        When nothing is proposed, the run is another one, or the region's template does not fit.
    """
    if found.state is RoundState.OPEN:
        raise wrong_state(found, "proposed", "propose the starts of a run first, with `rmscenario round propose`")
    _same(found, run)
    result = Result(
        title=title_of(run, lang),
        region=run.region,
        plan=run.plan,
        assessment=assess(run.region, run.plan),
        stress=stress_of(run),
    )
    template, named = _template(found.model)
    units = []
    with rf.new_run(out, found.name) as draft:
        for dossier in dossiers(held_by_round(found), result, _signposts(found, run)):
            shown_page = page(dossier, run.region, lang, scenario=result.title, run=run.name)
            text = document(template, shown_page, lang, file=named)
            book = workbook(dossier, shown_page, run.region, lang, version(found))
            (draft.folder / f"{dossier.unit}.docx").write_bytes(text)
            (draft.folder / f"{dossier.unit}.xlsx").write_bytes(book)
            units.append(dossier.unit)
        rf.write_manifest(
            draft.folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=tuple(command),
            versions=versions(),
            inputs={**run.manifest.outputs, **{file.name: file.sha256 for file in found.manifest.files}},
            options={"lang": lang.value, "round": found.name},
            seconds={},
        )
        draft.whole = True
    return Written(folder=out / found.name, units=tuple(units))


def proposing_run(found: Round, runs: Path) -> Path:
    """Folder of the run that a round was proposed from, among the runs and their history."""
    proposed = found.manifest.proposed_from
    return rf.find_run(runs, proposed.get("run", ""), proposed.get("manifest", ""))


def _signposts(found: Round, run: Run) -> tuple[Signposts, ...] | None:
    """The signposts of a run: beside it, or beside the place that it stood in before it moved to the history."""
    place = run.folder.resolve()
    if place.parent.name != rf.HISTORY:
        return signposts_of(run)
    before = place.parent.parent / ANALYSES / found.manifest.proposed_from["run"]
    return signposts_of(run) or signposts_of(run, before)


def _same(found: Round, run: Run) -> None:
    """Refuse another run than the one that was proposed."""
    proposed = found.manifest.proposed_from
    if proposed.get("manifest") != digest(run.folder / MANIFEST):
        raise InputError(
            [
                Fault(
                    file=run.name,
                    found="another run than the one that was proposed",
                    expected=f"{shown(proposed.get('run', ''))} as it was then",
                    remedy="name its folder with --from (without, it is looked for in runs/ and runs/.history), "
                    "or propose this one",
                )
            ]
        )


def _template(model: Path) -> tuple[bytes, str]:
    """The region's template, or the package's; and what errors call it."""
    path = model / TEMPLATES_FOLDER / TEMPLATE
    if not path.is_file():
        return default_template(), TEMPLATE
    if path.stat().st_size > _LARGEST:
        raise InputError(
            [
                Fault(
                    file=f"{TEMPLATES_FOLDER}/{TEMPLATE}",
                    found=f"{path.stat().st_size / 1e6:.0f} MB",
                    expected=f"at most {_LARGEST / 1e6:.0f} MB",
                    remedy="make its pictures smaller",
                )
            ]
        )
    return path.read_bytes(), f"{TEMPLATES_FOLDER}/{TEMPLATE}"


def write_template(model: Path) -> Path:
    """Write the package's template to the region, as the start of its own; one that is there stays.

    Raises
    ------
    InputError
        When the region has a template.
    """
    path = model / TEMPLATES_FOLDER / TEMPLATE
    if path.exists():
        raise InputError(
            [
                Fault(
                    file=f"{TEMPLATES_FOLDER}/{TEMPLATE}",
                    found="a template of the region",
                    expected="none",
                    remedy="move it elsewhere first, if you want to start anew",
                )
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, default_template())
    return path
