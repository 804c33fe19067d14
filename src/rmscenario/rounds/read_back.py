"""Workbooks of units read back: every change that a unit made, or every fault that keeps it from being taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.asked import (
    ANSWER_CELLS,
    ANSWER_WORDS,
    CELL,
    FACT,
    FACTS,
    LAYOUT,
    PLACE,
    SENT,
    Question,
    possible_levels,
    possible_starts,
    questions,
    version,
)
from rmscenario.rounds.rows import Answer, UnitAnswer
from rmscenario.rounds.store import Round
from rmscenario.tables.cells import CellValue
from rmscenario.tables.columns import CellError, columns
from rmscenario.tables.workbook import Records, file_of, read_records

#: [1] Longest comment that is kept.
LONGEST = 1000
_KNOWN = {word: answer for answer, words in ANSWER_WORDS.items() for word in words}
#: [1] Columns of the hidden sheet that are read: kind, sheet or fact, row, column, value.
_WIDTH = 5
#: Sheet, row and column of a cell.
_At = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a unit's answer changes: `status`, `start`, `level` or `comment` of a commitment."""

    unit: str
    commitment: str
    initiative: str
    field: str
    old: str
    new: str
    answer: Answer | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What the workbooks of some units say.

    `answered` are the commitments that were answered, as they then are; `changes` what that changes in the round as it
    stands; `unanswered` what the units left open.
    """

    units: tuple[str, ...]
    answers: tuple[UnitAnswer, ...]
    answered: tuple[Commitment, ...]
    changes: tuple[Change, ...]
    unanswered: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """A workbook: what it says of itself, where the answers stand, and its cells."""

    path: Path
    facts: Mapping[str, CellValue]
    places: Mapping[str, _At]  # first cell of the answer, by commitment
    sent: Mapping[_At, CellValue]
    cells: Mapping[_At, CellValue]
    sheets: frozenset[str]

    def fault(self, at: _At, found: str, expected: str, remedy: str) -> Fault:
        sheet, row, column = at
        return Fault(
            file=file_of(self.path, sheet),
            row=row,
            column=get_column_letter(column),
            found=found,
            expected=expected,
            remedy=remedy,
        )


def read_back(found: Round, paths: Iterable[Path], *, dated: date) -> ReadBack:
    """Read the workbooks of some units of a round.

    Parameters
    ----------
    dated : date
        Day that the answers are of.

    Raises
    ------
    InputError
        With every fault of all workbooks: one of another round or proposal, a locked cell that was changed, an answer that
        contradicts itself.
    """
    faults: list[Fault] = []
    asked = questions(found)
    answers: dict[str, UnitAnswer] = {}
    units: dict[str, str] = {}
    open_ones: list[Commitment] = []
    for path in paths:
        book = _book(path, faults)
        if book is None or not _is_of(book, found, faults):
            continue
        unit = str(book.facts["unit"])
        if unit in units:
            faults.append(
                Fault(
                    file=path.name,
                    found=f"a second workbook of {shown(unit)}, beside {units[unit]}",
                    expected="one workbook of each unit",
                    remedy="give the one that holds",
                )
            )
            continue
        units[unit] = path.name
        mine = [question for question in asked if question.proposed.unit == unit]
        if sorted(book.places) != sorted(question.proposed.commitment for question in mine):
            faults.append(_damaged(path))
            continue
        faults += _tampered(book)
        for question in mine:
            answer = _answer(found, book, question, dated, faults)
            if answer is not None:
                answers[answer.commitment] = answer
            elif question.answer is None:
                open_ones.append(question.proposed)
    if faults:
        raise InputError(faults)
    pairs = [(each, answers[each.proposed.commitment]) for each in asked if each.proposed.commitment in answers]
    return ReadBack(
        units=tuple(units),
        answers=tuple(answer for _, answer in pairs),
        answered=tuple(answered(question, answer) for question, answer in pairs if answer.answer is not None),
        changes=tuple(change for question, answer in pairs for change in _changes(question, answer)),
        unanswered=tuple(open_ones),
    )


def answered(question: Question, answer: UnitAnswer) -> Commitment:
    """A commitment as its unit's answer makes it."""
    if answer.answer is Answer.REFUSED:
        status, level, start = CommitmentStatus.REFUSED, question.proposed.level, question.proposed.start
    else:
        status = CommitmentStatus.ACCEPTED
        level = question.proposed.level if answer.level is None else answer.level
        start = question.proposed.start if answer.start is None else answer.start
    row = question.now
    if (row.status, row.level, row.start) == (status, level, start):
        return row
    return row.model_copy(update={"status": status, "level": level, "start": start, "dated": answer.dated})


