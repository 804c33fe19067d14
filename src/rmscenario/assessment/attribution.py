"""Order-free attribution of a joint reduction to the options: Shapley values of a product."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.evaluate import evaluate_deployed, remaining_shares
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options.options import NONE


def shapley_of_product(shares: FloatArray) -> FloatArray:
    """Shapley value of each factor in the reduction 1 − Π shares.

    The multilinear extension of v(S) = 1 − Π_{i in S} r_i gives φ_i = (1 − r_i) ∫_0^1 Π_{j≠i} (1 − q + q r_j) dq, a
    polynomial of degree n − 1 in q, which Gauss–Legendre nodes integrate exactly.

    Parameters
    ----------
    shares : array (factor, …) [1]

    Returns
    -------
    array (factor, …) [1]
        Sums over the factors to 1 − Π shares.

    References
    ----------
    Owen, Multilinear extensions of games, Management Science 18 (1972), doi:10.1287/mnsc.18.5.64
    """
    nodes, weights = np.polynomial.legendre.leggauss(max(1, (len(shares) + 1) // 2))
    values = np.zeros_like(shares)
    for node, weight in zip((nodes + 1.0) / 2.0, weights / 2.0, strict=True):
        mixed = 1.0 - node + node * shares
        ones = np.ones((1, *shares.shape[1:]))
        before = np.cumprod(np.concatenate([ones, mixed[:-1]]), axis=0)
        after = np.cumprod(np.concatenate([ones, mixed[:0:-1]]), axis=0)[::-1]
        values += weight * before * after
    return (1.0 - shares) * values


def attribute(structure: Structure, choice: IntArray, leaves: IntArray) -> tuple[FloatArray, FloatArray]:
    """Reductions of a choice against its background by option, alone and in the plan.

    In the plan a lifted effect belongs to the lifted option; what new enablers add to a running initiative belongs to
    them, in proportion to their lifts. Alone means with this start and the running initiatives only.

    Parameters
    ----------
    leaves : array of leaf numbers, all of one stream

    Returns
    -------
    alone, in_plan : array (option, year) [the stream's unit]
        `in_plan` sums over the options to background − plan.
    """
    table = structure.table
    deployed = table.deployed(choice)
    running = table.deployed(table.nothing_new())
    started = np.asarray([option.running is None for option in table.options], dtype=bool) & (choice != NONE)
    in_plan = shared(
        structure,
        leaves,
        started=started,
        shares=remaining_shares(structure, deployed),
        before=remaining_shares(structure, running),
        amount=structure.leaf_amount[leaves],
        lifting=structure.lift_value[:, None] * deployed[structure.lift_enabler],
    )
    alone = np.zeros(deployed.shape)
    background = evaluate_deployed(structure, running).total(leaves)
    for option in np.flatnonzero(started).tolist():
        with_it = running.copy()
        with_it[option] = deployed[option]
        alone[option] = background - evaluate_deployed(structure, with_it).total(leaves)
    inside = np.isin(structure.addition_leaf, leaves) & started[structure.addition_option]
    for option, added in zip(
        structure.addition_option[inside].tolist(), structure.addition_amount[inside].tolist(), strict=True
    ):
        in_plan[option] -= added * deployed[option]
    return alone, in_plan


def shared(
    structure: Structure,
    leaves: IntArray,
    *,
    started: npt.NDArray[np.bool_],
    shares: FloatArray,
    before: FloatArray,
    amount: FloatArray,
    lifting: FloatArray,
) -> FloatArray:
    """Reductions of products by option, what they remove jointly shared among them.

    Parameters
    ----------
    started : array (option)
        The options among which it is shared.
    shares, before : array (term, column) [1]
        Remaining shares with them and without; a column is a year, or a draw.
    amount : array (one of `leaves`, column)
    lifting : array (lift, column) [1]
        What each enabler adds to an effect.

    Returns
    -------
    array (option, column)
    """
    found = np.zeros((len(started), shares.shape[1]))
    by_pool: dict[int, FloatArray] = {}
    for pool, of_leaf in zip(structure.leaf_pool[leaves].tolist(), amount, strict=True):
        if pool >= 0:
            by_pool[pool] = by_pool.get(pool, 0.0) + of_leaf
    for pool, pooled in by_pool.items():
        terms = range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1]))
        factors = _factors(structure, terms, started=started, shares=shares, before=before, lifting=lifting)
        if factors:
            left = pooled * before[[term for term in terms if not started[structure.term_option[term]]]].prod(axis=0)
            found[list(factors)] += left * shapley_of_product(np.stack(list(factors.values())))
    return found


def _factors(
    structure: Structure,
    terms: range,
    *,
    started: npt.NDArray[np.bool_],
    shares: FloatArray,
    before: FloatArray,
    lifting: FloatArray,
) -> dict[int, FloatArray]:
    """Remaining share that each started option leaves of a pool: its own effect, and its lifts of running ones."""
    factors: dict[int, FloatArray] = {}
    for term in terms:
        option = int(structure.term_option[term])
        if started[option]:
            factors[option] = factors.get(option, 1.0) * shares[term]
            continue
        lifts = np.flatnonzero((structure.lift_term == term) & started[structure.lift_enabler])
        if not len(lifts):
            continue
        ratio = np.divide(shares[term], before[term], out=np.ones_like(shares[term]), where=before[term] > 0)
        enablers = structure.lift_enabler[lifts]
        weight = lifting[lifts]
        total = weight.sum(axis=0)
        part = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
        for enabler, exponent in zip(enablers.tolist(), part, strict=True):
            factors[enabler] = factors.get(enabler, 1.0) * ratio**exponent
    return factors
