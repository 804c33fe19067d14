"""Cuts on faces: the convex envelope of a product over the states between which the relaxation is divided.

A *face* lets each option take only some of its states. Over a face the largest linear function below the product is found
by a small linear program over the face's few choices. It becomes a cut for all choices, Eq. (26), by changing options that
are outside of their face one at a time, as in Eqs. (22) and (23), whose cuts are those of faces with a single choice. An
option and the one that enables it are one *member*, whose states are the states of both together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.members import Members, Realisations
from rmscenario.planning.solver import cheapest_duals

#: [1] Share of a member from which a state belongs to the face.
INSIDE = 1e-6
#: Most choices of a face; members that would make it larger keep their largest state alone.
CHOICES = 256
#: Pools whose remaining shares are held at once.
TOGETHER = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceCut:
    """Product of a pool, weighted: at least constant + values · choice columns; `height` is that at the point."""

    pool: int
    height: float
    constant: float
    columns: IntArray
    values: FloatArray

    def scaled(self, factor: float) -> FaceCut:
        """The cut of the product times a factor ≥ 0."""
        height, constant = factor * self.height, factor * self.constant
        return replace(self, height=height, constant=constant, values=factor * self.values)


@dataclass(slots=True, kw_only=True)
class _Face:
    """A pool's face at a point: for each member arrays (state of the face).

    Attributes
    ----------
    inside : arrays
        Numbers of the states among the member's.
    division : arrays
        How the point is divided over them.
    values : array (choice of the face)
        Weighed products.
    constant, coefficients : float, arrays
        The largest linear function below the values, as Eq. (26) wants it.
    """

    inside: list[IntArray]
    division: list[FloatArray]
    values: FloatArray
    constant: float = 0.0
    coefficients: list[FloatArray] = field(default_factory=list)

    @property
    def numbers(self) -> IntArray:
        """Which state each choice of the face takes, of each member: array (member, choice)."""
        shape = [len(rows) for rows in self.inside]
        numbers: IntArray = np.indices(shape).reshape(len(shape), -1)
        return numbers

    @property
    def height(self) -> float:
        """The linear function at the point."""
        parts = zip(self.coefficients, self.division, strict=True)
        return self.constant + float(sum(own @ division for own, division in parts))


def face_cuts(
    members: Members, realised: Realisations, theta: FloatArray, point: FloatArray, *, violation: float
) -> list[FaceCut]:
    """Cuts of some pools, Eq. (26), that are violated at a point by more than a width.

    Parameters
    ----------
    theta : array (pool)
        Values of the weighed products at the point.
    point : array (choice column) in [0, 1]
    """
    cuts: list[FaceCut] = []
    divisible = np.diff(members.first_member) > 0
    members, theta = members.part(divisible), theta[divisible]
    for first in range(0, len(members.pools), TOGETHER):
        some = np.arange(len(members.pools)) // TOGETHER == first // TOGETHER
        part, least = members.part(some), theta[some]
        level, drawn = part.level(point), list(realised(part))
        faces = _faces(part, drawn, level)
        high = np.asarray([face.height for face in faces]) - least > violation
        rows = np.repeat(np.repeat(high, np.diff(part.first_member)), np.diff(part.first_row))
        drawn = [(weights[high], share[rows]) for weights, share in drawn]
        part, level, faces = part.part(high), level[rows], [faces[pool] for pool in np.flatnonzero(high).tolist()]
        for pool, (values, at_least) in enumerate(zip(_reached(part, drawn, faces), least[high].tolist(), strict=True)):
            both = [_row(part, pool, faces[pool], one, level) for one in values]
            cuts += [cut for cut in both if cut.height - at_least > violation]
    return cuts


def promising(
    members: Members, realised: Realisations, theta: FloatArray, point: FloatArray, *, violation: float
) -> npt.NDArray[np.bool_]:
    """Pools that may have cuts which are violated at a point by more than a width; parameters as of `face_cuts`."""
    wanted = np.diff(members.first_member) > 0
    part = members.part(wanted)
    wanted[wanted] = _independent(part, realised, part.level(point)) - theta[wanted] > violation
    return wanted


def violated(
    members: Members, realised: Realisations, theta: FloatArray, point: FloatArray, *, violation: float
) -> npt.NDArray[np.bool_]:
    """Pools with a face whose envelope is higher at a point than θ by more than a width; parameters as of `face_cuts`."""
    wanted = promising(members, realised, theta, point, violation=violation)
    part = members.part(wanted)
    height = np.asarray([face.height for face in _faces(part, realised(part), part.level(point))])
    wanted[wanted] = height - theta[wanted] > violation
    return wanted


def _faces(members: Members, drawn: Iterable[tuple[FloatArray, FloatArray]], level: FloatArray) -> list[_Face]:
    """The face of each pool at a point, with the largest linear function below its values."""
    faces = [_face(members, pool, level) for pool in range(len(members.pools))]
    for weights, share in drawn:
        for pool, (face, weight) in enumerate(zip(faces, weights, strict=True)):
            face.values += _products(_inside(_shares(members, pool, share), face)) @ weight
    _envelopes(faces)
    return faces


def _independent(members: Members, realised: Realisations, level: FloatArray) -> FloatArray:
    """Weighed products of members chosen independently of each other, which no envelope exceeds: array (pool)."""
    found = np.zeros(len(members.pools))
    if len(found):
        for weights, share in realised(members):
            mean = np.add.reduceat(level[:, None] * share, members.first_row[:-1], axis=0)
            found += (weights * np.multiply.reduceat(mean, members.first_member[:-1], axis=0)).sum(axis=1)
    return found


def _face(members: Members, pool: int, level: FloatArray) -> _Face:
    """The face of a pool, its largest divisions first where there are too many choices."""
    inside, division = [], []
    for member in range(int(members.first_member[pool]), int(members.first_member[pool + 1])):
        own = level[members.first_row[member] : members.first_row[member + 1]]
        states = np.flatnonzero(own > INSIDE)
        inside.append(states)
        division.append(own[states] / own[states].sum())
    choices = 1
    for member in sorted(range(len(inside)), key=lambda number: float(division[number].max())):
        if choices * len(inside[member]) > CHOICES:
            largest = int(division[member].argmax())
            inside[member], division[member] = inside[member][largest : largest + 1], np.ones(1)
        choices *= len(inside[member])
    return _Face(inside=inside, division=division, values=np.zeros(choices))


def _shares(members: Members, pool: int, share: FloatArray) -> list[FloatArray]:
    """Remaining shares of a pool's members: arrays (state, realisation)."""
    own = range(int(members.first_member[pool]), int(members.first_member[pool + 1]))
    return [share[members.first_row[member] : members.first_row[member + 1]] for member in own]


