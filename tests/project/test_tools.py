"""What the tools say about the project: format, lint, types and layers."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.project.files import ROOT

BESIDE_PYTHON = Path(sys.executable).parent
CHECKS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check"],
    "lint": [sys.executable, "-m", "ruff", "check"],
    "types": [sys.executable, "-m", "mypy"],
    "layers": [str(BESIDE_PYTHON / "lint-imports")],
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_tool_finds_nothing_to_mend(check: str) -> None:
    done = subprocess.run(CHECKS[check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def test_files_are_short_enough_to_be_about_one_theme() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for part in ("src", "tests")
        for file in sorted((ROOT / part).rglob("*.py"))
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_who_imports_the_package_gets_its_types() -> None:
    assert files("rmscenario").joinpath("py.typed").is_file()  # PEP 561
