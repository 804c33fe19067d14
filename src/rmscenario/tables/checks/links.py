"""Ids that rows name must exist in the tables that define them."""

from __future__ import annotations

from collections.abc import Iterator

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.region import ROW_TYPES
from rmscenario.region.vocabulary import Sourced, UncertainKind
from rmscenario.tables.checks.rule import Rule, rule, table_fault
from rmscenario.tables.columns import row_types
from rmscenario.tables.loaded import Loaded
from rmscenario.tables.rules import ACTIVITY

#: (table, column) → table whose id the column names. Columns with two meanings have rules of their own below.
LINKS: dict[tuple[str, str], str] = {
    **{(row_type.table, "reference"): "references" for row_type in ROW_TYPES if issubclass(row_type, Sourced)},
    ("sources", "unit"): "units",
    ("sources", "category"): "categories",
    ("sources", "quantity"): "quantities",
    ("segments", "category"): "categories",
    ("background", "category"): "categories",
    ("background", "quantity"): "quantities",
    ("account_history", "account"): "accounts",
    ("account_history", "boundary"): "boundaries",
    ("account_events", "account"): "accounts",
    ("account_events", "boundary"): "boundaries",
    ("boundaries", "unit"): "units",
    ("boundaries", "category"): "categories",
    ("targets", "quantity"): "quantities",
    ("targets", "share_of"): "quantities",
    ("targets", "boundary"): "boundaries",
    ("targets", "account"): "accounts",
    ("targets", "track"): "tracks",
    ("initiatives", "track"): "tracks",
    ("levels", "initiative"): "initiatives",
    ("delivery", "initiative"): "initiatives",
    ("delivery", "unit"): "units",
    ("delivery", "acts_on"): "units",
    ("effects", "initiative"): "initiatives",
    ("effects", "category"): "categories",
    ("effects", "account"): "accounts",
    ("money", "initiative"): "initiatives",
    ("prices", "quantity"): "quantities",
    ("prices", "category"): "categories",
    ("staff", "initiative"): "initiatives",
    ("staff", "skill"): "skills",
    ("staff_capacity", "skill"): "skills",
    ("staff_capacity", "unit"): "units",
    ("budgets", "unit"): "units",
    ("outlay_shares", "unit"): "units",
    ("prerequisites", "initiative"): "initiatives",
    ("prerequisites", "requires"): "initiatives",
    ("exclusions", "initiative"): "initiatives",
    ("exclusions", "excludes"): "initiatives",
    ("enablers", "enabler"): "initiatives",
    ("enablers", "initiative"): "initiatives",
    ("duties", "initiative"): "initiatives",
    ("duties", "unit"): "units",
    ("minimum_starts", "track"): "tracks",
    ("minimum_starts", "unit"): "units",
    ("start_limits", "round"): "rounds",
    ("start_limits", "unit"): "units",
    ("commitments", "round"): "rounds",
    ("commitments", "initiative"): "initiatives",
    ("commitments", "unit"): "units",
    ("commitments", "replaces"): "commitments",
    ("outlook", "initiative"): "initiatives",
    ("outlook", "unit"): "units",
    ("running", "initiative"): "initiatives",
    ("running", "unit"): "units",
    ("running", "round"): "rounds",
    ("indicators", "initiative"): "initiatives",
    ("delivery_risk", "initiative"): "initiatives",
}


def known_ids(loaded: Loaded, table: str) -> frozenset[str]:
    """Ids that a table defines."""
    name = row_types()[table].key[0]
    return frozenset(getattr(entry.row, name) for entry in loaded.rows.get(table, ()))


def _link(table: str, column: str, target: str) -> Rule:
    def find(loaded: Loaded) -> Iterator[Fault]:
        known = known_ids(loaded, target)
        for entry in loaded.rows.get(table, ()):
            value = getattr(entry.row, column)
            if value is not None and value not in known:
                yield entry.fault(
                    column=column,
                    found=shown(value),
                    expected=f"an id of {target}",
                    remedy=did_you_mean(value, known) or f"add it to {target}",
                )

    return rule(find, table, target)


