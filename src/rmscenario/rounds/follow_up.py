"""Follow-up read into a round: what was observed of its commitments and of the region's accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.quantity import MeasureError, conversion_factor, same_measure
from rmscenario.region.commitments import Commitment
from rmscenario.region.initiatives import Indicator
from rmscenario.rounds.plausible import implausible, untimely
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp
from rmscenario.rounds.store import Round, add_file, changing, read_round, replace_manifest, wrong_state
from rmscenario.tables.grid import Grid, read_csv
from rmscenario.tables.loaded import LoadedRow
from rmscenario.tables.parts import RoundState, round_folders
from rmscenario.tables.rows import duplicate_keys, typed_rows

#: Unit that account figures are kept in.
_FOOTPRINT_MEASURE = "tCO2e/a"
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def import_follow_up(model: Path, name: str, path: Path) -> int:
    """Read observed values into a signed round as a file of their own; returns how many are new.

    Parameters
    ----------
    path : Path
        CSV, or a workbook with a sheet `follow_up`, with the columns of `rows.FollowUp`. Rows that stand in the round
        already are passed over, so that the same file can be read again.

    Raises
    ------
    InputError
        When the round is not signed, or a row is faulty: with every fault.
    """
    with changing(model, name) as found:
        if found.state is not RoundState.SIGNED:
            raise wrong_state(found, "signed", "sign it first; a closed round is followed up no more")
        faults: list[Fault] = []
        grid = _grid(path, faults)
        entries = typed_rows(grid, faults, FollowUp) if grid is not None else ()
        known = _Known(found)
        there = set(found.of(FollowUp))
        new: list[LoadedRow] = []
        for entry in entries:
            wrong = [*known.faults(entry)]
            faults += wrong
            if not wrong and (row := known.inside(entry.row)) not in there:
                new.append(replace(entry, row=row))
        faults += _contradictions(found, new, faults)
        if faults:
            raise InputError(faults)
        if new:
            files = (*found.manifest.files, add_file(found, [entry.row for entry in new], FollowUp))
            replace_manifest(found, replace(found.manifest, files=files))
        return len(new)


def follow_up(model: Path) -> tuple[FollowUp, ...]:
    """All that was observed in a region's rounds, in the order of the rounds and of the imports.

    Raises
    ------
    InputError
        When the region or a round is faulty.
    """
    return tuple(row for place in round_folders(model) for row in read_round(model, place.name).of(FollowUp))


def _grid(path: Path, faults: list[Fault]) -> Grid | None:
    if path.suffix.lower() not in _WORKBOOKS:
        return read_csv(path, FollowUp.table, faults)
    from rmscenario.tables.workbook import read_workbook  # noqa: PLC0415  openpyxl only where it is needed

    return read_workbook(path, faults, (FollowUp.table,)).get(FollowUp.table)


class _Known:
    """What the rows of a follow-up may name."""

    def __init__(self, found: Round) -> None:
        self.agreed, self.region = found.agreed, found.region
        self.commitments = {row.commitment: row for row in found.of(Commitment)}
        self.told: dict[str, dict[str, CommitmentIndicator]] = {}
        for told in found.of(CommitmentIndicator):
            self.told.setdefault(told.commitment, {})[told.indicator] = told
        self.indicators: dict[str, dict[str, Indicator]] = {}
        for indicator in found.region.indicators:
            self.indicators.setdefault(indicator.initiative, {})[indicator.indicator] = indicator
        self.accounts = [row.account for row in found.region.accounts]
        self.boundaries = list(dict.fromkeys(row.boundary for row in found.region.boundaries))

    def indicators_of(self, row: Commitment) -> Mapping[str, Indicator | CommitmentIndicator]:
        """Indicators by id; an amendment may have no tables of its own: the region's indicators hold for it."""
        return self.told.get(row.commitment) or self.indicators.get(row.initiative, {})

    def inside(self, row: FollowUp) -> FollowUp:
        """A faultless row in the units kept: an account's figure in the one used inside, an indicator's as it is agreed."""
        if row.commitment is not None and row.indicator is not None:
            agreed = self.indicators_of(self.commitments[row.commitment])[row.indicator]
            return row.model_copy(update={"measure": agreed.measure})
        factor = conversion_factor(row.measure, _FOOTPRINT_MEASURE)
        scaled = {name: getattr(row, name) for name in ("value", "standard_error", "low", "high")}
        figures = {name: value * factor for name, value in scaled.items() if value is not None}
        return row.model_copy(update={**figures, "measure": _FOOTPRINT_MEASURE})

    def faults(self, entry: LoadedRow) -> Iterator[Fault]:
        """What is wrong with a row."""
        row: FollowUp = entry.row
        if row.low is not None and row.high is not None and not row.low <= row.value <= row.high:
            yield entry.fault(
                column="value",
                found=f"{row.value:g} outside {row.low:g}–{row.high:g}",
                expected="low ≤ value ≤ high",
                remedy="put them in order",
            )
        if row.reported < row.observed:
            yield entry.fault(
                column="reported",
                found=shown(row.reported),
                expected=f"{row.observed}, the day it is of, or later",
                remedy="correct one of the dates",
            )
        yield from untimely(entry, self.agreed, self.region)
        if (row.commitment is None) == (row.account is None):
            found = "both a commitment and an account" if row.account is not None else "neither commitment nor account"
            yield entry.fault(column="commitment", found=found, expected="one of the two", remedy="fill one in")
        elif row.account is not None:
            yield from self._account(entry)
        else:
            yield from self._indicator(entry)

    def _account(self, entry: LoadedRow) -> Iterator[Fault]:
        row: FollowUp = entry.row
        for column, value, known in (
            ("account", row.account, self.accounts),
            ("boundary", row.boundary, self.boundaries),
        ):
            if value not in known:
                yield _unknown(entry, column, value, known)
        if row.indicator is not None:
            yield entry.fault(
                column="indicator",
                found=shown(row.indicator),
                expected="a blank cell for an account",
                remedy="clear it",
            )
        try:
            conversion_factor(row.measure, _FOOTPRINT_MEASURE)
        except MeasureError as error:
            yield entry.fault(column="measure", found=error.found, expected=error.expected, remedy=error.remedy)

    def _indicator(self, entry: LoadedRow) -> Iterator[Fault]:
        row: FollowUp = entry.row
        commitment = self.commitments.get(row.commitment or "")
        if commitment is None:
            yield _unknown(entry, "commitment", row.commitment, self.commitments)
            return
        indicators = self.indicators_of(commitment)
        agreed = indicators.get(row.indicator or "")
        if agreed is None:
            yield _unknown(entry, "indicator", row.indicator, indicators)
        elif not same_measure(row.measure, agreed.measure):
            yield entry.fault(
                column="measure",
                found=shown(row.measure),
                expected=f"{shown(agreed.measure)}, the unit of the indicator",
                remedy="convert the value",
            )
        else:
            yield from implausible(entry, agreed, self.agreed, self.region)


def _unknown(entry: LoadedRow, column: str, value: object, known: Iterable[str]) -> Fault:
    words = list(known)
    found = "a blank cell" if value is None else shown(value)
    return entry.fault(
        column=column,
        found=found,
        expected=f"one of {', '.join(words[:8])}{' …' if len(words) > 8 else ''}" if words else "none",
        remedy=did_you_mean(str(value), words) or "correct it",
    )


def _contradictions(found: Round, new: list[LoadedRow], faults: list[Fault]) -> list[Fault]:
    """Rows that say something else than one of the same key that stands in the round; not those with faults already."""
    told = {fault.row for fault in faults}
    return [
        replace(fault, remedy="give the corrected value a later date in reported")
        for fault in duplicate_keys([*found.rows.get(FollowUp.table, ()), *new])
        if fault.row not in told
    ]
