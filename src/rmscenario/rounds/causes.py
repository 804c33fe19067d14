"""What each cause changes in a chain of account figures, for any values of a region's inputs, Eq. (39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np

from rmscenario.drivers.shapley import shapley, subsets
from rmscenario.emissions import build_structure, on_paper
from rmscenario.emissions.evaluate import evaluate_deployed
from rmscenario.emissions.structure import FOOTPRINT, FloatArray, Structure
from rmscenario.options import build_options
from rmscenario.region import Region, boundary_sources
from rmscenario.region.footprint import AccountEvent
from rmscenario.region.grades import weakest
from rmscenario.region.vocabulary import EventKind, Grade
from rmscenario.rounds.intervals import with_effects


class Cause(StrEnum):
    """Why an account's figure changes."""

    OWN = "own"
    BACKGROUND = "background"
    ACTIVITY = "activity"
    CONSTRUCTION = "construction"
    ONE_OFF = "one_off"
    UNEXPLAINED = "unexplained"
    METHOD = "method"


#: What a cause does, where that is no event: the tables, the factors of the accounts, the step in which they change.
TABLES, FACTOR, STEP = "", "factor", "step"
Key = tuple[Cause, str]
Moves = dict[Key, FloatArray]
Sources = frozenset[tuple[str, str]]
#: What puts an input of a region at one of its ends.
End = Callable[[Region], Region]


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """The parts of one chain of figures over the sources of a boundary, for any values of a region's inputs."""

    inside: Sources
    chain: Sequence[tuple[str, int, float]]
    events: Mapping[str, Sequence[AccountEvent]]

    @property
    def _years(self) -> list[int]:
        return [year for _, year, _ in self.chain]

    def moves(self, region: Region) -> Moves:
        """What each part changes: arrays (re-expression and steps) [tCO2e/a], which sum to the change of the figures."""
        factors = {row.account: row.factor for row in region.accounts}
        newest = self.chain[-1][0]
        again = np.asarray([value * factors[newest] / factors[account] for account, _, value in self.chain])
        rows = {event: [row for row in region.account_events if row.event == event] for event in self.events}
        told = {event: _level(rows[event], self._years, newest, factors) for event in self.events}
        own, own_built, background = self._tables(region)
        moves: Moves = {(Cause.OWN, TABLES): own, (Cause.BACKGROUND, TABLES): background}
        for event, level in told.items():
            kind = rows[event][0].kind
            moves[Cause(kind.value), event] = np.diff(level)
            if kind is EventKind.ACTIVITY:
                moves[Cause.BACKGROUND, TABLES] = moves[Cause.BACKGROUND, TABLES] - np.diff(level)
            elif kind is EventKind.CONSTRUCTION:
                moves[Cause.CONSTRUCTION, event] = np.diff(level) - own_built[event]
        rest = np.diff(again) - np.sum(list(moves.values()), axis=0)
        changes = np.asarray([one[0] != other[0] for one, other in zip(self.chain[1:], self.chain, strict=False)])
        moves[Cause.UNEXPLAINED, TABLES] = np.where(changes, 0.0, rest)
        moves[Cause.METHOD, FACTOR] = np.zeros_like(rest)
        moves[Cause.METHOD, STEP] = np.where(changes, rest, 0.0)
        moves = {key: np.concatenate([[0.0], values]) for key, values in moves.items()}
        moves[Cause.METHOD, FACTOR][0] = again[0] - self.chain[0][2]
        return moves

    def _tables(self, region: Region) -> tuple[FloatArray, dict[str, FloatArray], FloatArray]:
        """What the tables say from figure to figure: own initiatives, those where construction is told, and background."""
        newest, years = self.chain[-1][0], self._years
        in_newest = replace(region, settings=region.settings.model_copy(update={"account": newest}))
        table = build_options(in_newest, range(years[0], years[-1] + 1))
        structure = on_paper(build_structure(in_newest, table))
        stream = structure.stream_index(FOOTPRINT, newest)
        built = {
            event: boundary_sources(region, rows[0].boundary)
            for event, rows in self.events.items()
            if rows[0].kind is EventKind.CONSTRUCTION
        }
        leaves = {event: structure.leaves_of(stream, covered) for event, covered in built.items()}
        left = structure.leaves_of(stream, self.inside - frozenset().union(*built.values()))
        own, background = _own_and_background(structure, [year - years[0] for year in years])
        own_built = {event: own[numbers].sum(axis=0) for event, numbers in leaves.items()}
        all_own: FloatArray = own[structure.leaves_of(stream, self.inside)].sum(axis=0)
        all_background: FloatArray = background[left].sum(axis=0)
        return all_own, own_built, all_background

    def uncertain(self) -> Iterator[tuple[End, End]]:
        """Each uncertain input of the split: what puts it at its low and at its high end in a region."""
        yield partial(with_effects, end="low"), partial(with_effects, end="high")
        yield partial(_background, end="weak"), partial(_background, end="strong")
        for event in self.events:
            yield partial(_event, event=event, end="low"), partial(_event, event=event, end="high")
        for account in dict.fromkeys(account for account, _, _ in self.chain):
            low, high = (partial(_factor, account=account, end=f"factor_{end}") for end in ("low", "high"))
            yield low, high

    def grades(self, region: Region) -> dict[Key, Grade | None]:
        """The weakest grade of what each part rests on."""
        running = {row.initiative for row in region.running}
        categories = {category for _, category in self.inside}
        accounts = {account for account, _, _ in self.chain}
        found: dict[Key, Grade | None] = {
            (Cause.OWN, TABLES): weakest(row.grade for row in region.effects if row.initiative in running),
            (Cause.BACKGROUND, TABLES): weakest(row.grade for row in region.background if row.category in categories),
            (Cause.UNEXPLAINED, TABLES): None,
            (Cause.METHOD, STEP): None,
            (Cause.METHOD, FACTOR): weakest(row.grade for row in region.accounts if row.account in accounts),
        }
        for event, rows in self.events.items():
            found[Cause(rows[0].kind.value), event] = weakest(row.grade for row in rows)
        return found


