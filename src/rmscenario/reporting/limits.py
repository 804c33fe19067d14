"""Limits in words: what each row of `limits.csv` speaks of, and which limits a plan uses up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rmscenario.region import Region
from rmscenario.reporting.language import Lang, name, percent, say
from rmscenario.reporting.results import measure_of, unit_names
from rmscenario.tables.checks.rule import years_text
from rmscenario.verify import LimitRow

#: [1] Share of a limit that may be left for it to count as binding: starts are indivisible, so few limits are hit exactly.
BINDING_SHARE = 0.01
#: What the sides of a kind of limit are counted in; those of rules are numbers of states and have no unit.
_UNITS = {
    "capex": "limit.unit.money",
    "opex": "limit.unit.money",
    "outlay_share": "limit.unit.money",
    "staff": "limit.unit.staff",
    "starts": "limit.unit.starts",
    "minimum_starts": "limit.unit.starts",
}
#: What the rows differ in that are said together: rows of a round by unit, all others by year.
_TOGETHER = {"starts": "unit"}


def binds(row: LimitRow) -> bool:
    """Whether a limit is used to the full, but for the share that indivisible starts leave."""
    return row.slack <= BINDING_SHARE * abs(row.right)


class LimitWords:
    """Limits of a region in one language."""

    def __init__(self, region: Region, lang: Lang) -> None:
        self.lang = lang
        initiatives = {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}
        units = unit_names(region, lang)
        self._names: dict[str, Mapping[str, str]] = {
            "initiative": initiatives,
            "requires": initiatives,
            "excludes": initiatives,
            "unit": units,
            "other_unit": units,
            "skill": {row.skill: name(row, lang) for row in region.skills},
            "track": {row.track: name(row, lang) for row in region.tracks},
            "round": {row.round: f"{row.first_year}–{row.last_year}" for row in region.rounds},
            "target": {row.target: name(row, lang) for row in region.targets},
        }
        self._measures = {row.target: measure_of(region, row) for row in region.targets}

    def _word(self, key: str, value: str | float) -> str:
        if isinstance(value, str):
            return self._names.get(key, {}).get(value, value)
        return percent(value, self.lang) if key == "level" else str(value)

    def label(self, row: LimitRow) -> str:
        """What a limit speaks of."""
        return self._said([row])

    def unit(self, row: LimitRow) -> str:
        """What both sides of a limit are counted in; empty for rules."""
        if row.kind == "target":
            return self._measures[str(row.about["target"])]
        return say(_UNITS[row.kind], self.lang) if row.kind in _UNITS else ""

    def together(self, rows: Iterable[LimitRow]) -> list[tuple[str, list[LimitRow]]]:
        """Limits that differ in their year alone (of a round: in their unit), said as one."""

        def alike(row: LimitRow) -> tuple[str, ...]:
            varied = _TOGETHER.get(row.kind, "year")
            return (row.kind, *(f"{key}={value}" for key, value in sorted(row.about.items()) if key != varied))

        gathered: dict[tuple[str, ...], list[LimitRow]] = {}
        for row in rows:
            gathered.setdefault(alike(row), []).append(row)
        return [(self._said(found), found) for found in gathered.values()]

    def _said(self, rows: list[LimitRow]) -> str:
        first = rows[0]
        words = {"unit": say("limit.region", self.lang)}
        words |= {key: self._word(key, value) for key, value in first.about.items()}
        varied = _TOGETHER.get(first.kind, "year")
        if len(rows) > 1:
            values = [row.about[varied] for row in rows]
            years = [value for value in values if isinstance(value, int)]
            words[varied] = (
                years_text(years) if varied == "year" else ", ".join(self._word(varied, value) for value in values)
            )
        return say(f"limit.{first.kind}", self.lang, **words)
