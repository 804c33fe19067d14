"""What begins like a formula in an input is text in every output, whoever writes it."""

from __future__ import annotations

import ast
import csv
import html
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from openpyxl import load_workbook

from rmscenario.tables import load
from rmscenario.tables.columns import Kind, columns, row_types
from tests.cli.running import FEW, call
from tests.project.files import ROOT, SOURCE, sources
from tests.rounds.rounds import observation, write

#: What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
SIGNS = ("=", "+", "-", "@")
#: Columns of text that the program itself reads: units of measurement.
READ = {"measure"}
#: Modules that write files, and what of the commands below makes them do so; a new one must be added to both.
WRITERS = {
    "blocks/files.py": "regret",
    "cli/document.py": "no output of a region: the page on the commands",
    "reporting/agreements/__init__.py": "run",
    "reporting/dossiers/template.py": "round dossier",
    "reporting/figures/__init__.py": "run",
    "reporting/netcdf.py": "run",
    "reporting/workbook.py": "run, export",
    "rounds/recording.py": "round read-back",
    "rounds/store.py": "round",
    "run_folder/manifest.py": "run",
    "run_folder/scenario_file.py": "run",
    "run_folder/write.py": "run, export, drivers, regret, confidence",
    "tables/document.py": "no output of a region: the page on the tables",
    "tables/template.py": "init, which knows no region",
    "tables/writing.py": "run, round",
    "workflow/accounting.py": "account",
    "workflow/analyses/place.py": "drivers, signposts, regret, wait",
    "workflow/dossiers.py": "round dossier",
    "workflow/drawing.py": "run",
    "workflow/export.py": "export",
    "workflow/learning.py": "learn",
    "workflow/report.py": "report",
    "workflow/unverified.py": "plan, if it is interrupted",
    "workflow/writing.py": "run",
}
#: Waiting is asked of a plan that may miss its targets.
SOFT = ("--set", "targets[scopes-1-2-25].hard=no", "--set", "targets[scopes-1-2-25].shortfall_price=2000")
#: What writes a file, by the name it is called with.
WRITING = {
    "write_text", "write_bytes", "write_atomic", "write_rows", "write_table", "table_bytes", "write_json",
    "write_netcdf", "write_workbook", "write_region", "Workbook", "Document", "savefig", "copyfile", "netcdf_file",
}  # fmt: skip
#: What is no table, and holds names as text: arrays, pictures, JSON, pages, settings.
TEXTS = {".nc", ".svg", ".png", ".json", ".md", ".html", ".toml", ".npz", ".docx"}


