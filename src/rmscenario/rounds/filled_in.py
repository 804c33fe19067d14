"""A unit's workbook as it comes back: what it says of itself, where the answers stand, and what was changed by force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.rounds.asked import ANSWER_CELLS, CELL, FACT, FACTS, LAYOUT, PLACE, SENT, version
from rmscenario.rounds.store import Round
from rmscenario.tables.cells import CellValue
from rmscenario.tables.loaded import Origin
from rmscenario.tables.workbook import Records, file_of, read_records

#: [1] Columns of the hidden sheet that are read: kind, sheet or fact, row, column, value.
_WIDTH = 5
#: [1] Fewest cells by which a row is known again.
_TELLING = 3
#: Sheet, row and column of a cell.
At = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """A workbook that came back.

    Attributes
    ----------
    facts : mapping of str to CellValue
        What it says of itself.
    places : mapping of str to At
        First cell of the answer to each commitment.
    sent, cells : mapping of At to CellValue
        Cells that are not answers as they were sent; all cells as they came back.
    sheets : frozenset of str
    unread : frozenset of (sheet, row)
        Rows with a cell that cannot be read, of which nothing more is said.
    moved : mapping of sheet to row
        Sheets whose rows were inserted, removed or sorted, with the first that stands where another one was: nothing more is
        said of them either.
    """

    path: Path
    facts: Mapping[str, CellValue]
    places: Mapping[str, At]
    sent: Mapping[At, CellValue]
    cells: Mapping[At, CellValue]
    sheets: frozenset[str]
    unread: frozenset[tuple[str, int]]
    moved: Mapping[str, int]

    @property
    def unit(self) -> str:
        """Unit that it is of."""
        return str(self.facts["unit"])

    def origin(self, commitment: str) -> Origin:
        """Where the answer to a commitment stands."""
        sheet, row, _ = self.places[commitment]
        return Origin(file=file_of(self.path, sheet), line=row)

    def line(self, commitment: str) -> AnswerLine | None:
        """The answer to a commitment; None where it cannot be read."""
        sheet, row, _ = first = self.places[commitment]
        return None if (sheet, row) in self.unread or sheet in self.moved else AnswerLine(book=self, first=first)

    def fault(self, at: At, found: str, expected: str, remedy: str, *, holds: str = "") -> Fault:
        """A fault of a cell, by sheet, row and column; `holds` says what the column is for."""
        sheet, row, column = at
        letter = f"column {get_column_letter(column)}"
        return Fault(
            file=file_of(self.path, sheet),
            row=row,
            column=f"{letter} ({holds})" if holds else letter,
            found=found,
            expected=expected,
            remedy=remedy,
        )

    def wrong_kind(self, found: Round) -> Iterator[Fault]:
        """What tells it from a workbook of a round as it is proposed now; the first of it alone."""
        for fact, expected, remedy in (
            ("layout", LAYOUT, "write the dossiers anew with this version"),
            ("round", found.name, "read it back into its own round"),
            ("proposal", version(found), "write the dossiers anew, and have the unit answer those"),
        ):
            if self.facts[fact] != expected:
                said = "another proposal of the round" if fact == "proposal" else f"{fact} {shown(self.facts[fact])}"
                wanted = "the one that stands now" if fact == "proposal" else shown(expected)
                yield Fault(file=self.path.name, found=said, expected=wanted, remedy=remedy)
                return

    def tampered(self) -> Iterator[Fault]:
        """Locked cells that are not as they were sent, and sheets that were not sent."""
        names = {sheet for sheet, _, _ in self.sent}
        for sheet in sorted(self.sheets - names):
            yield Fault(
                file=file_of(self.path, sheet),
                found="a sheet that was not in the dossier",
                expected="the sheets that were sent alone",
                remedy=did_you_mean(sheet, names) or "move it elsewhere; a remark goes into the column for comments",
            )
        for sheet in sorted(names - self.sheets):
            yield Fault(
                file=self.path.name,
                found=f"no sheet {shown(sheet)}",
                expected="every sheet that was sent, by its name",
                remedy="give the sheet its name again, or answer in a fresh workbook of the unit",
            )
        for sheet, row in self.moved.items():
            yield Fault(
                file=file_of(self.path, sheet),
                row=row,
                found="another row than was sent here",
                expected="the rows in the order in which they were sent, none more and none less",
                remedy="undo what inserted, removed or sorted them, or answer in a fresh workbook of the unit",
            )
        free = _free(self.places)
        for at in sorted((self.sent.keys() | self.cells.keys()) - free):
            sheet, row, _ = at
            was, is_now = self.sent.get(at), self.cells.get(at)
            if was == is_now or (sheet, row) in self.unread:
                continue
            if sheet in self.moved or sheet not in names & self.sheets:
                continue
            if was is None:
                remedy = "clear it; a remark goes into the column for comments"
                yield self.fault(at, shown(is_now), "a blank cell", remedy)
            else:
                yield self.fault(
                    at,
                    "a blank cell" if is_now is None else shown(is_now),
                    f"{shown(was)}, as it was sent: the cell is locked",
                    "put it back, and ask for changes in the columns for answers",
                )


def _free(places: Mapping[str, At]) -> set[At]:
    """The cells that a unit may fill in."""
    return {
        (sheet, row, column + offset) for sheet, row, column in places.values() for offset in range(len(ANSWER_CELLS))
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """The cells in which a unit answers to one commitment; `first` is the first of them."""

    book: FilledIn
    first: At

    def _at(self, cell: str) -> At:
        sheet, row, column = self.first
        return sheet, row, column + ANSWER_CELLS.index(cell)

    def given(self, cell: str) -> CellValue:
        """What stands in a cell of `ANSWER_CELLS`."""
        return self.book.cells.get(self._at(cell))

    def fault(self, cell: str, found: str, expected: str, remedy: str) -> Fault:
        """A fault of such a cell."""
        return self.book.fault(self._at(cell), found, expected, remedy, holds=cell)


def read_filled_in(path: Path, faults: list[Fault]) -> FilledIn | None:
    """A workbook as it came back; None, and a fault, where it is none of a unit's."""
    before = len(faults)
    sheets = read_records(path, faults, keep=True)
    new = faults[before:]
    if not sheets:
        return None
    facts: dict[str, CellValue] = {}
    places: dict[str, At] = {}
    sent: dict[At, CellValue] = {}
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
        faults.append(damaged(path))
        return None
    cells = {
        (name, row, column): value
        for name, records in sheets.items()
        if name != SENT and records is not None
        for row, values in records
        for column, value in enumerate(values, start=1)
        if value is not None and value != ""
    }
    names = {file_of(path, name): name for name in sheets}
    return FilledIn(
        path=path,
        facts=facts,
        places=places,
        sent=sent,
        cells=cells,
        sheets=frozenset(sheets) - {SENT},
        unread=frozenset((names[fault.file], fault.row) for fault in new if fault.row is not None),
        moved=_moved(sent, cells, places),
    )


