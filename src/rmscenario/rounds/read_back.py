"""Workbooks of units read back: every change that a unit made, or every fault that keeps it from being taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rmscenario.errors import Fault, shown
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.asked import ANSWER_WORDS, Question, possible_levels, possible_starts, questions
from rmscenario.rounds.filled_in import AnswerLine, FilledIn, damaged, read_filled_in
from rmscenario.rounds.rows import Answer, UnitAnswer
from rmscenario.rounds.store import Round
from rmscenario.tables.columns import CellError, columns
from rmscenario.tables.loaded import Origin

#: [1] Longest comment that is kept.
LONGEST = 1000
_KNOWN = {word: answer for answer, words in ANSWER_WORDS.items() for word in words}


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
    stands; `unanswered` what the units left open; `places` where the line of each commitment stands.
    """

    units: tuple[str, ...]
    answers: tuple[UnitAnswer, ...]
    answered: tuple[Commitment, ...]
    changes: tuple[Change, ...]
    unanswered: tuple[Commitment, ...]
    places: Mapping[str, Origin]


def read_back(found: Round, paths: Iterable[Path], *, dated: date, faults: list[Fault]) -> ReadBack:
    """Read the workbooks of some units of a round; what is wrong goes to `faults`, and what it is wrong in is left out.

    A fault is a workbook of another round or proposal, a locked cell that was changed, an answer that contradicts itself or
    that nobody can give.

    Parameters
    ----------
    dated : date
        Day that the answers are of.
    """
    asked = questions(found)
    answers: dict[str, UnitAnswer] = {}
    places: dict[str, Origin] = {}
    open_ones: list[Commitment] = []
    books = _books(found, asked, paths, faults)
    for unit, book in books.items():
        faults += book.tampered()
        for question in (each for each in asked if each.proposed.unit == unit):
            answer = _answer(found, book, question, dated, faults)
            places[question.proposed.commitment] = book.origin(question.proposed.commitment)
            if answer is not None:
                answers[answer.commitment] = answer
            elif question.answer is None:
                open_ones.append(question.proposed)
    pairs = [(each, answers[each.proposed.commitment]) for each in asked if each.proposed.commitment in answers]
    return ReadBack(
        units=tuple(books),
        answers=tuple(answer for _, answer in pairs),
        answered=tuple(answered(question, answer) for question, answer in pairs if answer.answer is not None),
        changes=tuple(change for question, answer in pairs for change in _changes(question, answer)),
        unanswered=tuple(open_ones),
        places=places,
    )


def _books(found: Round, asked: Sequence[Question], paths: Iterable[Path], faults: list[Fault]) -> dict[str, FilledIn]:
    """The workbooks that are of the round as it is proposed now and ask what it asks, by unit; one of each."""
    books: dict[str, FilledIn] = {}
    for path in paths:
        book = read_filled_in(path, faults)
        if book is None:
            continue
        if other := [*book.wrong_kind(found)]:
            faults += other
        elif book.unit in books:
            faults.append(
                Fault(
                    file=path.name,
                    found=f"a second workbook of {shown(book.unit)}, beside {books[book.unit].path.name}",
                    expected="one workbook of each unit",
                    remedy="give the one that holds",
                )
            )
        elif book.places.keys() != {each.proposed.commitment for each in asked if each.proposed.unit == book.unit}:
            faults.append(damaged(path))
        else:
            books[book.unit] = book
    return books


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


def _answer(found: Round, book: FilledIn, question: Question, dated: date, faults: list[Fault]) -> UnitAnswer | None:
    """A unit's answer to a question; None where it says nothing, or, with faults, nothing that can be taken."""
    row = question.proposed
    line = book.line(row.commitment)
    if line is None:
        return None
    before = len(faults)
    said = _said(line, faults)
    comment = _comment(line, faults)
    start = _one_of(line, "start", possible_starts(found.region, found.agreed, row.initiative), faults)
    level = _one_of(line, "level", possible_levels(found.region, row.initiative), faults)
    if len(faults) == before:
        faults += _contradictions(line, row, said, {"start": start, "level": level})
        faults += _against_a_duty(line, row, said, found)
    if len(faults) > before or (said is None and not comment):
        return None
    return UnitAnswer(
        commitment=row.commitment,
        unit=row.unit,
        answer=said,
        start=None if start is None else int(start),
        level=level,
        comment=comment,
        dated=dated,
    )


