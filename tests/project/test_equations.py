"""docs/formulation.md against the code: every equation has code, and code cites no equation that is not there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache

import pytest

from tests.project.files import ROOT, SOURCE, sources

PAGE = (ROOT / "docs" / "formulation.md").read_text(encoding="utf-8")
HEADINGS = [int(number) for number in re.findall(r"^### Eq\. \((\d+)\) \S", PAGE, re.MULTILINE)]
#: Equations that a plan's verification computes a second time; the others tell how a plan is found.
RECOMPUTED = {*range(1, 12), 13, *range(15, 22), 32}
#: Where an equation may be at home: its values, its rows or its cuts.
HOMES = {
    "emissions": {1, 2, 10, 22, 23, 24, 32},
    "options": {3, 4, 6},
    "money": {5, 7, 8, 9},
    "planning": {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 25, 26, 30},
    "risk": {27, 28, 29},
    "drivers": {31},
    "recourse": {33, 34, 35},
    "learning": {36, 37, 38, 40},
    "rounds": {39},
}


def cited(text: str) -> set[int]:
    """Numbers in "Eq. (3)", "Eqs. (3) and (4)", "Eqs. (3), (4)", "Eqs. (3)–(5)"."""
    found: set[int] = set()
    for run in re.findall(r"Eqs?\.\s+(\(\d+\)(?:\s*(?:,|and|or|–|, and)\s*\(\d+\))*)", text):
        numbers = [int(number) for number in re.findall(r"\d+", run)]
        found |= set(numbers)
        for first, last in re.findall(r"\((\d+)\)\s*–\s*\((\d+)\)", run):
            found |= set(range(int(first), int(last) + 1))
    return found


@cache
def docstrings() -> dict[str, set[int]]:
    """Equations cited in the docstrings of each part of the package."""
    found: dict[str, set[int]] = defaultdict(set)
    for file in sources():
        part = file.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                found[part] |= cited(ast.get_docstring(node) or "")
    return found


def test_citations_are_read_as_they_are_written() -> None:
    assert cited("Eq. (3); Eqs. (5) and (7), Eqs. (9)–(11) and Eqs. (20), (21)") == {3, 5, 7, 9, 10, 11, 20, 21}


def test_equations_are_numbered_in_order() -> None:
    assert list(range(1, len(HEADINGS) + 1)) == HEADINGS


def test_code_and_tests_cite_no_equation_that_is_not_there() -> None:
    for file in [*sources(), *(ROOT / "tests").rglob("*.py")]:
        if "project" not in file.parts:
            assert cited(file.read_text(encoding="utf-8")) <= set(HEADINGS), file.name


@pytest.mark.parametrize("part", HOMES)
def test_every_equation_has_code_where_it_is_at_home(part: str) -> None:
    assert HOMES[part] - docstrings()[part] == set()


def test_every_equation_has_one_home() -> None:
    assert sorted(number for numbers in HOMES.values() for number in numbers) == HEADINGS


def test_verification_cites_every_equation_that_it_computes_a_second_time() -> None:
    rows = (SOURCE / "verify" / "limits.py").read_text(encoding="utf-8")
    numbers = set(map(int, re.findall(r"_row\(\s*(\d+),", rows))) | set(map(int, re.findall(r"equation=(\d+)", rows)))
    assert RECOMPUTED - docstrings()["verify"] - numbers == set()


def test_every_set_has_its_name_in_code() -> None:
    table = PAGE.split("\n## Sets\n", 1)[1].split("\n## ", 1)[0]
    names = [row.split("|")[2].strip().strip("`") for row in table.splitlines() if row.startswith("| `")]
    assert len(names) > 10
    code = "\n".join(file.read_text(encoding="utf-8") for file in sources())
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
