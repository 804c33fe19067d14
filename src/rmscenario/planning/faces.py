"""Cuts on faces: the convex envelope of a product over the states between which the relaxation is divided.

A *face* lets each option take only some of its states. Over a face the largest linear function below the product is found
by a small linear program over the face's few choices. It becomes a cut for all choices, Eq. (26), by changing options that
are outside of their face one at a time, as in Eqs. (22) and (23), whose cuts are those of faces with a single choice. An
option and the one that enables it are one *member*, whose states are the states of both together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.solver import cheapest_duals

#: [1] Share of a member from which a state belongs to the face.
INSIDE = 1e-6
#: Most choices of a face; members that would make it larger keep their largest state alone.
CHOICES = 256

_Cells = list[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What the products of a frame are made of, member by member.

    Attributes
    ----------
    first_member : array (pool + 1)
        A pool without members has no cuts on faces.
    first_row : array (member + 1)
        Rows of a member: its states, "none" included.
    share : array (row, column of `frame` years) [1]
    constant, indicator : array (row), sparse array (row, choice column)
        Whether a row is chosen: constant + indicator · choice columns.
    """

    first_member: IntArray
    first_row: IntArray
    share: FloatArray
    constant: FloatArray
    indicator: sparse.csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceCut:
    """Product of a pool, weighted: at least constant + values · choice columns; `height` is that at the point."""

    pool: int
    height: float
    constant: float
    columns: IntArray
    values: FloatArray


class _Builder:
    """Members of all pools, one after another."""

    def __init__(self, frame: CutFrame) -> None:
        self.frame, self.table = frame, frame.structure.table
        self.states = len(self.table.states)
        self.first_entry = np.searchsorted(frame.entry_term, np.arange(len(frame.structure.term_option) + 1))
        self.pair = {
            (int(state), int(other)): number
            for number, (state, other) in enumerate(zip(frame.pair_state, frame.pair_enabler, strict=True))
        }
        self.change = {
            (int(entry), int(pair)): change
            for entry, pair, change in zip(frame.lift_entry, frame.lift_pair, frame.lift_change, strict=True)
        }
        self.share: list[FloatArray] = []
        self.rows: list[tuple[float, _Cells]] = []
        self.first_row = [0]

    def add(self, states: Sequence[tuple[FloatArray, float, _Cells]]) -> None:
        """A member of some states, each with its share and when it is chosen."""
        for share, constant, cells in states:
            self.share.append(share)
            self.rows.append((constant, cells))
        self.first_row.append(len(self.rows))

    def own(self, option: int, terms: list[int]) -> FloatArray:
        """Shares of an option's states over some of its terms, without lifts by choices."""
        count = int(self.table.first_state[option + 1] - self.table.first_state[option])
        share = np.ones((count, self.frame.share.shape[1]))
        for term in terms:
            share *= self.frame.share[self.first_entry[term] : self.first_entry[term + 1]]
        return share

    def option(self, option: int, terms: list[int]) -> None:
        """A member of one option."""
        states = list(self.table.state_range(option))
        found = [(share, 0.0, [(state, 1.0)]) for state, share in zip(states, self.own(option, terms), strict=True)]
        if self.table.options[option].running is None:
            found.append((np.ones(self.frame.share.shape[1]), 1.0, [(state, -1.0) for state in states]))
        self.add(found)

    def enabled(self, option: int, terms: list[int], enabler: int, of_enabler: list[int]) -> None:
        """A member of an option and its enabler."""
        states, others = list(self.table.state_range(option)), list(self.table.state_range(enabler))
        alone, beside = self.own(option, terms), self.own(enabler, of_enabler)
        columns = {both: self.states + self.pair[both] for both in ((s, o) for s in states for o in others)}
        found: list[tuple[FloatArray, float, _Cells]] = []
        for number, state in enumerate(states):
            found.append((alone[number], 0.0, [(state, 1.0), *((columns[state, other], -1.0) for other in others)]))
            for place, other in enumerate(others):
                share = beside[place].copy()
                for term in terms:
                    entry = int(self.first_entry[term]) + number
                    lifted = self.change.get((entry, self.pair[state, other]), 0.0)
                    share *= np.maximum(0.0, self.frame.share[entry] + lifted)
                found.append((share, 0.0, [(columns[state, other], 1.0)]))
        for place, other in enumerate(others):
            found.append((beside[place], 0.0, [(other, 1.0), *((columns[state, other], -1.0) for state in states)]))
        neither = [(state, -1.0) for state in (*states, *others)] + [(column, 1.0) for column in columns.values()]
        found.append((np.ones(self.frame.share.shape[1]), 1.0, neither))
        self.add(found)


