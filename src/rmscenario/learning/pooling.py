"""Partial pooling: a linear model with random effects, its variances integrated over a grid.

Observations `y = X b + Σ_k u_k[group_k] + ε` with known errors `ε`, a normal prior of the coefficients `b`, and random
effects `u_k ~ N(0, τ_k²)` whose standard deviations have half-Cauchy priors or are known. Given all `τ` everything is
normal and in closed form; the `τ` themselves are integrated by quadrature, so that nothing is sampled and the same
observations give the same bytes.

References
----------
A. Gelman, J. B. Carlin, H. S. Stern, D. B. Dunson, A. Vehtari, D. B. Rubin (2013), Bayesian Data Analysis, 3rd edition,
sections 5.4 to 5.7 and 15.1, isbn 978-1-4398-4095-5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.special import ndtr

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

#: Nodes of the quadrature over standard deviations that are not known, shared out over them; at least `FEWEST` each.
NODES, FEWEST = 1024, 6
#: [1] Widest distance from the mean, in the largest standard deviation of the mixture, within which quantiles are sought.
REACH = 12.0
#: Halvings of that distance: quantiles are then exact to 1e-13 of it.
HALVINGS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Random effects of one kind, one for each group.

    Attributes
    ----------
    known : array (group) or None
        Standard deviations that are known; then `scale` takes no part.
    scale : float
        Scale of the half-Cauchy prior of the common standard deviation.
    """

    name: str
    scale: float = 1.0
    known: FloatArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a linear predictor: coefficients' multipliers and the group of each kind of random effect.

    Attributes
    ----------
    design : array (row, coefficient)
    groups : array (kind, row)
    """

    design: FloatArray
    groups: IntArray


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

    def quantiles(self, probability: float) -> FloatArray:
        """Quantiles: array (row)."""
        wide = REACH * self.deviation.max(axis=0) + np.ptp(self.mean, axis=0)
        low, high = self.expected - wide, self.expected + wide
        deviation = np.where(self.deviation > 0, self.deviation, np.finfo(float).tiny)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            below = self.weight @ ndtr((middle - self.mean) / deviation) < probability
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2


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
    """

    weight: FloatArray
    deviations: FloatArray
    coefficients: Normals
    predicted: Normals


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
    both = _stacked(rows, asked)
    nodes, weights = zip(*_grid(effects), strict=True)
    count, own = len(observed), slice(0, len(observed))
    coefficients = len(prior_mean)
    log_likelihood = np.empty(len(nodes))
    means, deviations = (np.empty((len(nodes), coefficients + len(asked.design))) for _ in range(2))
    centre = np.concatenate([prior_mean, asked.design @ prior_mean])
    fixed = (both.design * prior_deviation**2) @ both.design.T
    to_coefficients = (prior_deviation**2)[:, None] * rows.design.T
    same = [groups[:, None] == groups[None, :] for groups in both.groups]
    for number, node in enumerate(nodes):
        covariance = fixed.copy()
        for kind, deviation, alike, groups in zip(effects, node, same, both.groups, strict=True):
            variance = np.full(len(groups), deviation**2) if kind.known is None else kind.known[groups] ** 2
            covariance += alike * variance
        factor = cho_factor(covariance[own, own] + np.diag(error**2), lower=True)
        residual = observed - rows.design @ prior_mean
        gain = np.vstack([to_coefficients, covariance[count:, own]])
        solved = cho_solve(factor, gain.T)
        means[number] = centre + residual @ solved
        before = np.concatenate([prior_deviation**2, np.diagonal(covariance)[count:]])
        deviations[number] = np.sqrt(np.maximum(0.0, before - np.einsum("ij,ji->i", gain, solved)))
        fit = float(residual @ cho_solve(factor, residual))
        log_likelihood[number] = -fit / 2 - np.log(np.diagonal(factor[0])).sum()
    posterior = np.asarray(weights) * np.exp(log_likelihood - log_likelihood.max())
    posterior /= posterior.sum()
    split = slice(0, coefficients), slice(coefficients, None)
    found = [Normals(weight=posterior, mean=means[:, part], deviation=deviations[:, part]) for part in split]
    return Pooled(weight=posterior, deviations=np.asarray(nodes).T, coefficients=found[0], predicted=found[1])


def _stacked(one: Rows, other: Rows) -> Rows:
    return Rows(design=np.vstack([one.design, other.design]), groups=np.concatenate([one.groups, other.groups], axis=1))


def _grid(effects: Sequence[Effects]) -> Iterator[tuple[tuple[float, ...], float]]:
    """Nodes and weights over the unknown standard deviations: `τ = scale · tan(π u / 2)`, `u` uniform, is half-Cauchy."""
    unknown = sum(kind.known is None for kind in effects)
    each = max(FEWEST, int(NODES ** (1.0 / max(1, unknown))))
    points, weight = np.polynomial.legendre.leggauss(each)
    tangent = np.tan(np.pi / 4 * (points + 1.0))
    axes = [
        [(kind.scale * t, w / 2) for t, w in zip(tangent, weight, strict=True)]
        if kind.known is None
        else [(float("nan"), 1.0)]
        for kind in effects
    ]
    for node in product(*axes):
        yield tuple(t for t, _ in node), float(np.prod([w for _, w in node]))
