"""Rules that a row keeps by itself, beyond what each of its cells may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.quantity import INSIDE_MEASURES
from rmscenario.region.commitments import Commitment
from rmscenario.region.footprint import Account, AccountEvent, Background, Category, Quantity, Target
from rmscenario.region.initiatives import Effect, Enabler, Exclusion, Initiative, Prerequisite
from rmscenario.region.limits import AgreementRound, Budget
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.region.vocabulary import (
    Basis,
    CommitmentStatus,
    Distribution,
    MoneyKind,
    Row,
    TargetForm,
    UncertainKind,
)
from rmscenario.tables.bounds import as_share
from rmscenario.tables.loaded import Origin

#: [1] Rounding that shares written with few decimals may carry when they are added up.
SHARE_ROUNDING = 1e-9
#: What an effect acts on when it acts on every quantity of a source.
ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a row breaks."""

    column: str
    found: str
    expected: str
    remedy: str


def row_faults(row: Row, origin: Origin) -> list[Fault]:
    """Faults of a row by itself."""
    rule = _RULES.get(type(row))
    return [
        origin.fault(column=breach.column, found=breach.found, expected=breach.expected, remedy=breach.remedy)
        for breach in (rule(row) if rule else ())
    ]


def _category(row: Category) -> Iterator[Breach]:
    if row.scope == 3 and row.scope3_category is None:
        yield Breach("scope3_category", "a blank cell", "a category from 1 to 15 where scope is 3", "fill it in")
    if row.scope != 3 and row.scope3_category is not None:
        yield Breach(
            "scope3_category",
            shown(row.scope3_category),
            "a blank cell where scope is 1 or 2",
            "clear it, or write scope 3",
        )


def _quantity(row: Quantity) -> Iterator[Breach]:
    if row.quantity == ACTIVITY:
        yield Breach("quantity", shown(ACTIVITY), "another id: effects on all quantities use this word", "rename it")
    if row.measure not in INSIDE_MEASURES:
        yield Breach(
            "measure",
            shown(row.measure),
            f"one of {', '.join(INSIDE_MEASURES)}",
            did_you_mean(row.measure, INSIDE_MEASURES) + " Other tables may write other units of the same kind.",
        )
    elif row.quantity == "co2e" and row.measure != "tCO2e/a":
        yield Breach("measure", shown(row.measure), "tCO2e/a for co2e", "write tCO2e/a")


def _background(row: Background) -> Iterator[Breach]:
    if not row.weak >= row.mode >= row.strong:
        yield Breach(
            "mode",
            f"weak {row.weak:g}, mode {row.mode:g}, strong {row.strong:g}",
            "weak ≥ mode ≥ strong, since a weak decline leaves the larger factor",
            "put them in order",
        )


def _account(row: Account) -> Iterator[Breach]:
    low, high = (row.factor if end is None else end for end in (row.factor_low, row.factor_high))
    if not low <= row.factor <= high:
        yield Breach(
            "factor",
            f"factor_low {low:g}, factor {row.factor:g}, factor_high {high:g}",
            "factor_low ≤ factor ≤ factor_high",
            "put them in order",
        )


def _account_event(row: AccountEvent) -> Iterator[Breach]:
    yield from _ordered(row.low, row.mode, row.high)


def _target(row: Target) -> Iterator[Breach]:
    if row.reduction is None and row.level is None:
        yield Breach("reduction", "neither reduction nor level", "one of the two", "fill one in")
    if row.reduction is not None and row.level is not None:
        yield Breach("level", "both reduction and level", "one of the two", "clear one")
    if row.until is not None and row.until < row.year:
        yield Breach("until", shown(row.until), f"{row.year} (its first year) or later", "correct one of the years")
    risks = [name for name in ("confidence", "cvar", "expected") if getattr(row, name)]
    if len(risks) > 1:
        yield Breach(risks[1], f"both {risks[0]} and {risks[1]}", "one of them", "clear one")
    if risks and row.form is TargetForm.CUMULATIVE:
        yield Breach(risks[0], f"{risks[0]} of a sum over years", "a target of single years", "clear it")
    if (row.share_of is None) != (row.share is None):
        missing, given = ("share", "share_of") if row.share is None else ("share_of", "share")
        yield Breach(missing, "a blank cell", f"a value, since {given} has one", f"fill it in, or clear {given}")
    if row.share_of == row.quantity:
        yield Breach("share_of", shown(row.share_of), "another quantity than the target's own", "name the whole")


def _initiative(row: Initiative) -> Iterator[Breach]:
    if row.latest is not None and row.latest < row.earliest:
        yield Breach(
            "latest", shown(row.latest), f"{row.earliest} (its earliest start) or later", "correct one of the years"
        )