def unfilled(loaded: Loaded, without: frozenset[str]) -> dict[str, Fault]:
    """Tables without rows that the rows of others need: one fault for each, in place of one for each such row."""
    faults: dict[str, Fault] = {}
    for table in row_types():
        if table in without or loaded.rows.get(table):
            continue
        named: dict[str, object] = {}
        for (naming, column), target in LINKS.items():
            if target == table and naming not in without:
                values = (getattr(entry.row, column) for entry in loaded.rows.get(naming, ()))
                if (first := next((value for value in values if value is not None), None)) is not None:
                    named.setdefault(naming, first)
        if named:
            tables = ", ".join([*named][:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
            faults[table] = table_fault(
                loaded,
                table,
                found="no rows",
                expected=f"the ids that {tables} name, such as {shown(next(iter(named.values())))}",
                remedy="fill the table in, or take out the rows that name them",
            )
    if not without & {"initiatives", "delivery"} and loaded.rows.get("initiatives") and not loaded.rows.get("delivery"):
        faults["delivery"] = table_fault(
            loaded,
            "delivery",
            found="no rows",
            expected="at least one for each initiative",
            remedy="add one for each unit that can carry an initiative out, or take the initiatives out",
        )
    return faults


def _groups(loaded: Loaded) -> Iterator[Fault]:
    known = {entry.row.group for entry in loaded.rows.get("categories", ())}
    for entry in loaded.rows.get("boundaries", ()):
        if entry.row.group is not None and entry.row.group not in known:
            yield entry.fault(
                column="group",
                found=shown(entry.row.group),
                expected="a group of categories",
                remedy=did_you_mean(entry.row.group, known) or "correct it",
            )


def _acted_on(loaded: Loaded) -> Iterator[Fault]:
    known = known_ids(loaded, "quantities") | {ACTIVITY}
    for entry in loaded.rows.get("effects", ()):
        if entry.row.on not in known:
            yield entry.fault(
                column="on",
                found=shown(entry.row.on),
                expected=f"{ACTIVITY} or an id of quantities",
                remedy=did_you_mean(entry.row.on, known) or "correct it",
            )


def _segments(loaded: Loaded) -> Iterator[Fault]:
    known: dict[str, set[str]] = {}
    for entry in loaded.rows.get("segments", ()):
        known.setdefault(entry.row.category, set()).add(entry.row.segment)
    for entry in loaded.rows.get("effects", ()):
        here = known.get(entry.row.category, set())
        if entry.row.segment is not None and entry.row.segment not in here:
            yield entry.fault(
                column="segment",
                found=shown(entry.row.segment),
                expected=f"a segment of {shown(entry.row.category)}",
                remedy=did_you_mean(entry.row.segment, here) or "add it to segments",
            )


def _subjects(loaded: Loaded) -> Iterator[Fault]:
    for entry in loaded.rows.get("uncertainty", ()):
        table = "categories" if entry.row.kind is UncertainKind.BACKGROUND else "initiatives"
        known = known_ids(loaded, table)
        if entry.row.subject is not None and entry.row.subject not in known:
            yield entry.fault(
                column="subject",
                found=shown(entry.row.subject),
                expected=f"an id of {table} for {entry.row.kind.value}",
                remedy=did_you_mean(entry.row.subject, known) or "correct it",
            )


def _settings(loaded: Loaded) -> Iterator[Fault]:
    accounts = known_ids(loaded, "accounts")
    if loaded.settings.account not in accounts:
        yield loaded.settings_fault(
            "account",
            found=shown(loaded.settings.account),
            expected="an id of accounts",
            remedy=did_you_mean(loaded.settings.account, accounts) or "correct it",
        )


def _discount_references(loaded: Loaded) -> Iterator[Fault]:
    references = known_ids(loaded, "references")
    for number, step in enumerate(loaded.settings.discount, start=1):
        if step.reference not in references:
            yield loaded.settings_fault(
                f"discount.{number}.reference",
                found=shown(step.reference),
                expected="an id of references",
                remedy=did_you_mean(step.reference, references) or "add it to references",
            )


RULES: tuple[Rule, ...] = (
    *(_link(table, column, target) for (table, column), target in LINKS.items()),
    rule(_groups, "boundaries", "categories"),
    rule(_acted_on, "effects", "quantities"),
    rule(_segments, "effects", "segments"),
    rule(_subjects, "uncertainty", "initiatives", "categories"),
    rule(_settings, "accounts"),
    rule(_discount_references, "references"),
)