def build_members(frame: CutFrame) -> Members:
    """Arrange the members of a frame; pools in which several enablers meet in one option's lift get none."""
    structure, builder = frame.structure, _Builder(frame)
    choices = [option.running is None for option in structure.table.options]
    lifted_by: dict[int, set[int]] = defaultdict(set)
    for term, enabler in zip(structure.lift_term.tolist(), structure.lift_enabler.tolist(), strict=True):
        if choices[enabler]:
            lifted_by[term].add(enabler)
    first_member = [0]
    for pool in range(structure.pool_count):
        terms: dict[int, list[int]] = defaultdict(list)
        enabler_of: dict[int, set[int]] = defaultdict(set)
        for term in range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1])):
            option = int(structure.term_option[term])
            terms[option].append(term)
            if lifted_by[term]:
                enabler_of[option] |= lifted_by[term]
        enablers = [enabler for found in enabler_of.values() for enabler in found]
        simple = len(enablers) == len(enabler_of) == len(set(enablers)) and not set(enablers) & set(enabler_of)
        if simple:
            for option, own in terms.items():
                if option in enabler_of:
                    (enabler,) = enabler_of[option]
                    builder.enabled(option, own, enabler, terms.get(enabler, []))
                elif option not in enablers:
                    builder.option(option, own)
        first_member.append(len(builder.first_row) - 1)
    cells = [(row, column, value) for row, (_, found) in enumerate(builder.rows) for column, value in found]
    row, column, value = (np.asarray(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0),) * 3
    return Members(
        first_member=np.asarray(first_member, dtype=np.int64),
        first_row=np.asarray(builder.first_row, dtype=np.int64),
        share=np.asarray(builder.share).reshape(-1, frame.share.shape[1]),
        constant=np.asarray([constant for constant, _ in builder.rows], dtype=np.float64),
        indicator=sparse.csr_array(
            (value.astype(np.float64), (row.astype(np.int64), column.astype(np.int64))),
            shape=(len(builder.rows), frame.columns),
        ),
    )


@dataclass(slots=True)
class _Face:
    """A pool's face at a point: the states of each member that are inside, and how the point is divided over them."""

    pool: int
    weights: FloatArray
    inside: list[IntArray]
    division: list[FloatArray]
    values: FloatArray

    @property
    def numbers(self) -> IntArray:
        """Which state each choice of the face takes, of each member: array (member, choice)."""
        shape = [len(rows) for rows in self.inside]
        numbers: IntArray = np.indices(shape).reshape(len(shape), -1)
        return numbers


def face_cuts(
    members: Members,
    weights: FloatArray,
    products: tuple[IntArray, FloatArray],
    point: FloatArray,
    *,
    violation: float,
) -> list[FaceCut]:
    """Cuts of a functional's pools, Eq. (26), that are violated at a point by more than a width.

    Parameters
    ----------
    weights : array (pool of the structure, column)
    products : two arrays (pool of the functional)
        Their pools, and their values at the point.
    point : array (choice column) in [0, 1]
    """
    if not len(members.share):
        return []
    level = np.clip(members.constant + members.indicator @ point, 0.0, 1.0)
    mean = np.add.reduceat(level[:, None] * members.share, members.first_row[:-1], axis=0)
    faces = []
    for pool, theta in zip(*(part.tolist() for part in products), strict=True):
        own = range(int(members.first_member[pool]), int(members.first_member[pool + 1]))
        # Members chosen independently of each other give a product that no envelope exceeds.
        if own and weights[pool] @ mean[own.start : own.stop].prod(axis=0) - theta > violation:
            faces.append((_face(members, weights[pool], pool, own, level), theta))
    cuts = [
        _whole(members, face, coefficients, level)
        for (face, _), coefficients in zip(faces, _envelopes([face for face, _ in faces]), strict=True)
    ]
    heights = {face.pool: height for face, height in faces}
    return [cut for pair in cuts for cut in pair if cut.height - heights[cut.pool] > violation]


