"""Which options move a target, and in which direction: read from the structure, without evaluating anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.structure import Structure
from rmscenario.emissions.targets import TargetLine

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What options can do to a target while its cap holds; an enabler does what the effects it lifts do.

    Attributes
    ----------
    lowers, raises : array (option) bool
        Both are true of an option that lowers one source inside the boundary and raises another.
    """

    lowers: BoolArray
    raises: BoolArray

    @property
    def moves(self) -> BoolArray:
        """Options that do anything to the target."""
        return self.lowers | self.raises


def influence(structure: Structure, line: TargetLine) -> Influence:
    """Direction in which each option moves a target in the years its cap holds."""
    table = structure.table
    lowers, raises = (np.zeros(len(table.options), dtype=bool) for _ in range(2))
    if not line.held.any():
        return Influence(lowers=lowers, raises=raises)
    deployed = np.zeros(len(table.options), dtype=bool)
    deployed[table.state_option[(table.effect[:, line.held] > 0).any(axis=1)]] = True

    inside = np.zeros(structure.pool_count + 1, dtype=bool)
    amounts = (structure.leaf_amount[line.leaves][:, line.held] > 0).any(axis=1)
    inside[structure.leaf_pool[line.leaves[amounts]]] = True
    inside[-1] = False  # leaves on which nothing acts have pool −1
    active = inside[structure.term_pool]
    lowers[structure.term_option[active & (structure.term_effect > 0)]] = True
    raises[structure.term_option[active & (structure.term_effect < 0)]] = True

    added = np.isin(structure.addition_leaf, line.leaves)
    lowers[structure.addition_option[added & (structure.addition_amount < 0)]] = True
    raises[structure.addition_option[added & (structure.addition_amount > 0)]] = True

    lifted = active[structure.lift_term] & deployed[structure.term_option[structure.lift_term]]
    lifted &= structure.lift_value > 0
    effect = structure.term_effect[structure.lift_term]
    lowers[structure.lift_enabler[lifted & (effect > 0)]] = True
    raises[structure.lift_enabler[lifted & (effect < 0)]] = True
    return Influence(lowers=lowers & deployed, raises=raises & deployed)
