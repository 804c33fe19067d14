"""Labels that stand apart."""

from __future__ import annotations

from collections.abc import Sequence


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """Heights moved as little as needed so that labels stand at least `apart` from each other."""
    order = sorted(range(len(heights)), key=lambda item: heights[item])
    groups: list[list[int]] = []  # neighbours that had to move together
    centre: list[float] = []
    for item in order:
        groups.append([item])
        centre.append(heights[item])
        while len(groups) > 1 and (centre[-1] - centre[-2] < apart * (len(groups[-1]) + len(groups[-2])) / 2.0):
            merged = groups[-2] + groups[-1]
            groups[-2:] = [merged]
            centre[-2:] = [sum(heights[member] for member in merged) / len(merged)]
    placed = list(heights)
    for members, middle in zip(groups, centre, strict=True):
        for position, member in enumerate(members):
            placed[member] = middle + apart * (position - (len(members) - 1) / 2.0)
    return placed