def _inside(shares: list[FloatArray], face: _Face) -> list[FloatArray]:
    """Those of the states of a face."""
    return [share[states] for share, states in zip(shares, face.inside, strict=True)]


def _products(shares: list[FloatArray]) -> FloatArray:
    """Products over members for all choices of their states: array (choice, realisation)."""
    product = np.ones((1, shares[0].shape[1]))
    for share in shares:
        product = (product[:, None, :] * share).reshape(-1, product.shape[1])
    return product


def _envelopes(faces: list[_Face]) -> None:
    """Find the linear function of each face; one program for all of them."""
    if not faces:
        return
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
    row = 0
    for face in faces:
        face.coefficients = []
        for division in face.division:
            face.coefficients.append(duals[row : row + len(division)])
            row += len(division)
        # The program's own tolerance is taken off: below all values by calculation, not by trust.
        below = sum(own[number] for own, number in zip(face.coefficients, face.numbers, strict=True))
        face.constant = float((face.values - below).min())


def _exclusive(values: FloatArray) -> FloatArray:
    """Product of the other members: array (member, column). No division, so zeros are safe."""
    one = np.ones((1, values.shape[1]))
    before: FloatArray = np.cumprod(np.vstack([one, values[:-1]]), axis=0, dtype=np.float64)
    after: FloatArray = np.cumprod(np.vstack([one, values[:0:-1]]), axis=0, dtype=np.float64)[::-1]
    product: FloatArray = before * after
    return product


def _changes(shares: list[FloatArray], inside: list[FloatArray], weight: FloatArray) -> tuple[list[FloatArray], ...]:
    """What changing a member to each state from each inside weighs, in both orders: lists of arrays (state, inside).

    A choice outside of the face is reached from one inside by changing a member at a time. Changing first what goes down, the
    others are at most what they are in the face, and at least their minima when the rest goes up; or the other way round.
    Which goes down may differ between realisations: each has an order of its own.
    """
    most, least = (np.stack([getattr(share, name)(axis=0) for share in shares]) for name in ("max", "min"))
    most_inside, least_inside = (
        np.stack([getattr(share, name)(axis=0) for share in inside]) for name in ("max", "min")
    )
    orders = ((_exclusive(most_inside), _exclusive(least)), (_exclusive(most), _exclusive(least_inside)))
    changes = [to[:, None, :] - at for to, at in zip(shares, inside, strict=True)]
    falls = [np.minimum(0.0, change) for change in changes]
    rises = [np.maximum(0.0, change) for change in changes]
    return tuple(
        [
            fall @ (down[number] * weight) + rise @ (up[number] * weight)
            for number, (fall, rise) in enumerate(zip(falls, rises, strict=True))
        ]
        for down, up in orders
    )


def _reached(
    members: Members, drawn: Iterable[tuple[FloatArray, FloatArray]], faces: list[_Face]
) -> list[tuple[FloatArray, ...]]:
    """Coefficients of all states of each face's pool, in both orders: arrays (row of the pool)."""
    changes: list[tuple[list[FloatArray], ...]] = []
    for weights, share in drawn:
        found = []
        for pool, (face, weight) in enumerate(zip(faces, weights, strict=True)):
            shares = _shares(members, pool, share)
            found.append(_changes(shares, _inside(shares, face), weight))
        changes = [_added(one, other) for one, other in zip(changes, found, strict=True)] if changes else found
    return [tuple(_whole(face, order) for order in orders) for face, orders in zip(faces, changes, strict=True)]


def _added(one: tuple[list[FloatArray], ...], other: tuple[list[FloatArray], ...]) -> tuple[list[FloatArray], ...]:
    return tuple([a + b for a, b in zip(x, y, strict=True)] for x, y in zip(one, other, strict=True))


def _whole(face: _Face, changes: list[FloatArray]) -> FloatArray:
    """Coefficients for all states, Eq. (26): those of the face, and what is surely reached from there."""
    whole = []
    for number, change in enumerate(changes):
        reached: FloatArray = (change + face.coefficients[number]).max(axis=1)
        reached[face.inside[number]] = face.coefficients[number]
        whole.append(reached)
    return np.concatenate(whole)


def _row(members: Members, pool: int, face: _Face, values: FloatArray, level: FloatArray) -> FaceCut:
    """The cut whose coefficients, array (row of the pool), are given."""
    first, last = members.first_member[pool], members.first_member[pool + 1]
    rows = slice(int(members.first_row[first]), int(members.first_row[last]))
    cells = sparse.coo_array(values[None, :] @ members.indicator[rows])
    return FaceCut(
        pool=int(members.pools[pool]),
        height=face.constant + float(values @ level[rows]),
        constant=face.constant + float(values @ members.constant[rows]),
        columns=cells.coords[1].astype(np.int64),
        values=cells.data,
    )
