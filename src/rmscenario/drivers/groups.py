"""Uncertain inputs in groups: those that no common factor crosses, and those that planners speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from rmscenario.region import Region
from rmscenario.uncertainty import UncertainInputs

BoolArray = npt.NDArray[np.bool_]


class Sort(StrEnum):
    """What the inputs of a group are about."""

    BACKGROUND = "background"
    EFFECT = "effect"  # effects of initiatives and lifts of enablers
    DELIVERY = "delivery"
    COST = "cost"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of inputs.

    Attributes
    ----------
    name : str
        Id of the correlation group, track, category or group of categories; blank for delivery and cost.
    members : array (input) bool
    """

    sort: Sort
    name: str
    members: BoolArray

    @property
    def label(self) -> str:
        """Unique name: `background:grids`, `delivery`."""
        return f"{self.sort}:{self.name}" if self.name else str(self.sort)


_SORTS = {
    "effect": Sort.EFFECT,
    "lift": Sort.EFFECT,
    "background": Sort.BACKGROUND,
    "delivery": Sort.DELIVERY,
}


def sort_of(name: str) -> Sort:
    """What an input is about; what is neither effect, background nor delivery is cost."""
    return _SORTS.get(name.partition(":")[0], Sort.COST)


def initiative_of(name: str) -> str:
    """The initiative that an input speaks of: for a lift the enabler."""
    return name.split(":")[1].partition(">")[0]


def independent_groups(region: Region, inputs: UncertainInputs) -> tuple[Group, ...]:
    """Groups that no common factor crosses: Sobol indices of them mean what they say.

    Correlation groups as the tables name them; what is in none: effects by track, backgrounds by category. Delivery is
    one group, cost another. A correlation group across them joins what it crosses.
    """
    tracks = {row.initiative: row.track for row in region.initiatives}
    keys: list[tuple[Sort, str]] = []
    for item in inputs.inputs:
        sort = sort_of(item.name)
        if sort in (Sort.DELIVERY, Sort.COST):
            keys.append((sort, ""))
        elif item.factor is not None:
            keys.append((sort, item.factor.partition(":")[2]))
        else:
            subject = initiative_of(item.name)
            keys.append((sort, tracks[subject] if sort is Sort.EFFECT else subject))
    joined = {key: key for key in dict.fromkeys(keys)}
    crossed: dict[str, tuple[Sort, str]] = {}
    for item, key in zip(inputs.inputs, keys, strict=True):
        if item.factor is not None:
            one, other = joined[key], joined[crossed.setdefault(item.factor, key)]
            joined = {k: other if root == one else root for k, root in joined.items()}
    found: dict[tuple[Sort, str], list[int]] = {}
    for number, key in enumerate(keys):
        found.setdefault(joined[key], []).append(number)
    groups = []
    for (sort, name), numbers in found.items():
        alike = all(sort_of(inputs.inputs[number].name) is sort for number in numbers)
        groups.append(Group(sort=sort if alike else Sort.MIXED, name=name, members=_mask(len(keys), numbers)))
    return tuple(sorted(groups, key=_order))


def spoken_groups(region: Region, inputs: UncertainInputs) -> tuple[Group, ...]:
    """Groups that planners speak of: effects by track, backgrounds by group of categories, delivery, cost.

    Common factors may cross them, so that their shares of the spread are Shapley effects, not Sobol indices.
    """
    tracks = {row.initiative: row.track for row in region.initiatives}
    groups = {row.category: row.group for row in region.categories}
    found: dict[tuple[Sort, str], list[int]] = {}
    for number, item in enumerate(inputs.inputs):
        sort, name = sort_of(item.name), ""
        if sort is Sort.EFFECT:
            name = tracks[initiative_of(item.name)]
        elif sort is Sort.BACKGROUND:
            name = groups[initiative_of(item.name)]
        found.setdefault((sort, name), []).append(number)
    made = (
        Group(sort=sort, name=name, members=_mask(len(inputs.inputs), numbers))
        for (sort, name), numbers in found.items()
    )
    return tuple(sorted(made, key=_order))


def driver_of_category(region: Region) -> dict[str, str]:
    """What moves each category's background: its correlation group in the tables, or else its group of categories."""
    named = {
        row.subject: row.correlation_group
        for row in region.uncertainty
        if row.kind == "background" and row.correlation_group is not None
    }
    common = named.pop(None, None)
    return {row.category: named.get(row.category) or common or row.group for row in region.categories}


def _order(group: Group) -> tuple[int, int]:
    return list(Sort).index(group.sort), int(np.argmax(group.members))


def _mask(count: int, numbers: list[int]) -> BoolArray:
    mask = np.zeros(count, dtype=np.bool_)
    mask[numbers] = True
    return mask