def sign(text: str) -> str:
    """A text with one of the signs before it: always the same, so that texts that name each other still do."""
    return f"{SIGNS[crc32(text.encode()) % len(SIGNS)]}{text or 'a note'}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the tiny region, in which every text begins like a formula, and a scenario of it."""
    root = tmp_path_factory.mktemp("formulas")
    (root / "observed").mkdir()
    model = Path(shutil.copytree(ROOT / "models" / "tiny", root / "models" / "tiny"))
    for name, row_type in row_types().items():
        path = model / f"{name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        texts = {column.name for column in columns(row_type) if column.kind is Kind.TEXT} - READ
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([[sign(cell) if head in texts else cell for head, cell in zip(header, row, strict=True)] for row in rows])  # fmt: skip
    settings = model / "region.toml"
    settings.write_text(
        re.sub(r'^(name_..) = "', r'\1 = "=1+', settings.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    scenario = (ROOT / "scenarios" / "tutorial.toml").read_text("utf-8")
    scenario = re.sub(r'^(title_..|reason) = "', r'\1 = "=1+', scenario, flags=re.MULTILINE)
    (root / "scenarios").mkdir()
    (root / "scenarios" / "odd.toml").write_text(scenario, "utf-8")
    return root


@pytest.fixture(scope="module")
def outputs(project: Path) -> Path:
    """Folder of all that the commands write."""
    runs, model = project / "runs", project / "models" / "tiny"
    run = runs / "odd"
    observed = write(project / "observed" / "values.csv", observation(source="=Teknisk chef", note="-1"))
    answered = runs / "dossiers" / "2027-2028" / "HUS.xlsx"
    scenario = project / "scenarios" / "odd.toml"
    for arguments in (
        ("run", scenario, "--out", runs, "--name", "odd", *FEW, *SOFT),
        ("plan", scenario, "--out", runs, "--name", "other", "--no-figures"),
        ("stress", runs / "other", "--draws", 1_000),
        ("compare", run, runs / "other", "--out", runs / "compared"),
        ("drivers", run),
        ("signposts", run),
        ("regret", run, "--worlds", 4, "--workers", 1),
        ("wait", run, "--worlds", 4, "--clusters", 2, "--played", 0, "--workers", 1),
        ("worth", run, "--worlds", 40, "--plans", 1, "--workers", 1),
        ("account", model, "--out", runs / "account"),
        ("report", run),
        ("export", run, "--lang", "en"),
        ("export", run, "--lang", "da", "--out", runs / "danish"),
        ("round", "propose", "2027-2028", "--from", run, "--model", model),
        ("round", "dossier", "2027-2028", "--from", run, "--out", runs / "dossiers", "--model", model),
        (
            "round",
            "read-back",
            "2027-2028",
            answered,
            "--out",
            project / "scenarios" / "answers.toml",
            "--model",
            model,
        ),
        ("round", "sign", "2027-2028", "--model", model),
        ("round", "follow-up", "2027-2028", observed, "--model", model),
        ("learn", model, "--round", "2027-2028", "--out", runs),
    ):
        done = call(*arguments)
        assert done.exit_code in {0, 5}, f"{arguments[0]}: {done.stderr}"
    return project


def written(folder: Path, ending: str) -> list[Path]:
    """Files that the commands wrote, of an ending."""
    inputs = {*(folder / "models" / "tiny").iterdir(), *(folder / "observed").iterdir()}
    return sorted(path for path in folder.rglob(f"*{ending}") if path.is_file() and path not in inputs)


def cells(path: Path) -> Iterator[str]:
    """Cells of a CSV file."""
    text = path.read_text("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield from row


def test_the_texts_are_read_as_they_stand(project: Path) -> None:
    region = load(project / "models" / "tiny")
    odd = [row.note for row in region.sources]
    assert set(odd) == {sign("")}
    assert {row.name_da[0] for row in (*region.initiatives, *region.units, *region.targets)} == set(SIGNS)


def test_no_cell_of_a_csv_file_is_taken_for_a_formula(outputs: Path) -> None:
    found = written(outputs, ".csv")
    assert {"plan.csv", "limits.csv", "touched.csv", "initiatives.csv", "regret.csv", "wait.csv", "learnt.csv", "odd-iamc.csv", "commitments.csv", "follow_up.csv"} <= {
        re.sub(r"-[0-9a-f]{16}\b", "", path.name) for path in found
    }  # fmt: skip
    guarded = 0
    for path in found:
        for cell in cells(path):
            number = re.fullmatch(r"-?\d+([.,]\d+)?([eE][+-]?\d+)?", cell)
            assert number or not cell.startswith((*SIGNS, "\t", "\r")), f"{path.name}: {cell}"
            guarded += cell.startswith(tuple(f"'{each}" for each in SIGNS))
    assert guarded > 100


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(outputs: Path) -> None:
    found = written(outputs, ".xlsx")
    assert {"odd.xlsx", "HUS.xlsx"} <= {path.name for path in found}
    kept = 0
    for path in found:
        with zipfile.ZipFile(path) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in sheet or b"<f " in sheet or b"<hyperlink" in sheet for sheet in sheets), path.name
        for sheet in load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type in {"s", "n"}, f"{path.name}: {cell.value}"
                    kept += isinstance(cell.value, str) and cell.value.startswith(SIGNS)
    assert kept > 100


def test_pages_and_json_show_the_texts_as_they_are(outputs: Path) -> None:
    region = load(outputs / "models" / "tiny")
    names = [row.name_da for row in region.active_targets]
    pages = {path.name: path.read_text("utf-8") for path in written(outputs, ".html") + written(outputs, ".md")}
    assert {"report.html", "HUS.md", "drivers.md"} <= set(pages)
    assert all(name in html.unescape(pages["report.html"]) for name in names)
    assert all(name in pages["drivers.md"] for name in names)
    assert sign("LED-belysning") in pages["HUS.md"]
    with zipfile.ZipFile(outputs / "runs" / "dossiers" / "2027-2028" / "HUS.docx") as archive:
        document = archive.read("word/document.xml").decode()
    assert sign("LED-belysning") in document
    assert not re.search(r"<w:(instrText|fldSimple)[^>]*>\s*=", document)  # a field that calculates
    summary = json.loads((outputs / "runs" / "odd" / "summary.json").read_text("utf-8"))
    assert sorted(row["name_da"] for row in summary["targets"]) == sorted(names)


def test_every_file_is_of_a_kind_that_is_looked_at(outputs: Path) -> None:
    kinds = {path.suffix for path in written(outputs, "")}
    assert kinds <= TEXTS | {".csv", ".xlsx"}


def test_every_module_that_writes_is_known_here() -> None:
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if called in WRITING or (called == "open" and any(str(mode)[:1] in "wxa" for mode in modes if mode)):
                    found.add(path.relative_to(SOURCE).as_posix())
    assert found == set(WRITERS)
