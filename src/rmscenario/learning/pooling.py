"""Partial pooling: a linear model with random effects, its variances integrated over a grid.

Observations `y = X b + Σ_k Z_k u_k + ε` with known errors `ε`, a normal prior of the coefficients `b`, and random effects
`u_k ~ N(0, τ_k²)` whose standard deviations have priors or are known. Given all `τ` everything is normal and in closed
form; the `τ` themselves are integrated by quadrature, so that nothing is sampled and the same observations give the same
bytes.

References
----------
A. Gelman, J. B. Carlin, H. S. Stern, D. B. Dunson, A. Vehtari, D. B. Rubin (2013), Bayesian Data Analysis, 3rd edition,
sections 5.4 to 5.7 and 15.1, isbn 978-1-4398-4095-5.
A. Gelman (2006), Prior distributions for variance parameters in hierarchical models, doi 10.1214/06-BA117A.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

FloatArray = npt.NDArray[np.float64]

#: Nodes of the quadrature over standard deviations that are not known, shared out over them; at least `FEWEST` each.
NODES, FEWEST = 512, 6
#: Numbers in the covariance matrices that are worked on together: 32 MB of them.
TOGETHER = 4_000_000
#: [1] Widest distance from the mean, in the largest standard deviation of the mixture, within which quantiles are sought.
REACH = 12.0
#: Halvings of that distance: quantiles are then exact to 1e-13 of it.
HALVINGS = 48


def half_cauchy(probability: FloatArray) -> FloatArray:
    """Quantiles of the half-Cauchy distribution of scale 1: heavy-tailed, for groups that may differ by any amount."""
    found: FloatArray = np.tan(np.pi / 2 * probability)
    return found


def half_normal(probability: FloatArray) -> FloatArray:
    """Quantiles of the half-normal distribution of scale 1: for groups whose differences have a known order of size."""
    found: FloatArray = ndtri((1.0 + probability) / 2)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Random effects of one kind, one for each group.

    Attributes
    ----------
    scale : float
        Scale of the prior of the common standard deviation.
    prior : function of probabilities
        Quantiles of that prior at scale 1.
    known : array (group) or None
        Standard deviations that are known; then neither takes part.
    """

    name: str
    scale: float = 1.0
    prior: Callable[[FloatArray], FloatArray] = half_cauchy
    known: FloatArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a linear predictor.

    Attributes
    ----------
    design : array (row, coefficient)
        Multipliers of the coefficients.
    loadings : tuple of array (row, group)
        Multipliers of the random effects, kind by kind: 1 for a row's group, shares for a mean over groups.
    """

    design: FloatArray
    loadings: tuple[FloatArray, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Normals:
    """Mixtures of normal distributions, one a row; the components and their weights are those of the grid.

    Attributes
    ----------
    weight : array (node) [1]
    mean, deviation : array (node, row)
    """

    weight: FloatArray
    mean: FloatArray
    deviation: FloatArray

    def __getitem__(self, rows: slice) -> Normals:
        return Normals(weight=self.weight, mean=self.mean[:, rows], deviation=self.deviation[:, rows])

    @property
    def expected(self) -> FloatArray:
        """Means: array (row)."""
        found: FloatArray = self.weight @ self.mean
        return found

    @property
    def spread(self) -> FloatArray:
        """Standard deviations: array (row)."""
        second = self.weight @ (self.deviation**2 + self.mean**2)
        return np.sqrt(np.maximum(0.0, second - self.expected**2))

    def below(self, values: FloatArray) -> FloatArray:
        """Probabilities of lying below values: array (row) [1]."""
        found: FloatArray = self.weight @ ndtr((values - self.mean) / np.maximum(self.deviation, np.finfo(float).tiny))
        return found

    def quantiles(self, probability: float) -> FloatArray:
        """Quantiles: array (row)."""
        wide = REACH * self.deviation.max(axis=0) + np.ptp(self.mean, axis=0)
        low, high = self.expected - wide, self.expected + wide
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            below = self.below(middle) < probability
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found: FloatArray = (low + high) / 2
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What observations say.

    Attributes
    ----------
    weight : array (node) [1]
        Posterior weights of the quadrature's nodes.
    deviations : array (kind, node)
        Standard deviation of each kind of random effect at the nodes; NaN where it is known.
    coefficients : Normals
        One row for each coefficient.
    predicted : Normals
        One row for each that was asked for.
    moved : array (asked, observation)
        What each observation moves the mean of a predicted row by, from its prior mean; they add up to all of it.
    off, off_deviation : array (observation)
        How far each observation is off what all the others lead to expect, and the standard deviation of that, its own error
        included: the leave-one-out predictive distribution.
    """

    weight: FloatArray
    deviations: FloatArray
    coefficients: Normals
    predicted: Normals
    moved: FloatArray
    off: FloatArray
    off_deviation: FloatArray


