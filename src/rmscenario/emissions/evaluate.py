"""Exact quantities of a choice: the one place where remaining shares are multiplied."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.kernel import remaining
from rmscenario.emissions.structure import FloatArray, Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Quantities of a choice.

    Attributes
    ----------
    leaf : array (leaf, year) [the stream's unit]
    """

    structure: Structure
    leaf: FloatArray

    def total(self, leaves: npt.NDArray[np.int64]) -> FloatArray:
        """Sum over some leaves: array (year) [the stream's unit]."""
        total: FloatArray = self.leaf[leaves].sum(axis=0)
        return total


def remaining_shares(
    structure: Structure,
    deployed: FloatArray,
    lifting: FloatArray | None = None,
    effect: FloatArray | None = None,
    lift: FloatArray | None = None,
) -> FloatArray:
    """Remaining share of each term, Eq. (2).

    Parameters
    ----------
    deployed : array (option, column) [1]
        A column is a year, or a draw.
    lifting : array (option, column) [1], optional
        Deployment of the enablers, where it is not `deployed`.
    effect, lift : arrays (term, column), (lift, column) [1], optional
        Shares at full roll-out and lifts, where they are not the modes.

    Returns
    -------
    array (term, column) [1]
    """
    enablers = deployed if lifting is None else lifting
    removed = (structure.term_effect[:, None] if effect is None else effect) * deployed[structure.term_option]
    if len(structure.lift_term):
        # Lifts stand in the order of their terms, so that those of a term are summed without scattering.
        first = np.flatnonzero(np.diff(structure.lift_term, prepend=-1))
        lifts = (structure.lift_value[:, None] if lift is None else lift) * enablers[structure.lift_enabler]
        removed[structure.lift_term[first]] *= 1.0 + np.add.reduceat(lifts, first, axis=0)
    return remaining(removed)


def pool_products(structure: Structure, deployed: FloatArray) -> FloatArray:
    """Product of the remaining shares of each pool, the Π of Eq. (1): array (pool, year) [1]."""
    if structure.pool_count == 0:
        return np.ones((0, deployed.shape[1]))
    shares = remaining_shares(structure, deployed)
    return np.multiply.reduceat(shares, structure.pool_first[:-1], axis=0)


def on_paper(structure: Structure) -> Structure:
    """The same region as the published accounts show it: each effect with the share of it that they see, Eq. (32)."""
    if not structure.region.effects:
        return structure
    seen = np.asarray([row.visible_in_account for row in structure.region.effects], dtype=np.float64)
    return replace(
        structure,
        term_effect=structure.term_effect * seen[structure.term_row],
        addition_amount=structure.addition_amount * seen[structure.addition_row],
    )


def evaluate(structure: Structure, choice: npt.NDArray[np.int64]) -> Quantities:
    """Quantities of a choice, Eq. (1).

    Parameters
    ----------
    choice : array (option)
        State number of each option, NONE where it does not start.
    """
    return evaluate_deployed(structure, structure.table.deployed(choice))


def evaluate_deployed(structure: Structure, deployed: FloatArray) -> Quantities:
    """Quantities of any deployment, also one that no choice gives (a start outside its window), Eq. (1).

    Parameters
    ----------
    deployed : array (option, year) [1]
    """
    products = np.vstack([pool_products(structure, deployed), np.ones((1, deployed.shape[1]))])
    leaf = structure.leaf_amount * products[structure.leaf_pool]
    if len(structure.addition_leaf):
        added = structure.addition_amount[:, None] * deployed[structure.addition_option]
        np.add.at(leaf, structure.addition_leaf, added)
    return Quantities(structure=structure, leaf=leaf)