def _changes(question: Question, answer: UnitAnswer) -> Iterator[Change]:
    """What an answer changes in a commitment as it stands."""
    old = question.now
    new = old if answer.answer is None else answered(question, answer)
    before = question.last.comment if question.last is not None else ""
    pairs = {
        "status": (old.status.value, new.status.value),
        "start": (_written(old.start), _written(new.start)),
        "level": (_written(old.level), _written(new.level)),
        "comment": (before, answer.comment),
    }
    for field, (was, becomes) in pairs.items():
        if was != becomes:
            yield Change(
                unit=answer.unit,
                commitment=old.commitment,
                initiative=old.initiative,
                field=field,
                old=was,
                new=becomes,
                answer=answer.answer,
                comment=answer.comment,
            )


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _book(path: Path, faults: list[Fault]) -> _Book | None:
    """A workbook as it was sent out and came back; None, and a fault, where it is none."""
    before = len(faults)
    sheets = read_records(path, faults)
    if len(faults) > before:
        return None
    facts: dict[str, CellValue] = {}
    places: dict[str, _At] = {}
    sent: dict[_At, CellValue] = {}
    for _, (kind, sheet, row, column, value, *_) in _said_of_itself(sheets):
        if kind == FACT:
            facts[str(sheet)] = value
        elif isinstance(row, int | float) and isinstance(column, int | float):
            at = str(sheet), int(row), int(column)
            if kind == PLACE:
                places[str(value)] = at
            elif kind == CELL:
                sent[at] = value
    if set(facts) != set(FACTS) or not sent:
        faults.append(_damaged(path))
        return None
    cells = {
        (name, row, column): value
        for name, records in sheets.items()
        if name != SENT and records is not None
        for row, values in records
        for column, value in enumerate(values, start=1)
        if value is not None and value != ""
    }
    return _Book(path=path, facts=facts, places=places, sent=sent, cells=cells, sheets=frozenset(sheets) - {SENT})


def _said_of_itself(sheets: Mapping[str, Records | None]) -> Records:
    """Rows of the hidden sheet; none where it is missing or cut off."""
    records = sheets.get(SENT) or []
    return records if records and len(records[0][1]) >= _WIDTH else []


def _damaged(path: Path) -> Fault:
    return Fault(
        file=path.name,
        found="a workbook that does not say of which round and unit it is, or not of all it asks",
        expected="one that `rmscenario round dossier` wrote, its hidden sheet as it was",
        remedy="copy the answers into a fresh workbook of the unit",
    )


def _is_of(book: _Book, found: Round, faults: list[Fault]) -> bool:
    """Whether a workbook is of this round, as it is proposed now."""
    fresh = "write the dossiers anew, and have the unit answer those"
    for fact, expected, remedy in (
        ("layout", LAYOUT, "write the dossiers anew with this version"),
        ("round", found.name, "read it back into its own round"),
        ("proposal", version(found), fresh),
    ):
        if book.facts[fact] != expected:
            said = "another proposal of the round" if fact == "proposal" else f"{fact} {shown(book.facts[fact])}"
            wanted = "the one that stands now" if fact == "proposal" else shown(expected)
            faults.append(Fault(file=book.path.name, found=said, expected=wanted, remedy=remedy))
            return False
    return True


def _tampered(book: _Book) -> Iterator[Fault]:
    """Locked cells that are not as they were sent, and sheets that were not sent."""
    names = {sheet for sheet, _, _ in book.sent}
    for sheet in sorted(book.sheets - names):
        yield Fault(
            file=file_of(book.path, sheet),
            found="a sheet that was not in the dossier",
            expected="the sheets that were sent alone",
            remedy=did_you_mean(sheet, names) or "move it elsewhere; a remark goes into the column for comments",
        )
    free = {
        (sheet, row, column + offset)
        for sheet, row, column in book.places.values()
        for offset in range(len(ANSWER_CELLS))
    }
    for at in sorted((book.sent.keys() | book.cells.keys()) - free):
        was, is_now = book.sent.get(at), book.cells.get(at)
        if at[0] in names and was != is_now:
            yield book.fault(
                at,
                "a blank cell" if is_now is None else shown(is_now),
                "a blank cell" if was is None else f"{shown(was)}, as it was sent: the cell is locked",
                "put it back, and ask for changes in the columns for answers",
            )