def _effect(row: Effect) -> Iterator[Breach]:
    yield from _ordered(row.low, row.mode, row.high)
    if row.basis is Basis.ABSOLUTE:
        if row.on == ACTIVITY:
            yield Breach(
                "on", shown(ACTIVITY), "the id of a quantity, since the amount is in its unit", "name the quantity"
            )
        if row.segment is not None:
            yield Breach("segment", shown(row.segment), "a blank cell for an absolute amount", "clear it")
    else:
        for name, value in (("low", row.low), ("mode", row.mode), ("high", row.high)):
            if value > 1:
                yield Breach(
                    name,
                    f"'{value:g}'",
                    "a share of at most 1: nothing can fall by more than all of it",
                    as_share(value) if 2 <= value <= 100 else "correct the share",
                )
    if row.account is not None and row.on not in (ACTIVITY, "co2e"):
        yield Breach(
            "account",
            shown(row.account),
            f"a blank cell, since accounts differ in co2e alone and not in {shown(row.on)}",
            "clear it",
        )


def _enabler(row: Enabler) -> Iterator[Breach]:
    yield from _ordered(row.low, row.mode, row.high)
    if row.enabler == row.initiative:
        yield Breach(
            "initiative", shown(row.initiative), "another initiative than the enabler", "correct one of the ids"
        )


def _prerequisite(row: Prerequisite) -> Iterator[Breach]:
    if row.requires == row.initiative:
        yield Breach(
            "requires",
            shown(row.requires),
            "another initiative",
            "an initiative cannot wait for itself; remove the row",
        )


def _exclusion(row: Exclusion) -> Iterator[Breach]:
    if row.excludes == row.initiative:
        yield Breach(
            "excludes", shown(row.excludes), "another initiative", "an initiative cannot exclude itself; remove the row"
        )


def _round(row: AgreementRound) -> Iterator[Breach]:
    if row.last_year < row.first_year:
        yield Breach(
            "last_year", shown(row.last_year), f"{row.first_year} (its first year) or later", "correct one of the years"
        )


def _commitment(row: Commitment) -> Iterator[Breach]:
    if row.status is not CommitmentStatus.REFUSED:
        for name, value in (("level", row.level), ("start", row.start)):
            if value is None:
                yield Breach(name, "a blank cell", f"a value, since the commitment is {row.status}", "fill it in")
    if row.replaces == row.commitment:
        yield Breach("replaces", shown(row.replaces), "another commitment", "give the new row an id of its own")


def _budget(row: Budget) -> Iterator[Breach]:
    if row.kind not in (MoneyKind.CAPEX, MoneyKind.OPEX):
        yield Breach("kind", shown(row.kind.value), "capex or opex", "savings have no budget; remove the row")


def _uncertainty(row: Uncertainty) -> Iterator[Breach]:
    given = {"low": row.low, "mode": row.mode, "high": row.high}
    if row.kind in (UncertainKind.EFFECT, UncertainKind.BACKGROUND):
        table = "effects" if row.kind is UncertainKind.EFFECT else "background"
        for name, value in given.items():
            if value is not None:
                yield Breach(name, f"'{value:g}'", f"a blank cell: the values stand in {table}", "clear it")
    elif row.distribution is not Distribution.FIXED:
        blank = next((name for name, value in given.items() if value is None), None)
        if blank is not None:
            yield Breach(
                blank, "a blank cell", f"a factor on the amount of {row.kind.value}", "fill it in, or use fixed"
            )
    if row.low is not None and row.mode is not None and row.high is not None:
        yield from _ordered(row.low, row.mode, row.high)
    if row.distribution is Distribution.LOGNORMAL and row.low == 0:
        yield Breach("low", "'0'", "a factor above 0 for a lognormal distribution", "use pert, or a low factor above 0")
    if row.correlation > 0 and row.correlation_group is None:
        yield Breach(
            "correlation",
            f"'{row.correlation:g}' without a group",
            "a correlation_group",
            "name the group, or clear the correlation",
        )


def _delivery_risk(row: DeliveryRisk) -> Iterator[Breach]:
    total = sum(row.probabilities)
    if total > 1 + SHARE_ROUNDING:
        yield Breach(
            "cancelled",
            f"probabilities that sum to {total:g}",
            "at most 1 over slip_one, slip_two, partial and cancelled",
            "lower one",
        )
    if row.partial > 0 and row.partial_uptake is None:
        yield Breach(
            "partial_uptake",
            f"nothing beside a probability of {row.partial:g}",
            "the share that is then taken up",
            "give it, or clear partial",
        )


def _ordered(low: float, mode: float, high: float) -> Iterator[Breach]:
    if not low <= mode <= high:
        yield Breach("mode", f"low {low:g}, mode {mode:g}, high {high:g}", "low ≤ mode ≤ high", "put them in order")


_RULES: dict[type[Row], Callable[..., Iterator[Breach]]] = {
    Category: _category,
    Quantity: _quantity,
    Account: _account,
    AccountEvent: _account_event,
    Background: _background,
    Target: _target,
    Initiative: _initiative,
    Effect: _effect,
    Enabler: _enabler,
    Prerequisite: _prerequisite,
    Exclusion: _exclusion,
    AgreementRound: _round,
    Commitment: _commitment,
    Budget: _budget,
    Uncertainty: _uncertainty,
    DeliveryRisk: _delivery_risk,
}
