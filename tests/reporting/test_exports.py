"""A whole run as a workbook and in the IAMC format."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from rmscenario.reporting.exports import Exported, iamc, run_sheets
from rmscenario.reporting.exports.iamc import INDEX, part, parts, unit
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result
from rmscenario.reporting.sheets import Column, Form, cell_text
from rmscenario.reporting.workbook import write_workbook
from rmscenario.run_folder import Described
from rmscenario.scenario import PlanningOptions, StressOptions
from rmscenario.tables.writing import Notation, table_bytes
from rmscenario.verify import compare, recompute
from rmscenario.workflow.carry_out import Findings
from rmscenario.workflow.contents import limit_rows, plan_rows
from rmscenario.workflow.summary import summarise

MODEL = "rmscenario 1.0"
WHOLE = "Trial"
SHEETS = {
    Lang.DA: ["Overblik", "Mål", "Plan", "Rammer", "Mængder", "Penge", "Årsværk", "Bidrag", "Robusthedstest",
              "Ændrede værdier", "Kilder", "Dokumentation", "Oprindelse"],
    Lang.EN: ["Overview", "Targets", "Plan", "Limits", "Quantities", "Money", "Staff", "Contributions", "Stress test",
              "Touched values", "Sources", "Evidence", "Manifest"],
}  # fmt: skip
MANIFEST = {
    "made": "2027-01-01T00:00:00+00:00",
    "command": ("rmscenario", "run", "x.toml"),
    "versions": {"rmscenario": "1.0"},
    "inputs": {"x.toml": "0" * 64},
    "outputs": {"plan.csv": "1" * 64},
    "options": {"planning": {"gap": 0.001, "steps": ["stress"]}, "lang": "da"},
    "seconds": {"plan": 1.5},
}


def exported(result: Result, lang: Lang = Lang.EN) -> Exported:
    """What a run of this result would export."""
    recomputed = recompute(result.region, result.plan)
    findings = Findings(
        plan=result.plan,
        assessment=result.assessment,
        recomputed=recomputed,
        verification=compare(recomputed, result.assessment),
        stress=result.stress,
    )
    described = Described(
        name="trial",
        title_da="Prøven",
        title_en="Trial",
        description_da="",
        description_en="",
        sets=(),
        planning=PlanningOptions(),
        stress=StressOptions(),
        backcast=None,
    )
    return Exported(
        name="trial",
        result=result,
        starts=plan_rows(result.region, result.plan, result.assessment),
        limits=limit_rows(result.region, recomputed.limits, lang),
        touched=[{"table": "budgets", "key": "capex", "column": "amount", "old": "1", "new": "=1+1", "scenario": "x", "reason": "-1"}],
        summary=summarise(described, "priced", result.region, findings),
        manifest=MANIFEST,
    )  # fmt: skip


@pytest.fixture(scope="module")
def content(result: Result) -> Exported:
    return exported(result)


@pytest.fixture(scope="module")
def table(content: Exported) -> list[dict[str, Any]]:
    return iamc(content, model=MODEL)[1]


def years(row: dict[str, Any]) -> np.ndarray:
    return np.array([np.nan if value is None else value for key, value in row.items() if key not in INDEX])


def of(table: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    (row,) = (row for row in table if all(row[key] == value for key, value in wanted.items()))
    return row


def test_columns_are_those_of_the_format_and_then_the_years(content: Exported) -> None:
    columns, rows = iamc(content, model=MODEL)
    first, last = content.result.assessment["year"].to_numpy()[[0, -1]].tolist()
    assert columns == ("model", "scenario", "region", "variable", "unit", *map(str, range(first, last + 1)))
    assert all(tuple(row) == columns for row in rows)


def test_every_name_follows_the_rules_of_the_format(table: list[dict[str, Any]]) -> None:
    for row in table:
        assert row["model"] == MODEL
        assert row["scenario"] in {"trial", "trial background"}
        for key in INDEX:
            assert row[key] == row[key].strip() != ""
            assert "  " not in row[key]
        assert all(level and level == level.strip() for level in row["variable"].split("|"))
        assert not any("|" in row[key] for key in INDEX if key != "variable")
        assert re.fullmatch(r"1|FTE|(t CO2e|MWh|m3|t|DKK_\d{4})(/yr)?", row["unit"])


def test_no_series_stands_twice_and_a_variable_has_one_unit(table: list[dict[str, Any]]) -> None:
    keys = [tuple(row[key] for key in INDEX[:-1]) for row in table]
    assert len(set(keys)) == len(keys)
    units = defaultdict(set)
    for row in table:
        units[row["variable"]].add(row["unit"])
    assert all(len(found) == 1 for found in units.values())


def test_a_variable_that_has_parts_is_their_sum_in_each_region_and_scenario(table: list[dict[str, Any]]) -> None:
    found = {(row["scenario"], row["region"], row["variable"]): years(row) for row in table}
    above: dict[tuple[str, str, str], list[np.ndarray]] = defaultdict(list)
    for (scenario, region, variable), values in found.items():
        above[scenario, region, variable.rpartition("|")[0]].append(values)
    checked = [key for key in above if key in found]
    assert len(checked) > 20
    for key in checked:
        np.testing.assert_allclose(sum(above[key]), found[key], rtol=1e-12, atol=1e-9)


def test_the_units_sum_to_the_region_in_every_variable_that_units_have(table: list[dict[str, Any]]) -> None:
    places = {row["region"] for row in table}
    assert len(places) == 3
    sums: dict[tuple[str, str], list[np.ndarray]] = defaultdict(list)
    for row in table:
        if row["region"] != WHOLE:
            sums[row["scenario"], row["variable"]].append(years(row))
    assert len(sums) > 10
    for (scenario, variable), parts_of in sums.items():
        total = of(table, scenario=scenario, variable=variable, region=WHOLE)
        np.testing.assert_allclose(sum(parts_of), years(total), rtol=1e-12, atol=1e-9)


def test_plan_background_and_target_are_the_figures_of_the_run(content: Exported, table: list[dict[str, Any]]) -> None:
    footprint = of(table, scenario="trial", region=WHOLE, variable="Emissions|CO2e|Account, method 1")
    assert footprint["unit"] == "t CO2e/yr"
    plan = content.result.assessment.sel(stream="co2e@main")
    np.testing.assert_allclose(years(footprint), plan["quantity"].sum("source"))
    before = of(table, scenario="trial background", region=WHOLE, variable="Emissions|CO2e|Account, method 1")
    np.testing.assert_allclose(years(before), plan["background"].sum("source"))
    cost = of(table, scenario="trial", region=WHOLE, variable="Cost")
    assert cost["2030"] == pytest.approx(content.summary["cost"]["annual_2030"])
    assert cost["2026"] is None
    half = of(table, region=WHOLE, variable="Target|Half as much|Cap")
    assert (half["2029"], half["2030"]) == (None, content.summary["targets"][0]["cap"])


def test_quantiles_stand_under_the_name_of_their_percentile_in_the_years_tested(
    content: Exported, table: list[dict[str, Any]]
) -> None:
    assert content.result.stress is not None
    for scenario, prefix in (("trial", ""), ("trial background", "background_")):
        for quantile, said in (("p05", "5.0th"), ("p50", "50.0th"), ("p95", "95.0th")):
            row = of(table, scenario=scenario, variable=f"Target|Half as much|Drawn Residual|{said} Percentile")
            drawn = content.result.stress[f"{prefix}{quantile}"].sel(target="half")
            assert {key: row[key] for key in ("2027", "2028", "2029", "2030", "2035")} == {
                str(year): value for year, value in zip(drawn["year"].values, drawn.values, strict=True)
            }
            assert row["2031"] is None


def test_without_a_stress_test_there_are_no_quantiles_and_the_sheet_says_so(result: Result) -> None:
    content = exported(replace(result, stress=None))
    assert not [row for row in iamc(content, model=MODEL)[1] if "Percentile" in row["variable"]]
    (sheet,) = (sheet for sheet in run_sheets(content, Lang.EN) if sheet.short == "Stress test")
    assert sheet.rows == ()


def test_names_become_parts_of_variables_and_equal_ones_have_their_id_behind_them() -> None:
    assert part("  Heat | cold\n and  light ") == "Heat / cold and light"
    assert parts({"a": "Heat", "b": "heat ", "c": "Light"}) == {"a": "Heat (a)", "b": "heat (b)", "c": "Light"}
    assert parts({"cost": "Cost"}, taken=["Cost"]) == {"cost": "Cost (cost)"}


def test_units_are_written_as_the_format_writes_them() -> None:
    said = {measure: unit(measure, 2025) for measure in ("tCO2e/a", "tCO2e", "MWh/a", "m3/a", "t/a", "DKK/a", "FTE")}
    assert list(said.values()) == ["t CO2e/yr", "t CO2e", "MWh/yr", "m3/yr", "t/yr", "DKK_2025/yr", "FTE"]


@pytest.mark.filterwarnings("ignore")  # warnings of pyam about its own use of pandas
def test_pyam_opens_it_and_finds_its_sums(content: Exported, tmp_path: Path) -> None:
    pyam = pytest.importorskip("pyam", exc_type=ImportError)
    columns, rows = iamc(content, model=MODEL)
    (tmp_path / "iamc.csv").write_bytes(table_bytes("iamc.csv", rows, notation=Notation.PLAIN, columns=columns))
    frame = pyam.IamDataFrame(tmp_path / "iamc.csv")
    assert frame.scenario == ["trial", "trial background"]
    account = "Emissions|CO2e|Account, method 1"
    assert frame.filter(variable=f"{account}|*", level=0).variable
    assert frame.check_aggregate(account) is None
    assert frame.check_aggregate("Cost") is None
    units = [name for name in frame.region if name != WHOLE]
    assert frame.check_aggregate_region(account, region=WHOLE, subregions=units) is None


@pytest.fixture(scope="module")
def books(result: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Any]:
    folder = tmp_path_factory.mktemp("books")
    for lang in Lang:
        content = exported(result, lang)
        sheets = run_sheets(content, lang)
        write_workbook(folder / f"{lang}.xlsx", result.region, title="Trial", paragraphs=(), tables=sheets, lang=lang)
    return {lang: openpyxl.load_workbook(folder / f"{lang}.xlsx") for lang in Lang}


def records(sheet: Any) -> list[dict[str, Any]]:
    """Rows under the header, which stands where the filter does."""
    first = openpyxl.utils.range_boundaries(sheet.auto_filter.ref)[1]
    header, *rows = sheet.iter_rows(min_row=first, values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("lang", Lang)
def test_the_workbook_has_every_sheet_with_frozen_header_and_filter(books: dict[Lang, Any], lang: Lang) -> None:
    assert books[lang].sheetnames == SHEETS[lang]
    for sheet in books[lang].worksheets:
        first = openpyxl.utils.range_boundaries(sheet.auto_filter.ref)[1]
        assert sheet.freeze_panes == f"B{first + 1}"
        header = [cell.value for cell in sheet[first]]
        assert len(set(header)) == len(header)
        assert all(header)


@pytest.mark.parametrize("lang", Lang)
def test_numbers_are_numbers_and_no_text_is_a_formula(books: dict[Lang, Any], lang: Lang) -> None:
    for sheet in books[lang].worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
    touched = records(books[lang]["Ændrede værdier" if lang is Lang.DA else "Touched values"])
    assert list(touched[0].values()) == ["budgets", "capex", "amount", 1, "=1+1", "x", "-1"]


def test_amounts_are_those_of_the_run(books: dict[Lang, Any], content: Exported) -> None:
    book, assessment = books[Lang.EN], content.result.assessment
    target = records(book["Targets"])[0]
    row = content.summary["targets"][0]
    assert [target[key] for key in ("base", "cap", "plan", "shortfall", "met", "P95")] == [
        row["base"], row["cap"], row["residual"], row["shortfall"], "no", pytest.approx(row["p95"], rel=1e-15),
    ]  # fmt: skip
    quantities = [row for row in records(book["Quantities"]) if row["case"] == "plan" and row["quantity"] == "co2e"]
    in_account = [row["2030"] for row in quantities if row["account"] == "Account, method 1"]
    assert sum(in_account) == pytest.approx(float(assessment["quantity"].sel(stream="co2e@main", year=2030).sum()))
    money = records(book["Money"])
    outlay = [row["2028"] for row in money if row[next(iter(row))] == "Capex paid in the year"]
    assert sum(outlay[:-1]) == pytest.approx(outlay[-1])
    assert outlay[-1] == pytest.approx(float(assessment["capex_outlay"].sel(year=2028).sum()))
    shares = [row for row in records(book["Contributions"]) if row["counted"] == "share of the joint reduction"]
    assert sum(row["2030"] for row in shares) == pytest.approx(float(assessment["tonnes_in_plan"].sel(year=2030).sum()))


def test_evidence_and_sources_count_what_the_tables_say(books: dict[Lang, Any], content: Exported) -> None:
    for row in records(books[Lang.EN]["Evidence"]):
        shares = [value for key, value in row.items() if key != "part" and value is not None]
        assert shares == [] or sum(shares) == pytest.approx(1.0)
    named = [row["id"] for row in records(books[Lang.EN]["Sources"])]
    assert named == [row.reference for row in content.result.region.references]


def test_the_manifest_names_versions_hashes_and_options(books: dict[Lang, Any]) -> None:
    rows = [tuple(row.values()) for row in records(books[Lang.EN]["Manifest"])]
    assert ("version", "rmscenario", "1.0") in rows
    assert ("written (SHA-256)", "plan.csv", "1" * 64) in rows
    assert ("option", "planning.gap", 0.001) in rows
    assert ("option", "planning.steps", '["stress"]') in rows


def test_a_plain_number_has_the_decimals_it_has_and_no_more() -> None:
    column = Column(heading="", decimals=3, form=Form.PLAIN)
    assert [cell_text(value, column, Lang.DA) for value in (1234.5, 0.12345, 7, -2.0)] == [
        "1234,5",
        "0,123",
        "7",
        "-2",
    ]