def _answer(found: Round, book: _Book, question: Question, dated: date, faults: list[Fault]) -> UnitAnswer | None:
    """A unit's answer to a question; None where it says nothing, or, with faults, nothing that can be taken."""
    sheet, row, first = book.places[question.proposed.commitment]
    at = {name: (sheet, row, first + offset) for offset, name in enumerate(ANSWER_CELLS)}
    given = {name: book.cells.get(place) for name, place in at.items()}
    before = len(faults)
    said = _said(book, at["answer"], given["answer"], faults)
    comment = _comment(book, at["comment"], given["comment"], faults)
    asked = {
        "start": _one_of(
            book,
            at["start"],
            given["start"],
            possible_starts(found.region, found.agreed, question.proposed.initiative),
            faults,
        ),
        "level": _one_of(
            book, at["level"], given["level"], possible_levels(found.region, question.proposed.initiative), faults
        ),
    }
    if len(faults) == before:
        faults += _contradictions(book, at, question, said, asked)
    if len(faults) > before or (said is None and not comment):
        return None
    start = asked["start"]
    return UnitAnswer(
        commitment=question.proposed.commitment,
        unit=question.proposed.unit,
        answer=said,
        start=None if start is None else int(start),
        level=asked["level"],
        comment=comment,
        dated=dated,
    )


def _comment(book: _Book, at: _At, given: CellValue, faults: list[Fault]) -> str:
    """A comment on one line, as the tables of a round can hold it."""
    comment = "" if given is None else " ".join(str(given).split())
    if len(comment) > LONGEST:
        faults.append(book.fault(at, f"{len(comment)} characters", f"at most {LONGEST}", "shorten the comment"))
        return ""
    try:
        next(column for column in columns(UnitAnswer) if column.name == "comment").check(comment)
    except CellError as error:
        faults.append(book.fault(at, error.found, error.expected, error.remedy))
    return comment


def _said(book: _Book, at: _At, given: CellValue, faults: list[Fault]) -> Answer | None:
    if given is None or not str(given).strip():
        return None
    word = str(given).strip().casefold()
    if word not in _KNOWN:
        known = ", ".join(f"{danish} ({english})" for danish, english in ANSWER_WORDS.values())
        faults.append(book.fault(at, shown(given), known, "choose from the list"))
        return None
    return _KNOWN[word]


def _one_of(book: _Book, at: _At, given: CellValue, possible: Sequence[float], faults: list[Fault]) -> float | None:
    """A number that must be one of some; None of a blank cell."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or given not in possible:
        known = ", ".join(f"{value:g}" for value in possible)
        faults.append(book.fault(at, shown(given), f"one of {known}", "choose from the list"))
        return None
    return float(given)


def _contradictions(
    book: _Book, at: Mapping[str, _At], question: Question, said: Answer | None, asked: Mapping[str, float | None]
) -> Iterator[Fault]:
    """Where an answer does not fit what it asks for."""
    proposed = {"start": question.proposed.start, "level": question.proposed.level}
    new = {name: value for name, value in asked.items() if value is not None and value != proposed[name]}
    changed, refused = (ANSWER_WORDS[word] for word in (Answer.CHANGED, Answer.REFUSED))
    if new and said is not Answer.CHANGED:
        name, value = next(iter(new.items()))
        yield book.fault(
            at[name],
            f"{value:g}, where the answer is {'blank' if said is None else ANSWER_WORDS[said][0]}",
            f"a blank cell, or the answer {changed[0]} ({changed[1]})",
            "say which of the two holds",
        )
    if said is Answer.CHANGED and not new:
        yield book.fault(
            at["answer"],
            f"{changed[0]} ({changed[1]}), and nothing that is changed",
            "another start or level than was proposed",
            "fill in the new value, or accept",
        )
    if said in (Answer.ACCEPTED, Answer.CHANGED):
        for name, old in proposed.items():
            if old is None and asked[name] is None:
                yield book.fault(
                    at[name],
                    "a blank cell",
                    f"a {name}, since none was proposed",
                    f"fill it in, or answer {refused[0]} ({refused[1]})",
                )