def _moved(sent: Mapping[At, CellValue], cells: Mapping[At, CellValue], places: Mapping[str, At]) -> dict[str, int]:
    """Sheets in which a row stands where another one was sent, with the first such row."""
    answers = {(sheet, column) for sheet, _, column in _free(places)}

    def by_row(found: Mapping[At, CellValue]) -> dict[tuple[str, int], dict[int, CellValue]]:
        rows: dict[tuple[str, int], dict[int, CellValue]] = defaultdict(dict)
        for (sheet, row, column), value in found.items():
            if (sheet, column) not in answers:
                rows[sheet, row][column] = value
        return rows

    was = by_row(sent)
    told: dict[str, int] = {}
    for (sheet, row), now in sorted(by_row(cells).items()):
        if len(now) < _TELLING or now == was.get((sheet, row)):
            continue
        if any(now == other for (where, _), other in was.items() if where == sheet):
            told.setdefault(sheet, row)
    return told


def _said_of_itself(sheets: Mapping[str, Records | None]) -> Records:
    """Rows of the hidden sheet; none where it is missing or cut off."""
    records = sheets.get(SENT) or []
    return records if records and len(records[0][1]) >= _WIDTH else []


def damaged(path: Path) -> Fault:
    """What is said of a workbook that is none of a unit's, or is so no more."""
    return Fault(
        file=path.name,
        found="a workbook that does not say of which round and unit it is, or not of all it asks",
        expected="one that `rmscenario round dossier` wrote, its hidden sheet as it was",
        remedy="copy the answers into a fresh workbook of the unit",
    )
