"""What enablers add to an effect while it is observed, which is their part of it and none of the initiative's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rmscenario.emissions.structure import lifts_of
from rmscenario.options import OptionTable, build_options
from rmscenario.options.deployment import deployed_effect
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, OptionKey


class Lifts:
    """Lifts of a region's options by enablers that run, or that were agreed."""

    def __init__(self, region: Region, agreed: Iterable[Commitment]) -> None:
        self._region = region
        self._agreed = {row.option: row for row in agreed}

    @cached_property
    def _table(self) -> OptionTable:
        return build_options(self._region, range(self._region.settings.base_year, self._region.settings.end_year + 1))

    def factor(self, option: OptionKey, year: int) -> float:
        """What the enablers multiply an option's effect by in a year, at their most likely lifts, Eq. (2) [1]."""
        number = self._table.index(*option)
        lifts = [] if number is None else lifts_of(self._region, self._table, number)
        return 1.0 + sum(
            weight * self._region.enablers[row].mode * self._deployed(enabler, year) for enabler, row, weight in lifts
        )

    def _deployed(self, number: int, year: int) -> float:
        """Share of an enabler that is in service in a year [1]."""
        option = self._table.options[number]
        found = option.running or self._agreed.get(option.key)
        if found is None or found.start is None or found.level is None:
            return 0.0
        return float(deployed_effect(option.initiative, found.level, found.start, [year])[0])