def _own_and_background(structure: Structure, at: list[int]) -> tuple[FloatArray, FloatArray]:
    """What running initiatives and the background change of each leaf from year to year, averaged over both orders.

    Returns
    -------
    two arrays (leaf, step) [tCO2e/a]
    """
    deployed = structure.table.deployed(structure.table.nothing_new())
    before, after = np.asarray(at[:-1]), np.asarray(at[1:])
    players = (Cause.OWN, Cause.BACKGROUND)
    amounts: dict[frozenset[Cause], FloatArray] = {}
    for moved in subsets(players):
        moving = replace(
            structure, leaf_amount=structure.leaf_amount[:, after if Cause.BACKGROUND in moved else before]
        )
        running = deployed[:, after if Cause.OWN in moved else before]
        amounts[moved] = evaluate_deployed(moving, running).leaf
    return shapley(amounts, players, Cause.OWN), shapley(amounts, players, Cause.BACKGROUND)


def _level(rows: Sequence[AccountEvent], years: Sequence[int], newest: str, factors: Mapping[str, float]) -> FloatArray:
    """Amount of an event in the newest method in each year: array (year) [tCO2e/a]."""
    known = sorted(rows, key=lambda row: row.year)
    amounts = [row.mode * factors[newest] / factors[row.account] for row in known]
    outside = 0.0 if known[0].kind is EventKind.ONE_OFF else None
    level: FloatArray = np.interp(years, [row.year for row in known], amounts, left=outside, right=outside)
    return level


def _background(region: Region, *, end: str) -> Region:
    rows = tuple(row.model_copy(update={"mode": getattr(row, end)}) for row in region.background)
    return replace(region, background=rows)


def _event(region: Region, *, event: str, end: str) -> Region:
    rows = tuple(
        row.model_copy(update={"mode": getattr(row, end)}) if row.event == event else row
        for row in region.account_events
    )
    return replace(region, account_events=rows)


def _factor(region: Region, *, account: str, end: str) -> Region:
    rows = tuple(
        row.model_copy(update={"factor": value})
        if row.account == account and (value := getattr(row, end)) is not None
        else row
        for row in region.accounts
    )
    return replace(region, accounts=rows)
