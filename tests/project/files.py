"""The files of the project, as the tests of the project see them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rmscenario"
#: Written elsewhere, and kept as it came.
VENDORED = SOURCE / "reporting" / "page" / "bundled" / "echarts"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def sources() -> list[Path]:
    """Python files of the package."""
    return sorted(SOURCE.rglob("*.py"))


def prose() -> list[Path]:
    """Pages that people read."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    return sorted([*pages, *(ROOT / "models").rglob("*.md"), *(ROOT / "scenarios").rglob("*.md")])


def texts() -> list[Path]:
    """Every text of the project: code, tests, tables, scenarios and pages."""
    folders = [ROOT / name for name in ("src", "tests", "benchmarks", "models", "scenarios", "docs", ".ci")]
    kinds = {".py", ".md", ".toml", ".csv", ".lp", ".json", ".txt", ".js", ".css", ".j2", ""}
    found = [file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix in kinds]
    found = [file for file in found if VENDORED not in file.parents]
    top = [file for file in ROOT.iterdir() if file.is_file() and file.suffix in kinds]
    return sorted([*found, *top])