def _face(members: Members, weights: FloatArray, pool: int, own: range, level: FloatArray) -> _Face:
    """The face of a pool, its largest divisions first where there are too many choices."""
    inside, division = [], []
    for member in own:
        rows = np.arange(members.first_row[member], members.first_row[member + 1])
        rows = rows[level[rows] > INSIDE]
        inside.append(rows)
        division.append(level[rows] / level[rows].sum())
    choices = 1
    for member in sorted(range(len(inside)), key=lambda number: float(division[number].max())):
        if choices * len(inside[member]) > CHOICES:
            largest = int(division[member].argmax())
            inside[member], division[member] = inside[member][largest : largest + 1], np.ones(1)
        choices *= len(inside[member])
    product = np.ones((1, members.share.shape[1]))
    for rows in inside:
        product = (product[:, None, :] * members.share[rows]).reshape(-1, product.shape[1])
    return _Face(pool=pool, weights=weights, inside=inside, division=division, values=product @ weights)


def _envelopes(faces: list[_Face]) -> list[list[FloatArray]]:
    """Coefficients of each face's states, by member, as Eq. (26) wants them; one program for all faces."""
    if not faces:
        return []
    rows: list[IntArray] = []
    columns: list[IntArray] = []
    right: list[FloatArray] = []
    row, column = 0, 0
    for face in faces:
        choices = column + np.arange(len(face.values))
        for numbers, division in zip(face.numbers, face.division, strict=True):
            rows.append(row + numbers)
            columns.append(choices)
            right.append(division)
            row += len(division)
        column += len(choices)
    place = (np.concatenate(rows), np.concatenate(columns))
    matrix = sparse.csr_array((np.ones(len(place[0])), place), shape=(row, column))
    duals = cheapest_duals(np.concatenate([face.values for face in faces]), matrix, np.concatenate(right))
    found, row = [], 0
    for face in faces:
        own = []
        for division in face.division:
            own.append(duals[row : row + len(division)])
            row += len(division)
        found.append(own)
    return found


def _exclusive(values: FloatArray) -> FloatArray:
    """Product of the other members: array (member, column). No division, so zeros are safe."""
    one = np.ones((1, values.shape[1]))
    before: FloatArray = np.cumprod(np.vstack([one, values[:-1]]), axis=0, dtype=np.float64)
    after: FloatArray = np.cumprod(np.vstack([one, values[:0:-1]]), axis=0, dtype=np.float64)[::-1]
    product: FloatArray = before * after
    return product


def _whole(members: Members, face: _Face, coefficients: list[FloatArray], level: FloatArray) -> tuple[FaceCut, FaceCut]:
    """The two cuts for all choices, Eq. (26), that a linear function below a face's values gives.

    A choice outside of the face is reached from one inside by changing a member at a time. Changing first what goes down, the
    others are at most what they are in the face, and at least their minima when the rest goes up; or the other way round.
    """
    # The program's own tolerance is taken off: below all values by calculation, not by trust.
    below = sum(own[number] for own, number in zip(coefficients, face.numbers, strict=True))
    constant = float((face.values - below).min())
    own = range(int(members.first_member[face.pool]), int(members.first_member[face.pool + 1]))
    shares = [members.share[members.first_row[member] : members.first_row[member + 1]] for member in own]
    inside = [members.share[rows] for rows in face.inside]
    most, least = (np.stack([getattr(share, name)(axis=0) for share in shares]) for name in ("max", "min"))
    most_inside, least_inside = (
        np.stack([getattr(share, name)(axis=0) for share in inside]) for name in ("max", "min")
    )
    orders = ((_exclusive(most_inside), _exclusive(least)), (_exclusive(most), _exclusive(least_inside)))
    rows = slice(int(members.first_row[own.start]), int(members.first_row[own.stop]))
    cuts = []
    for down, up in orders:
        whole = []
        for number, member in enumerate(own):
            change = shares[number][:, None, :] - inside[number]
            value = np.minimum(0.0, change) @ (down[number] * face.weights)
            value += np.maximum(0.0, change) @ (up[number] * face.weights)
            reached = (value + coefficients[number]).max(axis=1)
            reached[face.inside[number] - members.first_row[member]] = coefficients[number]
            whole.append(reached)
        values = np.concatenate(whole)
        cells = sparse.coo_array(values[None, :] @ members.indicator[rows])
        cuts.append(
            FaceCut(
                pool=face.pool,
                height=constant + float(values @ level[rows]),
                constant=constant + float(values @ members.constant[rows]),
                columns=cells.coords[1].astype(np.int64),
                values=cells.data,
            )
        )
    return cuts[0], cuts[1]
