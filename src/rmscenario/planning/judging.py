"""Exact values of choices, and whether they keep every rule: the judge of what heuristics and solver propose."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rmscenario.constants import LIMIT_TOLERANCE
from rmscenario.emissions import CutFrame, evaluate, pool_products
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import Judged, RiskyCap
from rmscenario.planning.functional import Cap
from rmscenario.planning.objective import Objective
from rmscenario.planning.rows import Rows

#: [1] Excess over a hard cap, relative to max(1, cap), that is the solver's tolerance.
SOLVER_TOLERANCE = 1e-9
#: [1] Excess over the value of a held stage, relative to max(1, value), that is rounding.
HELD_TOLERANCE = 1e-9
#: [1] Feasibility tolerance of rounded plans on the rows.
ROW_TOLERANCE = LIMIT_TOLERANCE


@dataclass(slots=True)
class Judge:
    """Rows, hard targets and held stages of a search."""

    frame: CutFrame
    rows: Rows
    caps: list[Cap | RiskyCap] = field(default_factory=list)
    held: list[tuple[Objective, float]] = field(default_factory=list)

    def value(self, objective: Objective, choice: IntArray) -> float:
        """Exact value of an objective at a choice."""
        chosen = self.frame.columns_chosen(choice)
        products = self._products(choice)
        total = sum(functional.value(chosen, products) for functional in objective.functionals)
        if objective.linear is not None:
            total += float(objective.linear @ chosen[: len(objective.linear)])
        if objective.hinges:
            at = Judged(self.frame, choice)
            total += sum(factor * hinge.worth(at) for hinge, factor in objective.hinges)
        return total

    def _products(self, choice: IntArray) -> FloatArray:
        structure = self.frame.structure
        first_year = np.unique(self.frame.year_column, return_index=True)[1]
        return pool_products(structure, structure.table.deployed(choice)[:, first_year])

    def keeps(self, choice: IntArray) -> bool:
        """Whether a choice keeps rows, hard targets and held stages exactly."""
        return self.keeps_rows(choice) and not self.excesses(choice) and self._keeps_held(choice)

    def keeps_rows(self, choice: IntArray) -> bool:
        """Whether a choice keeps all rows."""
        rows, activity = self.rows, self.rows.matrix @ self.frame.columns_chosen(choice)
        slack = ROW_TOLERANCE * np.maximum(1.0, np.where(np.isfinite(rows.upper), np.abs(rows.upper), 0.0))
        return not ((activity > rows.upper + slack).any() or (activity < rows.lower - slack).any())

    def excesses(self, choice: IntArray) -> list[tuple[Cap | RiskyCap, float]]:
        """Hard targets that a choice exceeds, and by how much [the target's unit]."""
        at = Judged(self.frame, choice)
        over = [(cap, cap.over(at)) for cap in self.caps]
        return [(cap, much) for cap, much in over if much > SOLVER_TOLERANCE * max(1.0, abs(cap.line.cap))]

    def _keeps_held(self, choice: IntArray) -> bool:
        return all(
            self.value(objective, choice) <= value + HELD_TOLERANCE * max(1.0, abs(value))
            for objective, value in self.held
        )

    def leaves(self, choice: IntArray) -> FloatArray:
        """Exact quantities of a choice: array (leaf, year)."""
        return evaluate(self.frame.structure, choice).leaf
