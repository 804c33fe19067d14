"""What is uncertain about a region, gathered from its tables."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from rmscenario.errors import Fault, InputError
from rmscenario.options import OptionTable
from rmscenario.options.options import NONE
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.region.vocabulary import Distribution, MoneyKind, UncertainKind
from rmscenario.uncertainty.delivery import delivery_rows
from rmscenario.uncertainty.inputs import FIXED, Drawn, Input, Risk, UncertainInputs
from rmscenario.uncertainty.marginals import Marginal

_MONEY_KINDS = {
    UncertainKind.CAPEX: (MoneyKind.CAPEX,),
    UncertainKind.OPEX: (MoneyKind.OPEX,),
    UncertainKind.SAVING: (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED),
}

#: [1] By how much probabilities that sum to 1 may exceed it, added as floats.
_ROUNDING = 1e-12


def uncertain_inputs(
    region: Region, table: OptionTable, choice: npt.NDArray[np.int64] | None = None, *, money: bool = True
) -> UncertainInputs:
    """What is uncertain about a region, under a choice (None: about all options).

    Parameters
    ----------
    money : bool
        Whether amounts of money are drawn; else each is as in the tables.

    Raises
    ------
    InputError
        When low, mode and high of a row make no distribution, or probabilities of delivery exceed 1.
    """
    return _Collector(region, table, choice, money).collect()


def effect_marginals(region: Region) -> tuple[Marginal, ...]:
    """Distribution of each row of `effects`, in their order; it need not be a valid one."""
    rows = {row.subject: row for row in region.uncertainty if row.kind is UncertainKind.EFFECT}
    return tuple(
        _marginal(rows.get(row.initiative, rows.get(None)), (row.low, row.mode, row.high)) for row in region.effects
    )


def _marginal(row: Uncertainty | None, values: tuple[float, float, float]) -> Marginal:
    """A distribution between low, mode and high; without a row of `uncertainty` it is PERT."""
    low, mode, high = values
    distribution = Distribution.PERT if row is None else row.distribution
    return Marginal(distribution=distribution, low=low, mode=mode, high=high)


class _Collector:
    """Walks the tables once and gathers inputs and faults."""

    def __init__(self, region: Region, table: OptionTable, choice: npt.NDArray[np.int64] | None, money: bool) -> None:
        self.region, self.table, self.money = region, table, money
        self.used = {n for n in range(len(table.options)) if choice is None or int(choice[n]) != NONE}
        self.initiatives = {table.options[n].initiative.initiative for n in self.used}
        self.rows = {(row.kind, row.subject): row for row in region.uncertainty}
        self.lines = {id(row): line for line, row in enumerate(region.uncertainty, start=2)}
        self.inputs: dict[str, Input] = {}
        self.numbers: dict[str, int] = {}
        self.faults: list[Fault] = []

    def collect(self) -> UncertainInputs:
        region, kind = self.region, UncertainKind
        drawn = {
            "effects": tuple(
                self._drawn(
                    f"effect:{row.initiative}",
                    self._row(kind.EFFECT, row.initiative),
                    (row.low, row.mode, row.high),
                    ("effects", line),
                    row.initiative in self.initiatives,
                )
                for line, row in enumerate(region.effects, start=2)
            ),
            "lifts": tuple(
                self._drawn(
                    f"lift:{row.enabler}>{row.initiative}",
                    self._row(kind.EFFECT, row.enabler),
                    (row.low, row.mode, row.high),
                    ("enablers", line),
                    row.enabler in self.initiatives and row.initiative in self.initiatives,
                )
                for line, row in enumerate(region.enablers, start=2)
            ),
            "backgrounds": tuple(
                self._drawn(
                    f"background:{row.category}",
                    self._row(kind.BACKGROUND, row.category),
                    (row.strong, row.mode, row.weak),
                    ("background", line),
                    True,
                )
                for line, row in enumerate(region.background, start=2)
            ),
            "capex": self._factors(kind.CAPEX),
            "opex": self._factors(kind.OPEX),
            "saving": self._factors(kind.SAVING),
        }
        metered = self._factor("metered-saving", self.rows.get((kind.SAVING, None)), bool(region.prices))
        risks = self._delivery()
        if self.faults:
            raise InputError(self.faults)
        return UncertainInputs(
            inputs=tuple(self.inputs.values()),
            **drawn,
            metered=metered,
            risks=risks,
            option_count=len(self.table.options),
        )

    def _row(self, kind: UncertainKind, subject: str) -> Uncertainty | None:
        return self.rows.get((kind, subject), self.rows.get((kind, None)))

    def _input(self, name: str, factor: str | None, correlation: float) -> int:
        if name not in self.numbers:
            self.numbers[name] = len(self.inputs)
            hangs = factor is not None and correlation > 0
            self.inputs[name] = Input(
                name=name, factor=factor if hangs else None, correlation=correlation if hangs else 0.0
            )
        return self.numbers[name]

    def _drawn(
        self,
        name: str,
        row: Uncertainty | None,
        values: tuple[float, float, float],
        place: tuple[str, int],
        used: bool,
    ) -> Drawn:
        """A drawn value."""
        marginal = _marginal(row, values)
        if not marginal.valid:
            self.faults.append(_no_distribution(place, marginal))
        if marginal.fixed or not used:
            return Drawn(input=FIXED, marginal=marginal)
        group = None if row is None or row.correlation_group is None else f"group:{row.correlation_group}"
        return Drawn(input=self._input(name, group, 0.0 if row is None else row.correlation), marginal=marginal)

    def _factors(self, kind: UncertainKind) -> tuple[Drawn, ...]:
        """Factors on each initiative's money of a kind."""
        spending = {row.initiative for row in self.region.money if row.kind in _MONEY_KINDS[kind]}
        spending &= self.initiatives
        names = [row.initiative for row in self.region.initiatives]
        return tuple(self._factor(f"{kind}:{name}", self._row(kind, name), name in spending) for name in names)

    def _factor(self, name: str, row: Uncertainty | None, used: bool) -> Drawn:
        """A factor on money; without a row the amount is certain."""
        if row is None or row.low is None or row.mode is None or row.high is None:
            certain = Marginal(distribution=Distribution.FIXED, low=1.0, mode=1.0, high=1.0)
            return Drawn(input=FIXED, marginal=certain)
        place = ("uncertainty", self.lines[id(row)])
        return self._drawn(name, row, (row.low, row.mode, row.high), place, used and self.money)

    def _delivery(self) -> tuple[Risk, ...]:
        """Delivery of the options that may start anew; what runs already has been delivered."""
        found = []
        for number, risk in enumerate(delivery_rows(self.region, self.table)):
            if number not in self.used or risk is None:
                continue
            option, bounds = self.table.options[number], tuple(accumulate(reversed(risk.probabilities)))
            if bounds[-1] > 0:
                name = f"delivery:{option.initiative.initiative}:{option.unit}"
                cause = f"unit:{option.unit}" if risk.supplier_group is None else f"supplier:{risk.supplier_group}"
                input_number = self._input(name, cause, risk.unit_correlation)
                found.append(Risk(option=number, input=input_number, bounds=bounds))
        self.faults += [
            _too_probable(line, row)
            for line, row in enumerate(self.region.delivery_risk, start=2)
            if sum(row.probabilities) > 1 + _ROUNDING
        ]
        return tuple(found)


def _no_distribution(place: tuple[str, int], marginal: Marginal) -> Fault:
    lognormal = marginal.distribution is Distribution.LOGNORMAL
    return Fault(
        file=f"{place[0]}.csv",
        row=place[1],
        column="mode",
        found=f"{marginal.low:g}, {marginal.mode:g}, {marginal.high:g}",
        expected="low and high of one sign, neither 0" if lognormal else "a mode between low and high",
        remedy="correct the row, or choose another distribution in uncertainty.csv",
    )


def _too_probable(line: int, row: DeliveryRisk) -> Fault:
    return Fault(
        file="delivery_risk.csv",
        row=line,
        column="cancelled",
        found=" + ".join(f"{probability:g}" for probability in row.probabilities),
        expected="probabilities that sum to at most 1",
        remedy="what is left of 1 is the probability of a start on time",
    )
