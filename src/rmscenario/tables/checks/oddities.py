"""What is legal but odd: it can be meant, and often is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rmscenario.errors import shown
from rmscenario.region.vocabulary import Basis, Row
from rmscenario.tables.checks.initiatives import full_shares
from rmscenario.tables.checks.rule import (
    amounts,
    carriers,
    entries,
    possible_starts,
    running,
    start_years,
    years_text,
)
from rmscenario.tables.loaded import Loaded, LoadedRow
from rmscenario.tables.rows import FOOTPRINT
from rmscenario.tables.rules import ACTIVITY

#: Æ, Ø, Å and é as they look when UTF-8 was read as Windows-1252 and saved again.
_GARBLED = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©")


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """What a planner should look at: its place, and the sentence in Danish and English."""

    place: str
    da: str
    en: str

    def __str__(self) -> str:
        return f"{self.place}: {self.en}"


def oddities(loaded: Loaded) -> Iterator[Oddity]:
    """Sentences on what a planner should look at, each with its place."""
    yield from _no_starts(loaded)
    yield from _no_effects(loaded)
    yield from _moves_nothing(loaded)
    yield from _reaches_nothing(loaded)
    yield from _clipped(loaded)
    yield from _outside_rounds(loaded)
    yield from _binds_nothing(loaded)
    yield from _off_under_risk(loaded)
    yield from _never_in_part(loaded)
    yield from _no_amounts(loaded)
    yield from _garbled(loaded)


def _place(entry: LoadedRow) -> str:
    return f"{entry.file}:{entry.line}" if entry.line is not None else entry.file


def _no_starts(loaded: Loaded) -> Iterator[Oddity]:
    runs = {initiative for initiative, _ in running(loaded)}
    starts = possible_starts(loaded)
    if starts and not start_years(loaded):
        settings = loaded.settings
        yield Oddity(
            place=loaded.settings_file,
            da=f"ingen aftaleperiode er åben eller senere mellem {settings.first_year} og {settings.last_start}: en plan "
            "starter intet",
            en=f"no round is open or later between {settings.first_year} and {settings.last_start}: a plan starts nothing",
        )
        return
    never = {name for name, years in starts.items() if not years and name not in runs}
    for entry in entries(loaded, "initiatives"):
        if entry.row.initiative in never:
            row, years = entry.row, years_text(start_years(loaded))
            until = ("", "") if row.latest is None else (f" til {row.latest}", f" to {row.latest}")
            yield Oddity(
                place=_place(entry),
                da=f"{row.initiative} kan aldrig starte: den må fra {row.earliest}{until[0]}, planer starter i {years}",
                en=f"{row.initiative} can never start: it may from {row.earliest}{until[1]}, plans start in {years}",
            )
    for entry in entries(loaded, "prerequisites"):
        if entry.row.requires in never and entry.row.initiative not in never:
            yield Oddity(
                place=_place(entry),
                da=f"{entry.row.initiative} kan aldrig starte, for {entry.row.requires}, som den kræver, kan aldrig",
                en=f"{entry.row.initiative} can never start, since {entry.row.requires}, which it requires, never can",
            )


def _no_effects(loaded: Loaded) -> Iterator[Oddity]:
    if entries(loaded, "initiatives") and not entries(loaded, "effects"):
        yield Oddity(
            place="effects.csv",
            da="den har ingen rækker eller findes ikke: ingen indsats flytter noget, hvad en plan end starter",
            en="it has no row, or is not there: no initiative moves anything, whatever a plan starts",
        )


def _moves_nothing(loaded: Loaded) -> Iterator[Oddity]:
    roles = {entry.row.initiative for name in ("effects", "indicators", "duties") for entry in entries(loaded, name)}
    roles |= {entry.row.enabler for entry in entries(loaded, "enablers")}
    roles |= {entry.row.requires for entry in entries(loaded, "prerequisites")}
    paid = {entry.row.initiative for entry in entries(loaded, "money")}
    for entry in entries(loaded, "initiatives"):
        if entry.row.initiative in paid - roles:
            yield Oddity(
                place=_place(entry),
                da=f"{entry.row.initiative} har penge og flytter intet: ingen effekt, ingen indikator, ikke besluttet; den "
                "løfter ingen anden indsats, og ingen kræver den",
                en=f"{entry.row.initiative} has money and moves nothing: no effect, no indicator, no duty; it lifts no other "
                "initiative and none requires it",
            )


def _reaches_nothing(loaded: Loaded) -> Iterator[Oddity]:
    delivered = carriers(loaded)
    emitters: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (unit, category, quantity), value in amounts(loaded).items():
        if value > 0:
            emitters[category, quantity].add(unit)
            emitters[category, ACTIVITY].add(unit)
    for entry in entries(loaded, "effects"):
        effect = entry.row
        if effect.basis is Basis.ABSOLUTE:
            continue
        units = {unit for acted_on in delivered.get(effect.initiative, {}).values() for unit in acted_on}
        if not units & emitters[effect.category, effect.on]:
            what = effect.category if effect.on == ACTIVITY else f"{effect.category} ({effect.on})"
            yield Oddity(
                place=_place(entry),
                da=f"effekten af {effect.initiative} rammer intet: ingen enhed, den virker på, har {what}",
                en=f"the effect of {effect.initiative} reaches nothing: no unit it acts on has {what}",
            )


def _clipped(loaded: Loaded) -> Iterator[Oddity]:
    for entry, shares in full_shares(loaded):
        if entry.row.segment is None and shares["mode"] > 1 + 1e-9:
            row, share = entry.row, f"{shares['mode']:.3g}"
            yield Oddity(
                place=_place(entry),
                da=f"{row.initiative} ville fjerne {share.replace('.', ',')} af {row.category} i de enheder, den virker på, "
                "for de har mindre af det end dens andel af regionen; den tæller som 1",
                en=f"{row.initiative} would remove {share} of {row.category} in the units it acts on, since they have less "
                "of it than its share of the region; it counts as 1",
            )


def _outside_rounds(loaded: Loaded) -> Iterator[Oddity]:
    rounds = {entry.row.round: entry.row for entry in entries(loaded, "rounds")}
    for entry in entries(loaded, "running"):
        agreed = rounds.get(entry.row.round)
        if agreed is not None and not agreed.first_year <= entry.row.start <= agreed.last_year:
            row, agreement = entry.row, f"{agreed.round} ({agreed.first_year}–{agreed.last_year})"
            yield Oddity(
                place=_place(entry),
                da=f"{row.initiative} i {row.unit} starter i {row.start}, uden for aftaleperioden {agreement}, hvor den er "
                "aftalt",
                en=f"{row.initiative} in {row.unit} starts in {row.start}, outside round {agreement} in which it was agreed",
            )


def _off_under_risk(loaded: Loaded) -> Iterator[Oddity]:
    for entry in entries(loaded, "targets"):
        row = entry.row
        asked = [name for name in ("confidence", "cvar", "expected") if getattr(row, name)]
        if asked and not row.active:
            yield Oddity(
                place=_place(entry),
                da=f"{row.target} beder om {asked[0]} og er slået fra: ingen plan tager hensyn til det; slå målet til (active = "
                "yes)",
                en=f"{row.target} asks for {asked[0]} and is switched off: no plan heeds it; switch it on (active = yes)",
            )


def _binds_nothing(loaded: Loaded) -> Iterator[Oddity]:
    first, end = loaded.settings.first_year, loaded.settings.end_year
    for table in ("budgets", "staff_capacity"):
        outside = [entry for entry in entries(loaded, table) if not first <= entry.row.year <= end]
        if outside:
            years = years_text({entry.row.year for entry in outside})
            yield Oddity(
                place=_place(outside[0]),
                da=f"rækkerne for {years} binder intet: perioden er {first}–{end}",
                en=f"rows for {years} bind nothing: the period is {first}–{end}",
            )
    needed = {entry.row.skill for entry in entries(loaded, "staff")}
    limited = {entry.row.skill for entry in entries(loaded, "staff_capacity")}
    for entry in entries(loaded, "skills"):
        if entry.row.skill in limited - needed:
            yield Oddity(
                place=_place(entry),
                da=f"kapaciteten af {entry.row.skill} binder intet: ingen indsats har brug for den",
                en=f"the capacity of {entry.row.skill} binds nothing: no initiative needs it",
            )
        elif entry.row.skill in needed - limited:
            yield Oddity(
                place=_place(entry),
                da=f"der er brug for {entry.row.skill}, som ingen række har i staff_capacity: den tæller som ubegrænset",
                en=f"{entry.row.skill} is needed and has no capacity row: it counts as unlimited",
            )
    allowed = start_years(loaded)
    rounds = {entry.row.round: entry.row for entry in entries(loaded, "rounds")}
    for entry in entries(loaded, "start_limits"):
        agreed = rounds.get(entry.row.round)
        if agreed is not None and not allowed & set(range(agreed.first_year, agreed.last_year + 1)):
            yield Oddity(
                place=_place(entry),
                da=f"loftet binder intet: intet kan starte i aftaleperioden {agreed.round}",
                en=f"the limit binds nothing: nothing can start in round {agreed.round}",
            )
    shares = {entry.row.unit: entry.row.max_share for entry in entries(loaded, "outlay_shares")}
    if shares and len(shares) == len(entries(loaded, "units")) and sum(shares.values()) < 1:
        total = f"{sum(shares.values()):.3g}"
        yield Oddity(
            place=_place(entries(loaded, "outlay_shares")[0]),
            da=f"de største andele af alle enheder giver {total.replace('.', ',')} tilsammen: ingen plan med udgifter holder "
            "dem",
            en=f"the largest shares of all units sum to {total}: no plan with any outlay keeps them",
        )


def _never_in_part(loaded: Loaded) -> Iterator[Oddity]:
    for entry in entries(loaded, "delivery_risk"):
        if entry.row.partial_uptake is not None and entry.row.partial == 0:
            yield Oddity(
                place=_place(entry),
                da="partial_uptake ændrer intet: sandsynligheden partial er 0, så ingen start tages delvis i brug",
                en="partial_uptake changes nothing: the probability partial is 0, so that no start is taken up in part",
            )


def _no_amounts(loaded: Loaded) -> Iterator[Oddity]:
    used = {entry.row.unit for entry in entries(loaded, "sources")}
    for entry in entries(loaded, "units"):
        if entry.row.unit not in used:
            yield Oddity(
                place=_place(entry),
                da=f"enheden {entry.row.unit} har ingen række i sources",
                en=f"unit {entry.row.unit} has no row in sources",
            )
    emitting = {entry.row.category for entry in entries(loaded, "sources") if entry.row.quantity == FOOTPRINT}
    for entry in entries(loaded, "categories"):
        if entry.row.category not in emitting:
            yield Oddity(
                place=_place(entry),
                da=f"kategorien {entry.row.category} har ingen {FOOTPRINT} i sources",
                en=f"category {entry.row.category} has no {FOOTPRINT} in sources",
            )


def _garbled(loaded: Loaded) -> Iterator[Oddity]:
    for table in loaded.rows:
        for entry in entries(loaded, table):
            row: Row = entry.row
            texts = [value for value in row.model_dump().values() if isinstance(value, str)]
            bad = next((text for text in texts if any(mark in text for mark in _GARBLED)), None)
            if bad is not None:
                yield Oddity(
                    place=_place(entry),
                    da=f"{shown(bad)} ser ødelagt ud: gem filen som UTF-8 én gang, fra originalen",
                    en=f"{shown(bad)} looks garbled: save the file as UTF-8 once, from the original",
                )
                break
