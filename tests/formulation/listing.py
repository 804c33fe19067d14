"""The rows of the master on the tiny region as LP files, one per equation of `docs/formulation.md`.

`python -m tests.formulation.listing` writes them anew; read the difference before you keep it. The files hold rows only:
states are binary and pairs lie between 0 and 1 in every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from rmscenario import tables
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.rows import Rows

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "lp"
#: Digits of the coefficients in the files.
DIGITS = 10


@cache
def tiny() -> Problem:
    """The tiny region, arranged for planning."""
    return build_problem(tables.load(ROOT / "models" / "tiny"))


def column_names(problem: Problem) -> list[str]:
    """Names of the choice columns: states, then pairs of a state with an enabler's state."""
    table = problem.frame.structure.table
    states = [
        ".".join((*table.options[state.option].key, f"{state.level:g}", str(state.start))) for state in table.states
    ]
    pairs = [
        f"pair({states[one]}&{states[other]})"
        for one, other in zip(problem.frame.pair_state, problem.frame.pair_enabler, strict=True)
    ]
    return [f"state({name})" for name in states] + pairs


def equations(problem: Problem) -> set[int]:
    """Numbers of the equations that have rows in the master."""
    return {family.equation for family in problem.rows if family.labels}


def listing(problem: Problem, equation: int) -> str:
    """All rows of an equation in LP format, in their order in the master."""
    names = column_names(problem)
    rows = [line for family in problem.rows if family.equation == equation for line in _lines(family, names)]
    return "\n".join([f"\\ Eq. ({equation}) on the tiny region", "minimize", " obj:", "subject to", *rows, "end", ""])


def _lines(family: Rows, names: list[str]) -> Iterator[str]:
    matrix = family.matrix.tocsr()
    for number, label in enumerate(family.labels):
        part = slice(matrix.indptr[number], matrix.indptr[number + 1])
        terms = sorted(zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True))
        lower, upper = family.lower[number], family.upper[number]
        assert lower == upper or np.isinf(lower) != np.isinf(upper), f"{label}: neither one-sided nor an equation"
        sense = "=" if lower == upper else "<=" if np.isinf(lower) else ">="
        yield f" {re.sub(r'[^A-Za-z0-9.]+', '_', label.replace(':', '.'))}:"
        yield from (f"   {value:+.{DIGITS}g} {names[column]}" for column, value in terms if value != 0)
        yield f"   {sense} {lower if sense == '>=' else upper:.{DIGITS}g}"


if __name__ == "__main__":
    for found in sorted(equations(tiny())):
        (FOLDER / f"eq{found}.lp").write_text(listing(tiny(), found), encoding="utf-8")
