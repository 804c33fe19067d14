"""A run for other tools: beside the run, whole or not at all, and opened by what it is for."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
import xarray as xr
from openpyxl import load_workbook

from rmscenario.run_folder import HISTORY, read_manifest, read_run
from rmscenario.workflow import export as workflow
from rmscenario.workflow.interrupts import Interrupted
from tests.cli.running import beside, call, files, undated

NAMES = {"tutorial.xlsx", "tutorial-iamc.csv", "tutorial-quantities.nc", "tutorial-stress.nc"}


@pytest.fixture(scope="module")
def written(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the tutorial, in English."""
    run = Path(shutil.copytree(tutorial, tmp_path_factory.mktemp("exported") / "tutorial"))
    result = call("export", run, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.strip())


def test_it_stands_beside_the_run_which_stays_as_it_is_and_comes_out_the_same_again(
    written: Path, tutorial: Path
) -> None:
    run = written.parents[2] / "tutorial"
    assert written == beside(run.parent, "export")
    assert files(run) == files(tutorial)
    manifest = read_manifest(written)
    assert set(manifest.outputs) == NAMES == set(undated(written))
    assert manifest.inputs == read_run(tutorial).manifest.outputs
    before = undated(written)
    assert call("export", run, "--lang", "en").exit_code == 0
    assert undated(written) == before
    assert len(list((written.parent / HISTORY).iterdir())) == 1


def test_it_can_be_written_elsewhere_and_in_danish(tutorial: Path, tmp_path: Path) -> None:
    result = call("export", tutorial, "--out", tmp_path / "share")
    assert result.exit_code == 0
    assert result.stdout.strip() == (tmp_path / "share" / "export").as_posix()
    book = load_workbook(tmp_path / "share" / "export" / "tutorial.xlsx")
    assert book.sheetnames[0] == "Overblik"
    assert book["Plan"]["A1"].value == "Scenariet “Øvelse i Lillested” – Planens starter"


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    assert call("export", tmp_path).exit_code == 3
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["run_sheets", "iamc", "write_workbook"])
def test_interrupted_it_leaves_the_earlier_one(
    step: str, tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("export", tutorial, "--out", tmp_path).exit_code == 0
    before = files(tmp_path)

    def interrupted(*_: object, **__: object) -> None:
        raise Interrupted

    monkeypatch.setattr(workflow, step, interrupted)
    assert call("export", tutorial, "--out", tmp_path).exit_code == 130
    assert files(tmp_path) == before


def test_xarray_opens_its_arrays_as_netcdf_with_units(written: Path) -> None:
    for name in ("quantities", "stress"):
        with xr.open_dataset(written / f"tutorial-{name}.nc", engine="scipy") as dataset:
            assert dataset.attrs["Conventions"].startswith("CF-")
            assert dataset.attrs["region"] == "tiny"
            for key, variable in dataset.data_vars.items():
                if variable.dtype.kind == "f":
                    assert {"units", "ancillary_variables"} & set(variable.attrs), key
                assert variable.attrs["long_name"]
            assert 2030 in dataset["year"]


def test_the_workbook_has_the_figures_of_the_summary(written: Path, tutorial: Path) -> None:
    run = read_run(tutorial)
    book = load_workbook(written / "tutorial.xlsx")
    figures = {row[0]: row[1] for row in book["Overview"].iter_rows(values_only=True) if row[0]}
    assert figures["New starts"] == run.summary["starts"] == len(run.plan.starts)
    assert figures["Net present value (cost)"] == pytest.approx(run.summary["cost"]["npv"], rel=1e-15)
    assert figures["Draws of the stress test"] == 2000
    assert figures["Recomputed in agreement"] == "yes"
    touched = [row for row in book["Touched values"].iter_rows(values_only=True) if row[0] == "budgets"]
    with (tutorial / "touched.csv").open(encoding="utf-8", newline="") as file:
        assert len(touched) == sum(row["table"] == "budgets" for row in csv.DictReader(file)) > 0


@pytest.mark.filterwarnings("ignore")  # warnings of pyam about its own use of pandas
def test_pyam_opens_it_and_finds_units_and_parts_adding_up(written: Path) -> None:
    pyam = pytest.importorskip("pyam", exc_type=ImportError)
    frame = pyam.IamDataFrame(written / "tutorial-iamc.csv")
    whole = "Smallborough (invented)"
    units = [name for name in frame.region if name != whole]
    assert len(units) == 3
    assert frame.scenario == ["tutorial", "tutorial background"]
    for variable in frame.variable:
        if frame.filter(variable=variable, region=units).empty:
            continue
        assert frame.check_aggregate_region(variable, region=whole, subregions=units) is None, variable
        if not frame.filter(variable=f"{variable}|*").empty:
            assert frame.check_aggregate(variable) is None, variable
