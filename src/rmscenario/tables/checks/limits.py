"""Rules on rounds, duties, minimum starts, what already runs, and correlated inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rmscenario.errors import Fault, shown
from rmscenario.tables.checks.rule import (
    Rule,
    carriers,
    entries,
    group_wide,
    locked,
    not_delivered,
    option_starts,
    refused,
    rule,
    running,
    start_years,
    years_text,
)
from rmscenario.tables.loaded import Loaded, LoadedRow


def _rounds_apart(loaded: Loaded) -> Iterator[Fault]:
    ordered = sorted(entries(loaded, "rounds"), key=lambda entry: (entry.row.first_year, entry.line or 0))
    for earlier, later in pairwise(ordered):
        if later.row.first_year <= earlier.row.last_year:
            yield later.fault(
                column="first_year",
                found=f"{later.row.first_year}, which lies in round {shown(earlier.row.round)} as well",
                expected=f"a year after {earlier.row.last_year}",
                remedy="let each year belong to one round",
            )


def _running_delivered(loaded: Loaded) -> Iterator[Fault]:
    delivered, known = carriers(loaded), {entry.row.unit for entry in entries(loaded, "units")}
    for entry in entries(loaded, "running"):
        units = delivered.get(entry.row.initiative, {})
        if units and entry.row.unit in known and entry.row.unit not in units:
            yield not_delivered(entry, units)


def _duties_possible(loaded: Loaded) -> Iterator[Fault]:
    delivered, starts, runs = carriers(loaded), option_starts(loaded), running(loaded)
    known = {entry.row.initiative for entry in entries(loaded, "initiatives")}
    for entry in entries(loaded, "duties"):
        duty = entry.row
        units = delivered.get(duty.initiative, {})
        if duty.initiative not in known or not units:
            continue
        if duty.unit is not None and duty.unit not in units:
            yield not_delivered(entry, units)
            continue
        asked = [(duty.initiative, unit) for unit in ([duty.unit] if duty.unit else units)]
        for option in asked:
            years = starts(option)
            if option in runs or any(year <= duty.latest for year in years):
                continue
            said = [row.row.commitment for row in refused(loaded).get(option, [])]
            said += [row.row.commitment for row in [locked(loaded).get(option)] if row is not None]
            against = f" after {', '.join(said)} in commitments" if said else ""
            yield entry.fault(
                column="latest",
                found=shown(duty.latest),
                expected=f"a year by which it can start; its possible starts are {years_text(years)}{against}",
                remedy="move the year, open a round, or correct earliest and latest of the initiative",
            )
            break


def _minimum_possible(loaded: Loaded) -> Iterator[Fault]:
    delivered, starts, runs, group = carriers(loaded), option_starts(loaded), running(loaded), group_wide(loaded)
    tracks = {entry.row.initiative: entry.row.track for entry in entries(loaded, "initiatives")}
    units = [entry.row.unit for entry in entries(loaded, "units")]
    for entry in entries(loaded, "minimum_starts"):
        for unit in [entry.row.unit] if entry.row.unit is not None else units:
            candidates = sum(
                track == entry.row.track
                and name not in group
                and unit in delivered.get(name, {})
                and (name, unit) not in runs
                and bool(starts((name, unit)))
                for name, track in tracks.items()
            )
            if candidates < entry.row.at_least:
                yield entry.fault(
                    column="at_least",
                    found=f"{entry.row.at_least}, where {candidates} can start in {shown(unit)}",
                    expected=f"at most {candidates} for track {shown(entry.row.track)} there",
                    remedy="lower the number, or let the unit carry out more initiatives",
                )


def _starts_fit(loaded: Loaded) -> Iterator[Fault]:
    """Whether the starts that duties, commitments and minimum starts ask of a unit fit below its limits, by counting.

    A duty or commitment counts towards the minimum of its track, so that a track asks for the larger of the two. Rounds without a
    limit, and units with a round without one, take any number.
    """
    years, units = start_years(loaded), [entry.row.unit for entry in entries(loaded, "units")]
    rounds = [
        entry.row.round
        for entry in entries(loaded, "rounds")
        if years & set(range(entry.row.first_year, entry.row.last_year + 1))
    ]
    limits = {(entry.row.round, entry.row.unit): entry for entry in entries(loaded, "start_limits")}
    for unit in units:
        rows = [limits.get((each, unit), limits.get((each, None))) for each in rounds]
        binding = [row for row in rows if row is not None]
        asked = _starts_asked(loaded, unit)
        most = sum(row.row.at_most for row in binding)
        if binding and len(binding) == len(rounds) and asked > most:
            yield binding[-1].fault(
                column="at_most",
                found=f"{most} starts in {shown(unit)} over all rounds, where {_askers(loaded)} ask for {asked}",
                expected=f"at least {asked}",
                remedy="raise at_most in a round, or ask for fewer starts",
            )


def _askers(loaded: Loaded) -> str:
    """The tables that ask for starts."""
    return "duties, commitments and minimum_starts" if locked(loaded) else "duties and minimum_starts"


def _starts_asked(loaded: Loaded, unit: str) -> int:
    """Fewest new starts of a unit that its duties, commitments and minimum starts ask for; group-wide ones count for none."""
    delivered, runs, group = carriers(loaded), running(loaded), group_wide(loaded)
    tracks = {entry.row.initiative: entry.row.track for entry in entries(loaded, "initiatives")}
    duties = {
        entry.row.initiative
        for entry in entries(loaded, "duties")
        if entry.row.unit in (None, unit)
        and entry.row.initiative not in group
        and unit in delivered.get(entry.row.initiative, {})
        and (entry.row.initiative, unit) not in runs
    }
    committed = {name for name, place in locked(loaded) if place == unit and name not in group}
    asked = Counter(tracks[name] for name in duties | committed if name in tracks)
    for entry in entries(loaded, "minimum_starts"):
        if entry.row.unit in (None, unit):
            asked[entry.row.track] = max(asked[entry.row.track], entry.row.at_least)
    return asked.total()


def _correlations(loaded: Loaded) -> Iterator[Fault]:
    first: dict[str, LoadedRow] = {}
    for entry in entries(loaded, "uncertainty"):
        group = entry.row.correlation_group
        if group is None:
            continue
        earlier = first.setdefault(group, entry)
        if earlier.row.correlation != entry.row.correlation:
            yield entry.fault(
                column="correlation",
                found=f"{entry.row.correlation:g} in group {shown(group)}",
                expected=f"{earlier.row.correlation:g} as in row {earlier.line}: a group has one correlation",
                remedy="write the same number, or use another group",
            )


RULES: tuple[Rule, ...] = (
    rule(_rounds_apart, "rounds"),
    rule(_running_delivered, "running", "delivery", "units"),
    rule(_duties_possible, "duties", "initiatives", "delivery", "rounds", "running", "commitments"),
    rule(
        _minimum_possible,
        *("minimum_starts", "initiatives", "delivery", "rounds", "running", "units", "commitments"),
    ),
    rule(
        _starts_fit,
        *(
            "start_limits",
            "rounds",
            "duties",
            "minimum_starts",
            "initiatives",
            "delivery",
            "running",
            "units",
            "commitments",
        ),
    ),
    rule(_correlations, "uncertainty"),
)
