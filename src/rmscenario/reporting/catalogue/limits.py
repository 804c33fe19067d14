"""Texts of limits and rules, as `limits.csv` and the summary name them."""

from __future__ import annotations

from rmscenario.reporting.catalogue.bilingual import Bilingual

LIMITS = {
    "limit.region": Bilingual("hele regionen", "the whole region"),
    "limit.target": Bilingual("Mål: {target}, {year}", "Target: {target}, {year}"),
    "limit.no_option": Bilingual("{initiative} kan ikke starte i {unit}", "{initiative} cannot start in {unit}"),
    "limit.state": Bilingual("Højst én start: {initiative}, {unit}", "At most one start: {initiative}, {unit}"),
    "limit.start": Bilingual(
        "Start i {year} på niveau {level}: {initiative}, {unit}",
        "Start in {year} at level {level}: {initiative}, {unit}",
    ),
    "limit.capex": Bilingual("Anlæg, {unit}, {year}", "Capex, {unit}, {year}"),
    "limit.opex": Bilingual("Drift, {unit}, {year}", "Opex, {unit}, {year}"),
    "limit.staff": Bilingual("{skill}, {unit}, {year}", "{skill}, {unit}, {year}"),
    "limit.starts": Bilingual("Starter i {round}: {unit}", "Starts in {round}: {unit}"),
    "limit.needs": Bilingual(
        "{initiative}, {unit}: {requires} er startet senest {year}",
        "{initiative}, {unit}: {requires} has started by {year}",
    ),
    "limit.needs_in": Bilingual(
        "{initiative}, {unit}: {requires} er startet i {other_unit} senest {year}",
        "{initiative}, {unit}: {requires} has started in {other_unit} by {year}",
    ),
    "limit.excludes": Bilingual(
        "{initiative}, {unit}, udelukker {excludes}, {other_unit}",
        "{initiative}, {unit}, excludes {excludes}, {other_unit}",
    ),
    "limit.duty": Bilingual(
        "Besluttet, senest {year}: {initiative}, {unit}", "Decided, by {year} at the latest: {initiative}, {unit}"
    ),
    "limit.duty_no_option": Bilingual(
        "Besluttet, senest {year}, men kan ikke starte: {initiative}, {unit}",
        "Decided, by {year} at the latest, but cannot start: {initiative}, {unit}",
    ),
    "limit.commitment": Bilingual(
        "Forpligtelse {commitment}, fra {year} på niveau {level}: {initiative}, {unit}",
        "Commitment {commitment}, from {year} at level {level}: {initiative}, {unit}",
    ),
    "limit.refusal": Bilingual(
        "Afvist i {round} ({commitment}): {initiative}, {unit}",
        "Refused in {round} ({commitment}): {initiative}, {unit}",
    ),
    "limit.minimum_starts": Bilingual("Mindste antal starter: {track}, {unit}", "Fewest starts: {track}, {unit}"),
    "limit.outlay_share": Bilingual("Loft over udgifter, {unit}", "Cap on outlay, {unit}"),
    "limit.unit.money": Bilingual("kr.", "DKK"),
    "limit.unit.staff": Bilingual("årsværk", "FTE"),
    "limit.unit.starts": Bilingual("starter", "starts"),
}
