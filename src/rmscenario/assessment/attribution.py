"""Order-free attribution of a joint reduction to the options: Shapley values of a product."""

from __future__ import annotations

import numpy as np

from rmscenario.emissions.evaluate import remaining_shares
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

    A lifted effect belongs to the lifted option; what a new enabler adds to a running initiative belongs to the enabler.

    Parameters
    ----------
    leaves : array of leaf numbers, all of one stream

    Returns
    -------
    alone, in_plan : array (option, year) [the stream's unit]
        `in_plan` sums over the options to background − plan.
    """
    table = structure.table
    deployed, background = table.deployed(choice), table.deployed(table.nothing_new())
    shares = remaining_shares(structure, deployed)
    before = remaining_shares(structure, background)
    started = np.asarray([option.running is None for option in table.options]) & (choice != NONE)
    alone, in_plan = np.zeros(deployed.shape), np.zeros(deployed.shape)
    enabler_of = dict(zip(structure.lift_term[::-1].tolist(), structure.lift_enabler[::-1].tolist(), strict=True))
    new_enabler = (
        {
            term: enabler
            for term, enabler in zip(structure.lift_term.tolist(), structure.lift_enabler.tolist(), strict=True)
            if started[enabler]
        }
        if enabler_of
        else {}
    )
    for leaf in leaves.tolist():
        pool = int(structure.leaf_pool[leaf])
        if pool < 0:
            continue
        amount = structure.leaf_amount[leaf].copy()
        factors: dict[int, FloatArray] = {}
        for term in range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1])):
            option = int(structure.term_option[term])
            if started[option]:
                factors[option] = factors.get(option, 1.0) * shares[term]
                continue
            amount *= before[term]
            if term in new_enabler:
                ratio = np.divide(shares[term], before[term], out=np.ones_like(amount), where=before[term] > 0)
                factors[new_enabler[term]] = factors.get(new_enabler[term], 1.0) * ratio
        if factors:
            options = list(factors)
            stacked = np.stack([factors[option] for option in options])
            in_plan[options] += amount * shapley_of_product(stacked)
            alone[options] += amount * (1.0 - stacked)
    inside = set(leaves.tolist())
    for option, leaf, added in zip(
        structure.addition_option.tolist(),
        structure.addition_leaf.tolist(),
        structure.addition_amount.tolist(),
        strict=True,
    ):
        if leaf in inside and started[option]:
            alone[option] -= added * deployed[option]
            in_plan[option] -= added * deployed[option]
    return alone, in_plan
