"""Draws of uncertain inputs, a replicate at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from rmscenario.options.deployment import FloatArray
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty.inputs import FIXED, Drawn, Risk, UncertainInputs
from rmscenario.uncertainty.kernel import REPLICATE, Deliveries, deliver
from rmscenario.uncertainty.marginals import Scores
from rmscenario.uncertainty.sampler import name_keys, uniforms

#: [1] Least probability that a uniform may have, so that its normal score is finite.
_LEAST = 2.0**-53


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """One replicate of draws.

    Attributes
    ----------
    effect : array (effect row, draw)
    lift : array (enabler row, draw) [1]
    background : array (background row, draw) [1]
    capex, opex, saving : array (initiative, draw) [1]
    metered : array (draw) [1]
        Factor on metered savings.
    delivered : array (option, draw)
        Members of `Delivered`.
    """

    effect: FloatArray
    lift: FloatArray
    background: FloatArray
    capex: FloatArray
    opex: FloatArray
    saving: FloatArray
    metered: FloatArray
    delivered: Deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class Latent:
    """What one replicate of draws is made from.

    Attributes
    ----------
    own : array (input, draw) [1]
        Uniforms of the inputs.
    factors : array (factor, draw) [1]
        Normal scores of the common factors.
    """

    own: FloatArray
    factors: FloatArray


def at_modes(inputs: UncertainInputs) -> Draws:
    """One replicate in which every input is at its mode and every start on time."""

    def at_mode(drawn: Sequence[Drawn]) -> FloatArray:
        modes = np.asarray([item.marginal.mode for item in drawn], dtype=np.float64)
        return np.repeat(modes[:, None], REPLICATE, axis=1)

    return Draws(
        effect=at_mode(inputs.effects),
        lift=at_mode(inputs.lifts),
        background=at_mode(inputs.backgrounds),
        capex=at_mode(inputs.capex),
        opex=at_mode(inputs.opex),
        saving=at_mode(inputs.saving),
        metered=at_mode([inputs.metered])[0],
        delivered=np.zeros((inputs.option_count, REPLICATE), dtype=np.int8),
    )


class DrawSource:
    """Makes replicates of draws; a replicate depends on seed, sampler, names and its number alone."""

    def __init__(self, inputs: UncertainInputs, seed: int, sampler: Sampler) -> None:
        self._of, self._sampler = inputs, sampler
        self._factors = factors = list(dict.fromkeys(item.factor for item in inputs.inputs if item.factor is not None))
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
            (key, np.asarray([risk.option for risk in risks]), np.asarray([risk.input for risk in risks]))
            for key, risks in alike.items()
        ]
        self._place = {int(number): place for place, number in enumerate(self._scored)}

    @property
    def scores(self) -> tuple[str, ...]:
        """Names of the independent normal scores that draws are made from: those of the inputs, then common factors."""
        return (*self._of.names, *self._factors)

    def replicate(self, number: int) -> Draws:
        """Draws of one replicate: `REPLICATE` of them."""
        return self.draws(self.latent(number))

    def latent(self, number: int) -> Latent:
        """What the draws of one replicate are made from."""
        own = uniforms(self._own_keys, number, self._sampler)
        return Latent(own=own, factors=ndtri(uniforms(self._factor_keys, number, self._sampler)))

    def redrawn(self, latent: Latent, anew: Latent, kept: npt.NDArray[np.bool_]) -> Latent:
        """A replicate in which the inputs that are not kept are drawn anew, given those that are.

        A kept input keeps its value. A common factor is drawn from what its kept members leave of it: given scores
        `z_i = a_i · factor + b_i · own_i` it is normal with precision `1 + Σ a_i² / b_i²`. Inputs that share no factor
        with a kept one are simply those of `anew`.

        Parameters
        ----------
        anew : Latent
            An independent replicate.
        kept : array (input) bool
        """
        own = np.where(kept[:, None], latent.own, anew.own)
        factors = anew.factors.copy()
        for number in range(len(factors)):
            members = self._factor == number
            here = np.flatnonzero(members & kept)
            if len(here) == np.count_nonzero(members):
                factors[number] = latent.factors[number]
            elif len(here):
                loading, rest = self._loading[here, None], self._rest[here, None]
                scores = loading * latent.factors[number] + rest * ndtri(latent.own[here])
                factors[number] = _given(scores, loading, rest, anew.factors[number])
                # What a member of correlation 1 has of its own never counts.
                left = np.divide(scores - loading * factors[number], rest, out=np.zeros_like(scores), where=rest > 0)
                own[here] = np.clip(ndtr(left), _LEAST, 1.0 - _LEAST)
        return Latent(own=own, factors=factors)

    def draws(self, latent: Latent) -> Draws:
        """The draws that are made from uniforms and factors."""
        inputs, scores = self._of, Scores.of(self.normal_scores(latent))
        return Draws(
            effect=self._values(inputs.effects, scores),
            lift=self._values(inputs.lifts, scores),
            background=self._values(inputs.backgrounds, scores),
            capex=self._values(inputs.capex, scores),
            opex=self._values(inputs.opex, scores),
            saving=self._values(inputs.saving, scores),
            metered=self._values([inputs.metered], scores)[0],
            delivered=self.delivered(latent),
        )

    def normal_scores(self, latent: Latent) -> FloatArray:
        """Normal scores of the inputs that need them, with their common factors: array (scored input, draw)."""
        scores: FloatArray = ndtri(latent.own[self._scored])
        for place, number in enumerate(self._scored.tolist()):
            if self._factor[number] != FIXED:
                scores[place] *= self._rest[number]
                scores[place] += self._loading[number] * latent.factors[self._factor[number]]
        return scores

    def _values(self, drawn: Sequence[Drawn], scores: Scores) -> FloatArray:
        values = np.empty((len(drawn), REPLICATE))
        for number, item in enumerate(drawn):
            if item.input == FIXED:
                values[number] = item.marginal.mode
            else:
                values[number] = item.marginal.quantiles(scores[self._place[item.input]])
        return values

    def delivered(self, latent: Latent) -> Deliveries:
        """Delivery of each option (option, draw): bad luck is a low draw, or a low factor of the unit."""
        delivered = np.zeros((self._of.option_count, REPLICATE), dtype=np.int8)
        for (factor, loading, bounds), options, numbers in self._alike:
            common = latent.factors[factor] if factor != FIXED else np.zeros(REPLICATE)
            conditional = _conditional(np.asarray(bounds), common, loading)
            deliver(latent.own, numbers, options, conditional, delivered)
        return delivered


def _given(scores: FloatArray, loading: FloatArray, rest: FloatArray, anew: FloatArray) -> FloatArray:
    """A common factor drawn given the scores of some members: array (draw) [1]."""
    if not rest.all():
        sure: FloatArray = scores[int(np.argmin(rest))]
        return sure
    precision = 1.0 + (loading**2 / rest**2).sum()
    mean = (loading / rest**2 * scores).sum(axis=0) / precision
    drawn: FloatArray = mean + anew / np.sqrt(precision)
    return drawn


def _conditional(bounds: FloatArray, factor: FloatArray, loading: float) -> FloatArray:
    """Probabilities of the bounds given the common factor: array (bound, draw) [1]."""
    if loading == 0:
        return np.repeat(bounds[:, None], len(factor), axis=1)
    scores = ndtri(bounds)[:, None]
    if loading == 1:
        return np.where(factor < scores, 1.0, 0.0)
    probability: FloatArray = ndtr((scores - loading * factor) / np.sqrt(1.0 - loading**2))
    return probability
