"""Golden rows: every equation of the master as it stands for the tiny region."""

from __future__ import annotations

import re

import highspy
import numpy as np
import pytest
from scipy import sparse

from tests.formulation.listing import FOLDER, ROOT, column_names, equations, listing, tiny

GOLDEN = {int(file.stem.removeprefix("eq")): file for file in FOLDER.glob("eq*.lp")}


def documented() -> set[int]:
    """Numbers of the equations under "Constraints" in the formulation."""
    page = (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8")
    section = page.split("\n## Constraints\n", 1)[1].split("\n## ", 1)[0]
    return {int(number) for number in re.findall(r"^### Eq\. \((\d+)\)", section, re.MULTILINE)}


def test_every_documented_constraint_has_rows_on_the_tiny_region_and_a_golden_file() -> None:
    assert equations(tiny()) == documented() == set(GOLDEN)


@pytest.mark.parametrize("equation", sorted(GOLDEN))
def test_rows_are_the_golden_ones(equation: int) -> None:
    golden = GOLDEN[equation].read_text(encoding="utf-8")
    assert listing(tiny(), equation) == golden, "if meant: python -m tests.formulation.listing, and read the difference"


@pytest.mark.parametrize("equation", sorted(GOLDEN))
def test_the_solver_reads_a_golden_file_as_the_rows_it_is_given(equation: int) -> None:
    solver = highspy.Highs()
    solver.silent()
    assert solver.readModel(str(GOLDEN[equation])) == highspy.HighsStatus.kOk
    read = solver.getLp()
    assert read.a_matrix_.format_ == highspy.MatrixFormat.kColwise
    entries = (read.a_matrix_.value_, read.a_matrix_.index_, read.a_matrix_.start_)
    found = sparse.csc_array(tuple(np.asarray(part) for part in entries), shape=(read.num_row_, read.num_col_))
    families = [family for family in tiny().rows if family.equation == equation]
    order = [column_names(tiny()).index(name) for name in read.col_names_]
    expected = sparse.vstack([family.matrix for family in families]).tocsc()
    np.testing.assert_allclose(found.toarray(), expected[:, order].toarray(), rtol=1e-9)
    assert expected.count_nonzero() == found.count_nonzero()
    for bound, limits in (("lower", read.row_lower_), ("upper", read.row_upper_)):
        np.testing.assert_allclose(limits, np.concatenate([getattr(family, bound) for family in families]), rtol=1e-9)
