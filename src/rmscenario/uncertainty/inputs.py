"""The uncertain inputs of a region, by name, and their draws.

Names: `effect:E01` (all effects of an initiative move together), `lift:S01>C07`, `background:el` (one draw moves all
paths of a category between weak and strong), `capex:E01`, `opex:E01`, `saving:E01` (factors on the tables' amounts),
`delivery:E01:AUH`; common factors `group:grids` (a correlation group) and `unit:AUH` (delivery in a carrier unit).

Dependence is a Gaussian copula with one common factor per group: the normal score of a member is
`√ρ · factor + √(1 − ρ) · own`, so that two members of equal ρ have the rank-normal correlation ρ, and every table
of correlations is possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from rmscenario.errors import Fault, InputError
from rmscenario.options import OptionTable
from rmscenario.options.deployment import FloatArray
from rmscenario.options.options import NONE
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.region.vocabulary import Distribution, MoneyKind, UncertainKind
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty.marginals import Marginal, Scores
from rmscenario.uncertainty.sampler import REPLICATE, name_keys, uniforms

_MONEY_KINDS = {
    UncertainKind.CAPEX: (MoneyKind.CAPEX,),
    UncertainKind.OPEX: (MoneyKind.OPEX,),
    UncertainKind.SAVING: (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED),
}

FIXED = -1  # no input: the value is the mode


class Delivered(IntEnum):
    """How an option's start comes: on time, years late, or never."""

    ON_TIME = 0
    ONE_LATE = 1
    TWO_LATE = 2
    NEVER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An uncertain input with a draw of its own; `factor` is the common factor it hangs on, if any."""

    name: str
    factor: str | None
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A value that a draw decides: the input (FIXED for none) and the distribution."""

    input: int
    marginal: Marginal


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Delivery of an option: its input, and the probabilities of never, at most two late, at most one late, summed."""

    option: int
    input: int
    bounds: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """One replicate of draws.

    Attributes
    ----------
    effect : array (effect row, draw)
    lift : array (enabler row, draw) [1]
    background : array (background row, draw) [1]
    capex, opex, saving : array (initiative, draw) [1]
    delivered : array (option, draw)
        Members of `Delivered`.
    """

    effect: FloatArray
    lift: FloatArray
    background: FloatArray
    capex: FloatArray
    opex: FloatArray
    saving: FloatArray
    delivered: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainInputs:
    """What is uncertain about a region under a choice, ready to be drawn.

    Rows and initiatives that the choice does not use are held at their mode; that moves no other draw.
    """

    inputs: tuple[Input, ...]
    effects: tuple[Drawn, ...]
    lifts: tuple[Drawn, ...]
    backgrounds: tuple[Drawn, ...]
    capex: tuple[Drawn, ...]
    opex: tuple[Drawn, ...]
    saving: tuple[Drawn, ...]
    risks: tuple[Risk, ...]
    option_count: int

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all inputs."""
        return tuple(item.name for item in self.inputs)

    def source(self, seed: int, sampler: Sampler) -> DrawSource:
        """The draws of these inputs under a seed."""
        return DrawSource(self, seed, sampler)

    def modes(self) -> Draws:
        """One replicate in which every input is at its mode and every start on time."""

        def at_mode(drawn: Sequence[Drawn]) -> FloatArray:
            return np.repeat([[item.marginal.mode] for item in drawn], REPLICATE, axis=1).reshape(-1, REPLICATE)

        return Draws(
            effect=at_mode(self.effects),
            lift=at_mode(self.lifts),
            background=at_mode(self.backgrounds),
            capex=at_mode(self.capex),
            opex=at_mode(self.opex),
            saving=at_mode(self.saving),
            delivered=np.zeros((self.option_count, REPLICATE), dtype=np.int8),
        )


