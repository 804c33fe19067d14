"""Descent by single changes: one option takes another state or none, judged by exact evaluation.

Candidates are ordered by their first-order value: the exclusive products of the incumbent times the change of one
option's remaining shares, which is exact where an option acts once on a pool. Ties are broken by a stated rule: of plans of
equal value the one with fewer starts, then with earlier starts; among equal changes the one latest in the tables goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import Moves
from rmscenario.planning.functional import Functional
from rmscenario.planning.rows import Rows

#: Most candidates that are evaluated exactly before a descent gives up.
TRIED = 60
#: [the row's unit] Width within which a candidate keeps a row; exact judgement follows.
KEPT = 1e-9
#: [1] Smallest value at which a state of an LP point is taken up.
READ = 0.02
#: [1] Value from which a state of an LP point is certain.
CERTAIN = 0.99
#: [1] Sum of an option's states from which an LP point rather starts it than not.
RATHER = 0.5
#: [1] Differences of values below this share of the larger one are ties.
TIE = 1e-10


def first_order(frame: CutFrame, functional: Functional, choice: IntArray) -> Moves:
    """First-order changes of a functional by every single change of a choice."""
    structure, table = frame.structure, frame.structure.table
    current = choice[structure.term_option]
    chosen = frame.entry_state == current[frame.entry_term]
    at = np.ones((len(current), frame.share.shape[1]))
    at[frame.entry_term[chosen]] = frame.share[chosen]
    others = frame.exclusive(at) * functional.weights[structure.term_pool]
    states = len(table.states)
    take = functional.linear[:states].copy()
    entry = np.einsum("nc,nc->n", others[frame.entry_term], frame.share - at[frame.entry_term])
    np.add.at(take, frame.entry_state, entry)
    drop = np.zeros(len(table.options))
    np.add.at(drop, structure.term_option, np.einsum("kc,kc->k", others, 1.0 - at))
    held = choice != NONE
    now = np.zeros(len(table.options))
    now[held] = functional.linear[choice[held]]
    return Moves(take=take - now[table.state_option], drop=drop - now)


def candidates(frame: CutFrame, rows: Rows, choice: IntArray, moves: Moves, tolerance: float) -> Iterator[IntArray]:
    """Choices one change away that promise no loss and keep the rows, the most promising first."""
    table = frame.structure.table
    chosen = frame.columns_chosen(choice)
    activity = rows.matrix @ chosen
    columns = rows.matrix.tocsc()
    new = np.asarray([option.running is None for option in table.options], dtype=bool)
    order: list[tuple[float, int, int]] = [
        (float(moves.take[state]), int(table.state_option[state]), state)
        for state in np.flatnonzero((moves.take <= tolerance) & new[table.state_option]).tolist()
        if choice[table.state_option[state]] != state
        and (moves.take[state] < -tolerance or _earlier(frame, choice[table.state_option[state]], state))
    ]
    order += [
        (float(moves.drop[option]), -option, NONE)
        for option in np.flatnonzero((moves.drop <= tolerance) & (choice != NONE) & new).tolist()
    ]
    for _, option, state in sorted(order):
        changed = choice.copy()
        changed[abs(option)] = state
        delta = frame.columns_chosen(changed) - chosen
        after = activity.copy()
        for column in np.flatnonzero(delta).tolist():
            part = slice(columns.indptr[column], columns.indptr[column + 1])
            after[columns.indices[part]] += columns.data[part] * delta[column]
        if (after <= rows.upper + KEPT).all() and (after >= rows.lower - KEPT).all():
            yield changed


def filled(frame: CutFrame, rows: Rows, point: FloatArray, weight: FloatArray) -> IntArray:
    """A choice near an LP point: its states one after another, each taken where no upper limit is exceeded.

    First the states that are certain; then options that the point rather starts than not, those first that are hard to
    find room for; then what it starts in part. Each again and again until nothing more is taken, so that what one makes
    possible is taken too. Lower limits may stay unmet.

    Parameters
    ----------
    rows : over the states alone
    point : array (choice column) in [0, 1]
    weight : array (state)
        What a state takes of what is scarce.
    """
    table = frame.structure.table
    columns = rows.matrix.tocsc()
    choice = table.nothing_new()
    activity = rows.matrix @ frame.columns_chosen(choice)[: len(table.states)]
    value, option = point[: len(table.states)], table.state_option
    started = np.bincount(option, weights=value, minlength=len(table.options))[option]
    heaviest = np.zeros(len(table.options))
    np.maximum.at(heaviest, option, np.where(value > READ, weight, 0.0))
    nearer = np.lexsort((-value, option, -heaviest[option]))
    by_value = np.argsort(-value, kind="stable")
    for order in (
        by_value[value[by_value] > CERTAIN],
        nearer[(started[nearer] > RATHER) & (value[nearer] > READ)],
        by_value[value[by_value] > READ],
    ):
        taken = True
        while taken:
            taken = False
            for state in order.tolist():
                part = slice(columns.indptr[state], columns.indptr[state + 1])
                touched = columns.indices[part]
                after = activity[touched] + columns.data[part]
                if choice[option[state]] == NONE and (after <= rows.upper[touched] + KEPT).all():
                    choice[option[state]] = state
                    activity[touched] = after
                    taken = True
    return choice


def _earlier(frame: CutFrame, current: int, state: int) -> bool:
    """Whether a state starts earlier than the current one of its option, at the same level."""
    states = frame.structure.table.states
    return (
        current != NONE and states[state].start < states[current].start and states[state].level == states[current].level
    )


def descend(
    choice: IntArray,
    value: float,
    neighbours: Callable[[IntArray], Iterator[IntArray]],
    exact: Callable[[IntArray], float | None],
    *,
    rank: Callable[[IntArray], tuple[int, int]],
    stop: Callable[[], bool],
) -> tuple[IntArray, float]:
    """Take the first promising neighbour that is exactly better, or as good and lower in rank, until none is.

    Parameters
    ----------
    exact : function of a choice
        Its value, None where it breaks a rule.
    rank : function of a choice
        What decides between choices of equal value, the lower the better.
    """
    improving = True
    while improving:
        improving = False
        for number, other in enumerate(neighbours(choice)):
            if number >= TRIED or stop():
                break
            found = exact(other)
            if found is None:
                continue
            width = TIE * max(1.0, abs(value))
            if found < value - width or (found <= value + width and rank(other) < rank(choice)):
                choice, value, improving = other, min(found, value), True
                break
    return choice, value
