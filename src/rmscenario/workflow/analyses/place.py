"""Where analyses stand, and how they are written and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rmscenario import run_folder as rf
from rmscenario.errors import RunFolderError
from rmscenario.reporting.language import Lang
from rmscenario.run_folder import Run
from rmscenario.signposts import Signposts
from rmscenario.workflow.analyses.analysis import Analysis
from rmscenario.workflow.manifest import versions
from rmscenario.workflow.watch import Control, Phase

#: Folder of the analyses, beside the runs they are of.
ANALYSES = ".analyses"


def folder_of(run: Run, out: Path | None) -> Path:
    """Folder of a run's analyses: beside the run, unless another is asked for."""
    return analyses_of(run, None) if out is None else out


def analyses_of(run: Run, runs: Path | None) -> Path:
    """Folder of a run's analyses in a folder of runs; None: the one that the run stands in."""
    place = run.folder.resolve()
    return (place.parent if runs is None else runs) / ANALYSES / place.name


@contextmanager
def beside(
    run: Run, name: str, out: Path | None, *, lang: Lang, command: Sequence[str], control: Control
) -> Iterator[Path]:
    """Give a folder to write what is made of a run into; at the end it stands beside the run, with a manifest.

    It is written whole or not at all; an earlier one of the same name moves to the history.
    """
    with rf.new_run(folder_of(run, out), name) as draft:
        with control.phase(Phase.WRITE):
            yield draft.folder
        rf.write_manifest(
            draft.folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=tuple(command),
            versions=versions(),
            inputs=run.manifest.outputs,
            options={"lang": lang.value, "stress": run.scenario.stress.model_dump(mode="json")},
            seconds=control.seconds,
        )
        draft.whole = True


def write_analysis(
    run: Run, analysis: Analysis, out: Path | None, *, lang: Lang, command: Sequence[str], control: Control
) -> Path:
    """Write an analysis whole or not at all; an earlier one moves to the history. Returns its folder."""
    with beside(run, analysis.name, out, lang=lang, command=command, control=control) as folder:
        rf.write_json(folder / f"{analysis.name}.json", analysis.content)
        (folder / f"{analysis.name}.md").write_text(analysis.page, encoding="utf-8", newline="\n")
        for name, content in analysis.pictures.items():
            (folder / name).write_bytes(content)
        for name, (columns, rows) in analysis.tables.items():
            rf.write_table(folder / name, columns, rows)
    return folder_of(run, out) / analysis.name


def read_analysis(run: Run, name: str, out: Path | None = None) -> dict[str, Any] | None:
    """The content of an analysis that stands beside a run, or in `out`; None where none does, or it is of another run.

    Each file of it is as it was written: its manifest says so, and names the files of the run that it was made of.
    """
    folder = folder_of(run, out) / name
    try:
        if rf.read_manifest(folder).inputs != run.manifest.outputs:
            return None
    except RunFolderError:
        return None
    content: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return content


def key_sentences_of(run: Run, names: Iterable[str]) -> dict[str, Mapping[str, Sequence[str]]]:
    """Key sentences, by language, of those analyses that stand beside a run, by name."""
    read = {name: read_analysis(run, name) for name in names}
    return {name: content["key_sentences"] for name, content in read.items() if content and "key_sentences" in content}


def signposts_of(run: Run, out: Path | None = None) -> tuple[Signposts, ...] | None:
    """The signposts of a run that stand beside it, or in `out`; None where none do, or they are of another run or version."""
    content = read_analysis(run, "signposts", out)
    if content is None:
        return None
    try:
        return tuple(TypeAdapter(Signposts).validate_python(target["signposts"]) for target in content["targets"])
    except ValidationError:
        return None
