"""A rule between tables, and what rules look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rmscenario.errors import Fault, shown
from rmscenario.region.commitments import Commitment, OptionKey, effective, locks, refusals
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus, Delivery
from rmscenario.tables.loaded import Loaded, LoadedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What finds faults between tables, and the tables it needs whole."""

    find: Callable[[Loaded], Iterable[Fault]]
    needs: frozenset[str]


def rule(find: Callable[[Loaded], Iterable[Fault]], *needs: str) -> Rule:
    """Rule that needs these tables."""
    return Rule(find=find, needs=frozenset(needs))


def entries(loaded: Loaded, table: str) -> tuple[LoadedRow, ...]:
    """Rows of a table with their places."""
    return loaded.rows.get(table, ())


def table_fault(loaded: Loaded, table: str, *, found: str, expected: str, remedy: str) -> Fault:
    """Fault of a table as a whole."""
    others = (entry.file for name in loaded.rows for entry in entries(loaded, name))
    book, of_a_workbook, _ = next(others, "").partition(":")
    elsewhere = f"{book}:{table}" if of_a_workbook else f"{table}.csv"
    file = next((entry.file for entry in entries(loaded, table)), elsewhere)
    return Fault(file=file, found=found, expected=expected, remedy=remedy)


def carriers(loaded: Loaded) -> dict[str, dict[str, frozenset[str]]]:
    """Initiative → unit that carries it out → units whose sources it changes there."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for entry in entries(loaded, "delivery"):
        here = found.setdefault(entry.row.initiative, {})
        here[entry.row.unit] = here.get(entry.row.unit, frozenset()) | {entry.row.acts_on}
    return found


def group_wide(loaded: Loaded) -> frozenset[str]:
    """Initiatives that are decided once for the group."""
    return frozenset(
        entry.row.initiative for entry in entries(loaded, "initiatives") if entry.row.delivery is Delivery.GROUP
    )


def running(loaded: Loaded) -> frozenset[tuple[str, str]]:
    """(initiative, unit) pairs that run already."""
    return frozenset((entry.row.initiative, entry.row.unit) for entry in entries(loaded, "running"))


def start_years(loaded: Loaded) -> frozenset[int]:
    """Years in which plans may start anything: in the period's first years and in an open or later round."""
    allowed = range(loaded.settings.first_year, loaded.settings.last_start + 1)
    return frozenset(
        year
        for entry in entries(loaded, "rounds")
        if entry.row.ahead
        for year in range(max(entry.row.first_year, allowed.start), min(entry.row.last_year + 1, allowed.stop))
    )


def possible_starts(loaded: Loaded) -> dict[str, frozenset[int]]:
    """Years in which each initiative may start."""
    years = start_years(loaded)
    return {
        entry.row.initiative: frozenset(
            year
            for year in years
            if entry.row.earliest <= year and (entry.row.latest is None or year <= entry.row.latest)
        )
        for entry in entries(loaded, "initiatives")
    }


def locked(loaded: Loaded) -> dict[OptionKey, LoadedRow]:
    """The commitment that says how an option starts, by option."""
    places = {id(entry.row): entry for entry in entries(loaded, "commitments")}
    bound = locks(loaded.of(Commitment), loaded.of(AgreementRound))
    return {option: places[id(row)] for option, row in bound.items()}


def refused(loaded: Loaded) -> dict[OptionKey, list[LoadedRow]]:
    """The refusals that count, by option."""
    counting = {id(row) for row in effective(loaded.of(Commitment))}
    found: dict[OptionKey, list[LoadedRow]] = defaultdict(list)
    for entry in entries(loaded, "commitments"):
        if id(entry.row) in counting and entry.row.status is CommitmentStatus.REFUSED:
            found[entry.row.option].append(entry)
    return found


def option_starts(loaded: Loaded) -> Callable[[OptionKey], frozenset[int]]:
    """Years in which an option may start: its initiative's, less what was refused; of a committed one its own alone."""
    starts, bound = possible_starts(loaded), locked(loaded)
    withheld = refusals(loaded.of(Commitment), loaded.of(AgreementRound))

    def years(option: OptionKey) -> frozenset[int]:
        if option in bound:
            return frozenset({bound[option].row.start})
        return starts.get(option[0], frozenset()) - withheld.get(option, frozenset())

    return years


def not_delivered(entry: LoadedRow, units: Iterable[str]) -> Fault:
    """Fault of a row whose unit does not carry its initiative out."""
    return entry.fault(
        column="unit",
        found=shown(entry.row.unit),
        expected=f"a unit that carries {shown(entry.row.initiative)} out: {', '.join(units) or 'none does'}",
        remedy="correct the unit, or add a row to delivery",
    )


def amounts(loaded: Loaded) -> dict[tuple[str, str, str], float]:
    """Base-year amount by unit, category and quantity."""
    return {
        (entry.row.unit, entry.row.category, entry.row.quantity): entry.row.value
        for entry in entries(loaded, "sources")
    }


def years_text(years: Iterable[int]) -> str:
    """Years as people write them: `2027–2029, 2031`."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans) or "none"
