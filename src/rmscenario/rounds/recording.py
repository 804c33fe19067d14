"""Answers of units recorded in a round, and laid over its region as a scenario."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rmscenario.errors import Fault, InputError, shown
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.asked import PROPOSAL
from rmscenario.rounds.read_back import ReadBack, read_back
from rmscenario.rounds.rows import UnitAnswer
from rmscenario.rounds.store import (
    Round,
    add_file,
    changing,
    read_round,
    refused_by_region,
    replace_manifest,
    wrong_state,
)
from rmscenario.tables.columns import columns
from rmscenario.tables.loaded import Origin
from rmscenario.tables.parts import RoundFile, RoundState
from rmscenario.tables.writing import toml_value, write_atomic


def record_answers(model: Path, name: str, paths: Iterable[Path], *, dated: date) -> tuple[ReadBack, bool]:
    """Read workbooks of units back into a proposed round; returns what they say, and whether any of it is new.

    What a unit accepts, with or without changes, is accepted, what it refuses is refused; what it leaves open stays as it
    is. The proposal itself is kept for the record.

    Raises
    ------
    InputError
        When the round is not proposed, a workbook is faulty, or the region would not hold with the answers.
    """
    with changing(model, name) as found:
        if found.state is not RoundState.PROPOSED:
            raise wrong_state(
                found, "proposed", "answers are of a proposal; change what was signed with `rmscenario round amend`"
            )
        faults: list[Fault] = []
        said = read_back(found, paths, dated=dated, faults=faults)
        files = list(found.manifest.files)
        origins: dict[str, Sequence[Origin | None]] = {}
        if new := _new(found, said):
            added = add_file(found, new, UnitAnswer)
            files.append(added)
            origins[added.name] = [said.places[row.commitment] for row in new]
        rows = _as_answered(found, said)
        if rows != found.of(Commitment):
            added = add_file(found, rows, Commitment)
            files = [*_with_proposal(files), added]
            origins[added.name] = [said.places.get(row.commitment) for row in rows]
        manifest = replace(found.manifest, files=tuple(files))
        if faults:
            raise InputError([*faults, *refused_by_region(found, manifest, origins)])
        return said, replace_manifest(found, manifest, origins)


def _new(found: Round, said: ReadBack) -> list[UnitAnswer]:
    """Answers that the round does not hold as the last one of their commitment, on whatever day they were read."""
    last = {row.commitment: row for row in found.of(UnitAnswer)}
    return [
        row
        for row in said.answers
        if row.commitment not in last or last[row.commitment].model_copy(update={"dated": row.dated}) != row
    ]


def _as_answered(found: Round, said: ReadBack) -> tuple[Commitment, ...]:
    """The commitments of a round, those that were answered as they then are."""
    now = {row.commitment: row for row in said.answered}
    return tuple(now.get(row.commitment, row) for row in found.of(Commitment))


def _with_proposal(files: Iterable[RoundFile]) -> Iterator[RoundFile]:
    """The files of a round without its commitments, but with those that the units were asked about, for the record."""
    files = tuple(files)
    asked = any(file.holds == PROPOSAL for file in files)
    for file in files:
        if file.holds != Commitment.table:
            yield file
        elif not asked:
            yield replace(file, holds=PROPOSAL)


def overlay(model: Path, found: Round, path: Path) -> str:
    """Text of a scenario that lays all answers of a round over its region, for a file at `path`.

    Each commitment that was ever answered takes the place of the one with its id, whether the region's round holds the answer
    already or not.
    """
    answers = found.of(UnitAnswer)
    with_answer = {row.commitment for row in answers if row.answer is not None}
    answered = [
        row
        for row in found.commitments
        if row.commitment in with_answer and row.status is not CommitmentStatus.PROPOSED
    ]
    name = found.name
    root = Path(os.path.relpath(model.resolve(), path.resolve().parent)).as_posix()
    lines = [
        f"title_da = {toml_value(f'Svar på aftaleperioden {name}')}",
        f"title_en = {toml_value(f'Answers to the agreement round {name}')}",
        f"model = {toml_value(root)}",
    ]
    if answered:
        ids = ", ".join(toml_value(row.commitment) for row in answered)
        lines += [
            "",
            "[[remove]]",
            f"table = {toml_value(Commitment.table)}",
            f"where = {{ commitment = [{ids}] }}",
            f"reason = {toml_value('Answered by the units')}",
        ]
    comments = {row.commitment: row.comment for row in answers}
    for row in answered:
        cells = ", ".join(f"{key} = {toml_value(value)}" for key, value in _cells(row).items())
        reason = comments.get(row.commitment) or f"Answer of {row.unit}"
        lines += [
            "",
            "[[add]]",
            f"table = {toml_value(Commitment.table)}",
            f"row = {{ {cells} }}",
            f"reason = {toml_value(reason)}",
        ]
    return "\n".join(lines) + "\n"


def _cells(row: Commitment) -> dict[str, object]:
    """Cells of a row that are not blank."""
    values = {column.name: getattr(row, column.name) for column in columns(Commitment)}
    return {
        key: value if isinstance(value, int | float) else str(value)
        for key, value in values.items()
        if value is not None and value != ""
    }


def write_overlay(model: Path, name: str, path: Path) -> None:
    """Write the scenario of a round's answers, unless something that is no scenario of this kind stands in its place."""
    if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith("title_da"):
        raise InputError(
            [
                Fault(
                    file=path.name,
                    found="a file that is no scenario",
                    expected="nothing, or a scenario of answers",
                    remedy=f"name another file than {shown(path.name)} with --out",
                )
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, overlay(model, read_round(model, name), path).encode())
