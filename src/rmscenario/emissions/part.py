"""A part of a structure: what some of its options do while nothing else is started."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rmscenario.emissions.structure import IntArray, Structure
from rmscenario.options import OptionTable


def structure_part(structure: Structure, table: OptionTable, options: IntArray) -> Structure:
    """The structure of some options; its leaves are the same, its pools those on which one of the options acts.

    Parameters
    ----------
    table : table of these options
    options : array (option of the part)
        Their numbers in the whole, ascending.
    """
    number = np.full(len(structure.table.options), -1, dtype=np.int64)
    number[options] = np.arange(len(options))
    terms = np.flatnonzero(number[structure.term_option] >= 0)
    term_number = np.full(len(structure.term_option), -1, dtype=np.int64)
    term_number[terms] = np.arange(len(terms))
    pools, term_pool = np.unique(structure.term_pool[terms], return_inverse=True)
    pool_number = np.full(structure.pool_count + 1, -1, dtype=np.int64)  # the last stands for "no pool"
    pool_number[pools] = np.arange(len(pools))
    lifts = np.flatnonzero((term_number[structure.lift_term] >= 0) & (number[structure.lift_enabler] >= 0))
    additions = np.flatnonzero(number[structure.addition_option] >= 0)
    return replace(
        structure,
        table=table,
        leaf_pool=pool_number[structure.leaf_pool],
        pool_count=len(pools),
        pool_first=np.searchsorted(term_pool, np.arange(len(pools) + 1)),
        term_pool=term_pool,
        term_option=number[structure.term_option[terms]],
        term_row=structure.term_row[terms],
        term_scale=structure.term_scale[terms],
        term_effect=structure.term_effect[terms],
        lift_term=term_number[structure.lift_term[lifts]],
        lift_enabler=number[structure.lift_enabler[lifts]],
        lift_row=structure.lift_row[lifts],
        lift_weight=structure.lift_weight[lifts],
        lift_value=structure.lift_value[lifts],
        addition_option=number[structure.addition_option[additions]],
        addition_leaf=structure.addition_leaf[additions],
        addition_row=structure.addition_row[additions],
        addition_amount=structure.addition_amount[additions],
        addition_share=structure.addition_share[additions],
    )