class DrawSource:
    """Makes replicates of draws; a replicate depends on seed, sampler, names and its number alone."""

    def __init__(self, inputs: UncertainInputs, seed: int, sampler: Sampler) -> None:
        self._of, self._sampler = inputs, sampler
        factors = list(dict.fromkeys(item.factor for item in inputs.inputs if item.factor is not None))
        self._own_keys = name_keys(inputs.names, seed)
        self._factor_keys = name_keys(factors, seed)
        self._factor = np.asarray(
            [FIXED if item.factor is None else factors.index(item.factor) for item in inputs.inputs], dtype=np.int64
        )
        self._loading = np.sqrt([item.correlation for item in inputs.inputs])
        self._rest = np.sqrt([1.0 - item.correlation for item in inputs.inputs])
        # Delivery needs no scores of its own: it is compared with what the common factor leaves of its bounds.
        delivery = {risk.input for risk in inputs.risks}
        self._scored = np.asarray([n for n in range(len(inputs.inputs)) if n not in delivery], dtype=np.int64)
        alike: dict[tuple[int, float, tuple[float, ...]], list[Risk]] = defaultdict(list)
        for risk in inputs.risks:
            alike[int(self._factor[risk.input]), float(self._loading[risk.input]), risk.bounds].append(risk)
        self._alike = [
            (key, [risk.option for risk in risks], [risk.input for risk in risks]) for key, risks in alike.items()
        ]
        self._place = {int(number): place for place, number in enumerate(self._scored)}

    def replicate(self, number: int) -> Draws:
        """Draws of one replicate: `REPLICATE` of them."""
        own = uniforms(self._own_keys, number, self._sampler)
        factors: FloatArray = ndtri(uniforms(self._factor_keys, number, self._sampler))
        scores = Scores.of(self._scores(own, factors))
        inputs = self._of
        return Draws(
            effect=self._values(inputs.effects, scores),
            lift=self._values(inputs.lifts, scores),
            background=self._values(inputs.backgrounds, scores),
            capex=self._values(inputs.capex, scores),
            opex=self._values(inputs.opex, scores),
            saving=self._values(inputs.saving, scores),
            delivered=self._delivered(own, factors),
        )

    def _scores(self, own: FloatArray, factors: FloatArray) -> FloatArray:
        """Normal scores of the inputs that need them, with their common factors: array (scored input, draw)."""
        scores: FloatArray = ndtri(own[self._scored])
        for place, number in enumerate(self._scored.tolist()):
            if self._factor[number] != FIXED:
                scores[place] *= self._rest[number]
                scores[place] += self._loading[number] * factors[self._factor[number]]
        return scores

    def _values(self, drawn: Sequence[Drawn], scores: Scores) -> FloatArray:
        values = np.empty((len(drawn), REPLICATE))
        for number, item in enumerate(drawn):
            if item.input == FIXED:
                values[number] = item.marginal.mode
            else:
                values[number] = item.marginal.quantiles(scores[self._place[item.input]])
        return values

    def _delivered(self, own: FloatArray, factors: FloatArray) -> npt.NDArray[np.int8]:
        """Delivery of each option: bad luck is a low draw, or a low factor of the unit."""
        delivered = np.zeros((self._of.option_count, REPLICATE), dtype=np.int8)
        for (factor, loading, bounds), options, numbers in self._alike:
            common = factors[factor] if factor != FIXED else np.zeros(REPLICATE)
            draws = own[numbers]
            late = np.zeros(draws.shape, dtype=np.int8)
            for bound in _conditional(np.asarray(bounds), common, loading):
                late += draws < bound
            delivered[options] = late
        return delivered


def _conditional(bounds: FloatArray, factor: FloatArray, loading: float) -> FloatArray:
    """Probabilities of the bounds given the common factor: array (bound, draw) [1]."""
    if loading == 0:
        return np.broadcast_to(bounds[:, None], (len(bounds), len(factor)))
    scores = ndtri(bounds)[:, None]
    if loading == 1:
        return np.where(factor < scores, 1.0, 0.0)
    probability: FloatArray = ndtr((scores - loading * factor) / np.sqrt(1.0 - loading**2))
    return probability