def _comment(line: AnswerLine, faults: list[Fault]) -> str:
    """A comment on one line, as the tables of a round can hold it."""
    given = line.given("comment")
    comment = "" if given is None else " ".join(str(given).split())
    if len(comment) > LONGEST:
        faults.append(line.fault("comment", f"{len(comment)} characters", f"at most {LONGEST}", "shorten the comment"))
        return ""
    try:
        next(column for column in columns(UnitAnswer) if column.name == "comment").check(comment)
    except CellError as error:
        faults.append(line.fault("comment", error.found, error.expected, error.remedy))
    return comment


def _said(line: AnswerLine, faults: list[Fault]) -> Answer | None:
    given = line.given("answer")
    if given is None or not str(given).strip():
        return None
    word = str(given).strip().casefold()
    if word not in _KNOWN:
        known = ", ".join(f"{danish} ({english})" for danish, english in ANSWER_WORDS.values())
        faults.append(line.fault("answer", shown(given), known, "choose from the list"))
        return None
    return _KNOWN[word]


def _one_of(line: AnswerLine, cell: str, possible: Sequence[float], faults: list[Fault]) -> float | None:
    """A number that must be one of some; None of a blank cell."""
    given = line.given(cell)
    if given is None:
        return None
    if isinstance(given, str) and given.strip().isdecimal():  # a cell that was formatted as text
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int | float) or given not in possible:
        known = ", ".join(f"{value:g}" for value in possible)
        faults.append(line.fault(cell, shown(given), f"one of {known}", "choose from the list"))
        return None
    return float(given)


def _contradictions(
    line: AnswerLine, row: Commitment, said: Answer | None, asked: Mapping[str, float | None]
) -> Iterator[Fault]:
    """Where an answer does not fit what it asks for."""
    proposed = {"start": row.start, "level": row.level}
    new = {cell: value for cell, value in asked.items() if value is not None and value != proposed[cell]}
    changed, refused = (ANSWER_WORDS[word] for word in (Answer.CHANGED, Answer.REFUSED))
    if said is not Answer.CHANGED:
        for cell, value in new.items():
            yield line.fault(
                cell,
                f"{value:g}, where the answer is {'blank' if said is None else ANSWER_WORDS[said][0]}",
                f"a blank cell, or the answer {changed[0]} ({changed[1]})",
                "say which of the two holds",
            )
    elif not new:
        yield line.fault(
            "answer",
            f"{changed[0]} ({changed[1]}), and nothing that is changed",
            "another start or level than was proposed",
            "fill in the new value, or accept",
        )
    if said in (Answer.ACCEPTED, Answer.CHANGED):
        for cell, old in proposed.items():
            if old is None and asked[cell] is None:
                yield line.fault(
                    cell,
                    "a blank cell",
                    f"a {cell}, since none was proposed",
                    f"fill it in, or answer {refused[0]} ({refused[1]})",
                )


def _against_a_duty(line: AnswerLine, row: Commitment, said: Answer | None, found: Round) -> Iterator[Fault]:
    """The refusal of what the region has decided to start by the end of the round."""
    if said is not Answer.REFUSED:
        return
    for duty in found.region.duties:
        if (
            duty.initiative == row.initiative
            and duty.unit in (None, row.unit)
            and duty.latest <= found.agreed.last_year
        ):
            accepted, changed = (ANSWER_WORDS[word] for word in (Answer.ACCEPTED, Answer.CHANGED))
            yield line.fault(
                "answer",
                f"{ANSWER_WORDS[said][0]} ({ANSWER_WORDS[said][1]}) of what is decided: duties has "
                f"{row.initiative} started by {duty.latest}",
                f"{accepted[0]} ({accepted[1]}) or {changed[0]} ({changed[1]})",
                "take it on, and write in the comment what stands in the way",
            )
            return
