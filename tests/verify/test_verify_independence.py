"""Verification is a second copy only as long as it borrows nothing from the first."""

from __future__ import annotations

import ast
from pathlib import Path

import rmscenario.verify

ALLOWED = ("rmscenario.region", "rmscenario.plan", "rmscenario.errors", "rmscenario.constants", "rmscenario.verify")
STANDARD = {"__future__", "collections", "dataclasses", "enum", "itertools", "math", "typing"}


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


def test_verification_imports_the_region_the_plan_and_the_standard_library_alone() -> None:
    files = sorted(Path(next(iter(rmscenario.verify.__path__))).glob("*.py"))
    assert len(files) > 5
    borrowed = {
        name
        for file in files
        for name in imported(file)
        if name.split(".")[0] not in STANDARD and ".".join(name.split(".")[:2]) not in ALLOWED
    }
    assert borrowed == set()
