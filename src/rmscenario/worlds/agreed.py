"""Rows of what has been agreed on: it stands, and nothing else starts any more in the rounds that are over."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import IntArray
from rmscenario.planning.problem import Problem
from rmscenario.planning.rows import Rows
from rmscenario.worlds.learning import agreed_by


def agreed_rows(problem: Problem, choice: IntArray, end: int) -> Rows:
    """Rows that keep what a choice starts by the end of a year, and let nothing else start by then.

    Parameters
    ----------
    choice : array (option)
    """
    table = problem.frame.structure.table
    start = np.asarray([state.start for state in table.states])
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    kept = choice[agreed_by(table, choice, end)]
    passed = np.setdiff1d(np.flatnonzero((start <= end) & ~running[table.state_option]), kept)
    columns = np.concatenate([kept, passed])
    rows = np.concatenate([np.arange(len(kept)), np.full(len(passed), len(kept))])
    matrix = sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(kept) + 1, problem.frame.columns))
    return Rows(
        equation=0,
        labels=(*(f"signed: {':'.join(table.options[table.states[state].option].key)}" for state in kept), "passed"),
        matrix=matrix,
        lower=np.append(np.ones(len(kept)), -np.inf),
        upper=np.append(np.full(len(kept), np.inf), 0.0),
    )