def pooled(
    observed: FloatArray,
    error: FloatArray,
    rows: Rows,
    effects: Sequence[Effects],
    *,
    prior_mean: FloatArray,
    prior_deviation: FloatArray,
    asked: Rows,
) -> Pooled:
    """Pool observations partially.

    Parameters
    ----------
    observed, error : array (observation)
        Values, and the standard deviations of their errors.
    rows : Rows
        What is observed.
    prior_mean, prior_deviation : array (coefficient)
        Independent normal priors.
    asked : Rows
        What is to be predicted; groups that no observation has keep their prior.
    """
    count, coefficients = len(observed), len(prior_mean)
    # Covariances of the observations, of them with all that is wanted, and the variances of that, as sums over the kinds.
    wanted_design = np.vstack([np.eye(coefficients), asked.design])
    residual = observed - rows.design @ prior_mean
    fixed = [
        (rows.design * prior_deviation**2) @ rows.design.T + np.diag(error**2),
        (rows.design * prior_deviation**2) @ wanted_design.T,
        (wanted_design**2) @ prior_deviation**2,
    ]
    free: dict[int, list[FloatArray]] = {}
    for number, kind in enumerate(effects):
        own, wanted = rows.loadings[number], asked.loadings[number]
        wanted = np.vstack([np.zeros((coefficients, wanted.shape[1])), wanted])
        variance = np.ones(own.shape[1]) if kind.known is None else kind.known**2
        parts = [(own * variance) @ own.T, (own * variance) @ wanted.T, (wanted**2) @ variance]
        if kind.known is None:
            free[number] = parts
        else:
            fixed = [before + part for before, part in zip(fixed, parts, strict=True)]
    deviations, prior = _grid(effects)
    squares = np.nan_to_num(deviations) ** 2
    shape = len(prior), len(wanted_design)
    means, variances, log_likelihood = np.empty(shape), np.empty(shape), np.empty(len(prior))
    without, precision = np.empty((2, len(prior), count))
    gain, highest = np.zeros((len(wanted_design), count)), -np.inf
    step = max(1, TOGETHER // max(1, count * (count + len(wanted_design))))
    for first in range(0, len(prior), step):
        now = slice(first, first + step)
        own, cross, before = (
            sum((np.multiply.outer(squares[now, k], each[n]) for k, each in free.items()), start=part[None])
            for n, part in enumerate(fixed)
        )
        half = np.linalg.cholesky(own)
        solutions = np.linalg.solve(own, cross)
        means[now] = residual @ solutions
        variances[now] = before - np.einsum("nij,nij->nj", cross, solutions)
        fit = np.linalg.solve(half, np.broadcast_to(residual[:, None], (len(half), count, 1)))[..., 0]
        inverse = np.linalg.inv(own)
        precision[now] = np.diagonal(inverse, axis1=1, axis2=2)
        without[now] = inverse @ residual / precision[now]
        log_likelihood[now] = -(fit**2).sum(axis=1) / 2 - np.log(np.diagonal(half, axis1=1, axis2=2)).sum(axis=1)
        # The mean gain as far as nodes are done, relative to the likeliest of them: all solutions would fill the memory.
        likeliest = max(highest, float(log_likelihood[now].max()))
        share = prior[now] * np.exp(log_likelihood[now] - likeliest)
        gain = gain * np.exp(highest - likeliest) + np.einsum("n,nij->ji", share, solutions)
        highest = likeliest
    weight = prior * np.exp(log_likelihood - highest)
    gain = gain[coefficients:] / weight.sum()
    weight /= weight.sum()
    means += wanted_design @ prior_mean
    off, off_deviation = _left_out(prior, log_likelihood, without, precision)
    found = [
        Normals(weight=weight, mean=means[:, part], deviation=np.sqrt(np.maximum(0.0, variances[:, part])))
        for part in (slice(0, coefficients), slice(coefficients, None))
    ]
    return Pooled(
        weight=weight,
        deviations=deviations.T,
        coefficients=found[0],
        predicted=found[1],
        moved=gain * residual,
        off=off,
        off_deviation=off_deviation,
    )


def _left_out(
    prior: FloatArray, log_likelihood: FloatArray, without: FloatArray, precision: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of how far each observation is off what the others lead to expect: arrays (observation).

    Nodes weigh as the others alone make them likely, so that a value far off does not widen what it is judged by.

    Parameters
    ----------
    prior, log_likelihood : array (node)
    without, precision : array (node, observation)
        At each node how far it is off, and the precision of that; Gelman and others (2013), section 7.2.
    """
    own = np.log(precision) / 2 - precision * without**2 / 2
    others = log_likelihood[:, None] - own
    weight = prior[:, None] * np.exp(others - others.max(axis=0, initial=-np.inf))
    weight /= weight.sum(axis=0)
    mean = (weight * without).sum(axis=0)
    second = (weight * (1.0 / precision + without**2)).sum(axis=0)
    return mean, np.sqrt(second - mean**2)


def _grid(effects: Sequence[Effects]) -> tuple[FloatArray, FloatArray]:
    """Standard deviations at the nodes, NaN where known, and the nodes' prior weights: array (node, kind), (node).

    Gauss-Legendre over the prior's probabilities.
    """
    unknown = sum(kind.known is None for kind in effects)
    each = max(FEWEST, int(NODES ** (1.0 / max(1, unknown))))
    points, weight = np.polynomial.legendre.leggauss(each)
    probability = (points + 1.0) / 2
    axes = [
        list(zip(kind.scale * kind.prior(probability), weight / 2, strict=True))
        if kind.known is None
        else [(np.nan, 1.0)]
        for kind in effects
    ]
    nodes = list(product(*axes))
    shape = len(nodes), len(effects)
    deviations = np.asarray([[deviation for deviation, _ in node] for node in nodes]).reshape(shape)
    return deviations, np.asarray([np.prod([share for _, share in node]) for node in nodes])