def uncertain_inputs(
    region: Region, table: OptionTable, choice: npt.NDArray[np.int64] | None = None
) -> UncertainInputs:
    """What is uncertain about a region, under a choice (None: about all options).

    Raises
    ------
    InputError
        When low, mode and high of a row make no distribution, or probabilities of delivery exceed 1.
    """
    return _Collector(region, table, choice).collect()


class _Collector:
    """Walks the tables once and gathers inputs and faults."""

    def __init__(self, region: Region, table: OptionTable, choice: npt.NDArray[np.int64] | None) -> None:
        self.region, self.table = region, table
        self.used = {n for n in range(len(table.options)) if choice is None or int(choice[n]) != NONE}
        self.initiatives = {table.options[n].initiative.initiative for n in self.used}
        self.rows = {(row.kind, row.subject): row for row in region.uncertainty}
        self.risks = {row.initiative: row for row in region.delivery_risk}
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
        risks = self._delivery()
        if self.faults:
            raise InputError(self.faults)
        return UncertainInputs(
            inputs=tuple(self.inputs.values()), **drawn, risks=risks, option_count=len(self.table.options)
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
        """A drawn value; without a row of `uncertainty` it is PERT between the table's low and high."""
        low, mode, high = values
        distribution = Distribution.PERT if row is None else row.distribution
        marginal = Marginal(distribution=distribution, low=low, mode=mode, high=high)
        if not marginal.valid:
            self.faults.append(_no_distribution(place, marginal))
        if marginal.fixed or not used:
            return Drawn(input=FIXED, marginal=marginal)
        group = None if row is None or row.correlation_group is None else f"group:{row.correlation_group}"
        return Drawn(input=self._input(name, group, 0.0 if row is None else row.correlation), marginal=marginal)

    def _factors(self, kind: UncertainKind) -> tuple[Drawn, ...]:
        """Factors on an initiative's money; without a row the amount is certain."""
        spending = self.initiatives & {row.initiative for row in self.region.money if row.kind in _MONEY_KINDS[kind]}
        lines = {id(row): line for line, row in enumerate(self.region.uncertainty, start=2)}
        found = []
        for initiative in self.region.initiatives:
            name = initiative.initiative
            row = self._row(kind, name)
            if row is None or row.low is None or row.mode is None or row.high is None:
                certain = Marginal(distribution=Distribution.FIXED, low=1.0, mode=1.0, high=1.0)
                found.append(Drawn(input=FIXED, marginal=certain))
            else:
                place, values = ("uncertainty", lines[id(row)]), (row.low, row.mode, row.high)
                found.append(self._drawn(f"{kind}:{name}", row, values, place, name in spending))
        return tuple(found)

    def _delivery(self) -> tuple[Risk, ...]:
        """Delivery of the options that may start anew; what runs already has been delivered."""
        found = []
        for number, option in enumerate(self.table.options):
            initiative = option.initiative.initiative
            risk = self.risks.get(initiative, self.risks.get(None))
            if number not in self.used or option.running is not None or risk is None:
                continue
            bounds = (risk.cancelled, risk.cancelled + risk.slip_two, risk.cancelled + risk.slip_two + risk.slip_one)
            if bounds[-1] > 0:
                name = f"delivery:{initiative}:{option.unit}"
                input_number = self._input(name, f"unit:{option.unit}", risk.unit_correlation)
                found.append(Risk(option=number, input=input_number, bounds=bounds))
        self.faults += [
            _too_probable(line, row)
            for line, row in enumerate(self.region.delivery_risk, start=2)
            if row.cancelled + row.slip_two + row.slip_one > 1 + 1e-12
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
        found=f"{row.slip_one:g} + {row.slip_two:g} + {row.cancelled:g}",
        expected="probabilities that sum to at most 1",
        remedy="what is left of 1 is the probability of a start on time",
    )
