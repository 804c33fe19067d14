"""Draws in which some inputs have other values: those of another replicate, or chosen ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rmscenario.drivers.groups import BoolArray
from rmscenario.options.deployment import IntArray
from rmscenario.uncertainty import Drawn, Draws, UncertainInputs

Tables = dict[str, tuple[Drawn, ...]]


def tables_of(inputs: UncertainInputs) -> Tables:
    """What is drawn for each array of `Draws` but the delivery, row by row."""
    return {
        "effect": inputs.effects,
        "lift": inputs.lifts,
        "background": inputs.backgrounds,
        "capex": inputs.capex,
        "opex": inputs.opex,
        "saving": inputs.saving,
    }


def rows_of(inputs: UncertainInputs, members: BoolArray) -> dict[str, IntArray]:
    """Rows of each array of `Draws` that some inputs decide; arrays without such rows are left out.

    Parameters
    ----------
    members : array (input) bool
    """
    found = {
        name: [number for number, item in enumerate(rows) if item.input >= 0 and members[item.input]]
        for name, rows in tables_of(inputs).items()
    }
    found["delivered"] = [risk.option for risk in inputs.risks if members[risk.input]]
    return {name: np.asarray(rows, dtype=np.int64) for name, rows in found.items() if rows}


def exchanged(inputs: UncertainInputs, draws: Draws, other: Draws, members: BoolArray) -> Draws:
    """Draws with the values of some inputs taken from other ones.

    That is a draw of the same distribution where no common factor joins a member with an input that is none.
    """
    changed = {}
    for name, rows in rows_of(inputs, members).items():
        changed[name] = getattr(draws, name).copy()
        changed[name][rows] = getattr(other, name)[rows]
    if inputs.metered.input >= 0 and members[inputs.metered.input]:
        changed["metered"] = other.metered
    return replace(draws, **changed)
