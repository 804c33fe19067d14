"""What the project's texts may not say: figures of one region in the code, places of one machine, other words for things."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

from tests.project.files import ROOT, prose, sources, texts

REGION = ROOT / "models" / "midtjylland"
#: Words of other vocabularies, with the project's own.
OTHER_WORDS = {
    r"BAU|business as usual|baselines?": "background",
    r"MACC?": "price of a further point",
    r"robustness test": "stress test",
    r"actions?": "initiative",
    r"organi[sz]ational units?": "unit",
}


def rows(table: str) -> list[dict[str, str]]:
    """Rows of a table of the reference region, as Danish Excel writes them, with decimal points."""
    text = (REGION / f"{table}.csv").read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(text.splitlines(), delimiter=";"))
    return [{column: re.sub(r"^(\d+),(\d+)$", r"\1.\2", cell) for column, cell in row.items()} for row in found]


def constants(file: Path) -> list[object]:
    """Literal values in a file of code, docstrings among them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]


def telling(text: str) -> bool:
    """Whether a number has four digits that count, and is no year."""
    digits = text.partition("e")[0].replace(".", "").strip("0")
    return len(digits) >= 4 and not re.fullmatch(r"(19|20)\d\d", text)


def test_no_figure_of_the_reference_region_stands_in_the_code() -> None:
    cells = {cell for file in REGION.glob("*.csv") for row in rows(file.stem) for cell in row.values()}
    figures = {float(cell) for cell in cells if re.fullmatch(r"\d+(\.\d+)?", cell) and telling(cell)}
    assert len(figures) > 100
    found = {
        file.name: both
        for file in sources()
        if (both := figures & {x for x in constants(file) if isinstance(x, int | float) and telling(f"{x:.15g}")})
    }
    assert found == {}


def test_no_name_of_the_reference_region_stands_in_the_code() -> None:
    names = {row[column] for row in rows("units") for column in ("unit", "name_da", "name_en")}
    names |= {row["account"] for row in rows("accounts")} | {REGION.name}
    name = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    found = {
        file.name: both
        for file in sources()
        if (both := {x for x in constants(file) if isinstance(x, str) and name.search(x)})
    }
    assert found == {}


def test_no_text_names_a_place_of_one_machine_a_package_index_or_something_left_to_do() -> None:
    places = r"(?<![\w.])/(?:work|tmp|home|root|opt|mnt|Users)/\w|[A-Z]:\\\\?Users"
    indexes = r"pypi\.|pythonhosted|--(?:extra-)?index-url|--find-links|--trusted-host"
    left = r"\b(?:TODO|FIXME|XXX)\b"
    said = re.compile(f"{places}|{indexes}|{left}")
    found = {
        str(file.relative_to(ROOT)): words
        for file in texts()
        if file != Path(__file__) and (words := said.findall(file.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_pages_use_the_words_of_the_project() -> None:
    found = [
        f"{file.relative_to(ROOT)}: found {other!r}, say {ours!r}"
        for file in prose()
        for words, ours in OTHER_WORDS.items()
        for other in re.findall(rf"\b(?:{words})\b", file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_links_in_pages_lead_to_files_that_are_there() -> None:
    missing = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in prose()
        for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert missing == []
