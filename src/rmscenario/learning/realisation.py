"""Realisation: what share of the promised effect is observed, and what that says of every option, observed or not.

The realisation of an initiative `i` in a unit `u`, relative to the mean of the effect's distribution in the tables, is

    r_iu = μ + β·z_i + type_i + unit_u + own_i + rest_iu

with `own_i` as uncertain as the tables say of the initiative and the other effects pooled partially; a value far off what all others lead
to expect counts with a wider error (`outliers`). `z_i` says how good the
promise looks beside those of its type. Promises are estimates, and the best-looking of many estimates are too high on
average: given all promises, the truth behind a good-looking one is nearer to its peers, whether it was chosen or not. `β`
holds just that, so that what is seen of chosen initiatives does not pull down those that were passed over; given `z` it
makes no difference how the chosen were chosen.

References
----------
J. E. Smith, R. L. Winkler (2006), The optimizer's curse, doi 10.1287/mnsc.1050.0451.
S. Senn (2008), A note concerning a selection "paradox" of Dawid's, doi 10.1198/000313008X331530.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.learning.outliers import pooled_with_outliers
from rmscenario.learning.pooling import Effects, FloatArray, Normals, Pooled, Rows, half_normal, pooled
from rmscenario.region.commitments import OptionKey

#: [1] Prior standard deviation of the mean realisation about 1: that all promises together are off by a fifth is nothing
#: unheard of. Assumed.
MEAN_SPREAD = 0.20
#: [1] Prior scales of the standard deviations between types, between units, and of an initiative from unit to unit. Assumed.
TYPE_SCALE, UNIT_SCALE, REST_SCALE = 0.15, 0.10, 0.10
#: [1] Prior standard deviation of `β` about what the tables' own spreads lead to. Assumed.
CURSE_SPREAD = 0.10
#: Kinds of random effects, in their order.
TYPE, UNIT, OWN, REST = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised of an initiative.

    Attributes
    ----------
    kind : str
        Its type, for pooling.
    size : float
        How good it looks, in any unit that it shares with its type; 0 where there is no telling [1].
    spread : float
        Standard deviation of the effect, of its mean [1].
    """

    initiative: str
    kind: str
    size: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """An observed realisation of an option, relative to the mean of the effect's distribution [1]."""

    option: OptionKey
    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curse:
    """How good promises look beside those of their type, and what that leads to expect.

    Attributes
    ----------
    standing : array (initiative) [1]
        `z`: distance of the logarithm of the size from its type's mean, in standard deviations within types.
    slope : float [1]
        What the tables' own spreads lead to expect of `β`: with a noise of variance `ν²` in logarithms that spread by `S`,
        regression to the mean is `−ν²/S` per standard deviation.
    """

    standing: FloatArray
    slope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was learnt of realisations, of every option and of every initiative.

    Attributes
    ----------
    options : tuple of OptionKey
    option : Normals
        One row for each option.
    initiative : Normals
        One row for each promise: the mean over its options.
    moved : array (option, observation)
        What each observation moves an option's mean by from the prior's [1].
    initiative_moved : array (initiative, observation)
    pooled : Pooled
    errors : array (observation)
        Errors that the observations count with: their own, or wider ones where they are far off.
    """

    promises: tuple[Promise, ...]
    observations: tuple[Realised, ...]
    options: tuple[OptionKey, ...]
    option: Normals
    initiative: Normals
    moved: FloatArray
    initiative_moved: FloatArray
    curse: Curse
    pooled: Pooled
    errors: FloatArray

    @property
    def outliers(self) -> tuple[int, ...]:
        """Numbers of the observations that are far off what the others lead to expect and count with a wider error."""
        return tuple(
            n
            for n, (seen, error) in enumerate(zip(self.observations, self.errors.tolist(), strict=True))
            if error > seen.error
        )


def curse(promises: Sequence[Promise]) -> Curse:
    """How good promises look beside their peers, and the regression to the mean that follows."""
    kinds = np.asarray([promise.kind for promise in promises])
    known = np.asarray([promise.size > 0 for promise in promises], dtype=bool)
    distance = np.zeros(len(promises))
    freedom = 0
    for kind in dict.fromkeys(kinds[known].tolist()):
        peers = known & (kinds == kind)
        logarithms = np.log([promise.size for promise, peer in zip(promises, peers, strict=True) if peer])
        distance[peers] = logarithms - logarithms.mean()
        freedom += int(peers.sum()) - 1
    variance = float((distance**2).sum()) / freedom if freedom > 0 else 0.0
    if variance == 0.0:
        return Curse(standing=np.zeros(len(promises)), slope=0.0)
    # The noise of the promises is part of what they spread by: it cannot be more.
    noise = min(variance, float(np.mean([promise.spread**2 for promise in promises])))
    deviation = float(np.sqrt(variance))
    return Curse(standing=distance / deviation, slope=-noise / deviation)


def learn(
    promises: Iterable[Promise],
    observations: Iterable[Realised],
    options: Iterable[OptionKey],
    weights: Mapping[OptionKey, float] | None = None,
) -> Learnt:
    """Learn from observed realisations, Eq. (37).

    Parameters
    ----------
    options : iterable of OptionKey
        All options of the promised initiatives, observed or not.
    weights : mapping of OptionKey to float, optional
        What an option weighs in its initiative's mean; equally without.
    """
    promises, observations, options = tuple(promises), tuple(observations), tuple(options)
    found = curse(promises)
    numbers = {promise.initiative: number for number, promise in enumerate(promises)}
    kinds = _numbered(promise.kind for promise in promises)
    units = _numbered(unit for _, unit in options)
    order = {option: number for number, option in enumerate(options)}
    of = np.asarray([numbers[initiative] for initiative, _ in options], dtype=np.int64)
    whole = Rows(
        design=np.column_stack([np.ones(len(options)), found.standing[of]]),
        loadings=(
            _loading([kinds[promises[n].kind] for n in of.tolist()], len(kinds)),
            _loading([units[unit] for _, unit in options], len(units)),
            _loading(of.tolist(), len(promises)),
            np.eye(len(options)),
        ),
    )
    share = np.zeros((len(promises), len(options)))
    share[of, np.arange(len(options))] = [1.0 if weights is None else weights[option] for option in options]
    total = share.sum(axis=1, keepdims=True)
    share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
    seen = [order[observation.option] for observation in observations]
    values, errors = np.asarray([(each.value, each.error) for each in observations], dtype=float).reshape(-1, 2).T
    observed = Rows(design=whole.design[seen], loadings=tuple(loading[seen] for loading in whole.loadings))
    effects = [
        Effects(name="type", scale=TYPE_SCALE, prior=half_normal),
        Effects(name="unit", scale=UNIT_SCALE, prior=half_normal),
        Effects(name="own", known=np.asarray([promise.spread for promise in promises], dtype=float)),
        Effects(name="rest", scale=REST_SCALE, prior=half_normal),
    ]
    asked = Rows(
        design=np.vstack([whole.design, share @ whole.design]),
        loadings=tuple(np.vstack([loading, share @ loading]) for loading in whole.loadings),
    )

    def pool(error: FloatArray) -> Pooled:
        return pooled(
            values,
            error,
            observed,
            effects,
            prior_mean=np.asarray([1.0, found.slope]),
            prior_deviation=np.asarray([MEAN_SPREAD, CURSE_SPREAD]),
            asked=asked,
        )

    result, counted = pooled_with_outliers(pool, errors)
    first, then = slice(0, len(options)), slice(len(options), None)
    return Learnt(
        promises=promises,
        observations=observations,
        options=options,
        option=result.predicted[first],
        initiative=result.predicted[then],
        moved=result.moved[first],
        initiative_moved=result.moved[then],
        curse=found,
        pooled=result,
        errors=counted,
    )


def _numbered(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(dict.fromkeys(words))}


def _loading(groups: Sequence[int], count: int) -> FloatArray:
    """1 at each row's group."""
    found = np.zeros((len(groups), count))
    found[np.arange(len(groups)), groups] = 1.0
    return found


__all__ = ["Curse", "Learnt", "Promise", "Realised", "curse", "learn"]
