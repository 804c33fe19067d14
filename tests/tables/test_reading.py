"""Reading regions: notations, encodings, units, rows and their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.errors import InputError
from rmscenario.region.initiatives import Effect, Money
from rmscenario.region.limits import Budget
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.tables import Loaded, Notation, Origin, check, freeze, load, read, validate_row, write_region
from tests.regions import region as small_region
from tests.tables.folder import folder, small


@pytest.mark.parametrize("notation", Notation)
def test_a_written_region_reads_back_as_the_same_region(notation: Notation, tmp_path: Path) -> None:
    model = load(folder(tmp_path / "first").path)
    write_region(tmp_path / "second", model, notation=notation)
    assert load(tmp_path / "second") == model


def test_reading_converts_and_changes_nothing_else(tmp_path: Path) -> None:
    model, given = load(folder(tmp_path / "region").path), small()
    for name in ("sources", "effects", "targets", "initiatives", "delivery", "rounds", "uncertainty", "segments"):
        assert model.table(name) == given.table(name)
    assert [row.amount for row in model.budgets] == [row.amount for row in given.budgets]


def test_semicolons_with_points_are_read(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.spell("sources.csv", "100,5", "100.5")
    region.spell("sources.csv", "200,25", "200.25")
    region.spell("sources.csv", "400,5", "400.5")
    assert [row.value for row in load(region.path).sources] == [row.value for row in small().sources]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_danish_letters_and_any_line_ending_are_read(encoding: str, ending: str, tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    text = ending.join(["skill;name_da;name_en", "engineer;Ingeniør på Ærø;Engineer", ""])
    (region.path / "skills.csv").write_bytes(text.encode(encoding))
    assert load(region.path).skills[0].name_da == "Ingeniør på Ærø"


def test_rows_know_their_place_as_a_spreadsheet_numbers_it(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    text = 'initiative;excludes;note\nLED;HEAT;"two\nlines"\n;;\n"PV";HEAT;d\n'
    (region.path / "exclusions.csv").write_text(text, encoding="utf-8")
    loaded = read(region.path)
    assert [(entry.row.initiative, entry.file, entry.line) for entry in loaded.rows["exclusions"]] == [
        ("LED", "exclusions.csv", 2),
        ("PV", "exclusions.csv", 4),
    ]


def test_blank_cells_take_the_defaults_and_optional_columns_may_be_left_out(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    cells = region.read("running")
    keep = [position for position, name in enumerate(cells[0]) if name not in ("level", "note")]
    region.write("running", [[row[position] for position in keep] for row in cells])
    region.set("initiatives", 2, "renew", "")
    model = load(region.path)
    assert model.running[0].level == 1.0
    assert model.initiatives[0].renew is True


def test_amounts_are_converted_into_the_units_used_inside(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.set("sources", 6, "measure", "GWh")
    region.set("money", 2, "amount", "1,5")
    region.set("money", 2, "measure", "mio. kr.")
    region.set("prices", 2, "price", "1,2")
    region.set("prices", 2, "measure", "kr./kWh")
    region.set("targets", 3, "base", "170")
    region.set("targets", 3, "measure", "kt")
    region.set("budgets", 2, "measure", "t.kr.")
    region.set("account_history", 2, "measure", "kt")
    model = load(region.path)
    assert (model.sources[4].value, model.sources[4].measure) == (400_500.0, "MWh/a")
    assert (model.money[0].amount, model.money[0].measure) == (1_500_000.0, "DKK")
    assert (model.prices[0].price, model.prices[0].measure) == (1_200.0, "DKK/MWh")
    assert (model.targets[1].base, model.targets[1].measure) == (170_000.0, "tCO2e/a")
    assert (model.budgets[0].amount, model.budgets[0].measure) == (5_000_000_500.0, "DKK/a")
    assert model.account_history[0].value == 500_500.0


def test_texts_that_look_like_markup_are_left_as_they_are(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.set("units", 2, "name_en", "{x} [red]A[/red] =1")
    assert load(region.path).units[0].name_en == "{x} [red]A[/red] =1"


def test_a_region_without_initiatives_is_a_region(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    for table in ("initiatives", "delivery"):
        region.write(table, region.read(table)[:1])
    for path in region.path.glob("*.csv"):
        if path.stem in {"levels", "effects", "money", "staff", "prerequisites", "exclusions", "enablers"} | {
            "duties",
            "commitments",
            "outlook",
            "minimum_starts",
            "running",
            "indicators",
        }:
            path.unlink()
    assert load(region.path).initiatives == ()


def test_markdown_and_hidden_files_may_stand_beside_the_tables(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    for name in ("README.md", ".DS_Store", "~$units.csv"):
        (region.path / name).write_text("x", encoding="utf-8")
    assert region.faults() == ()


def test_faults_of_all_files_are_raised_together_and_at_most_twenty_are_shown(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.set("units", 2, "fte", "x")
    region.set("sources", 2, "category", "ell")
    region.set("rounds", 4, "first_year", "2028")
    region.spell("region.toml", 'account = "main"', 'account = "mian"')
    assert {fault.file for fault in region.faults()} == {"units.csv", "sources.csv", "rounds.csv", "region.toml"}
    for number in range(30):
        region.add("rounds", round=f"X{number}", first_year="99")
    with pytest.raises(InputError) as caught:
        load(region.path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"… and {len(caught.value.faults) - 20} more"


def test_a_table_that_cannot_be_read_makes_no_faults_in_the_tables_that_name_it(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.set("units", 2, "unit", "")
    assert [str(fault) for fault in region.faults() if fault.file != "units.csv"] == []


@pytest.mark.parametrize("name", ["skills.csv", "region.toml"])
def test_a_file_that_another_program_holds_is_a_fault(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, read_bytes = folder(tmp_path / "region"), Path.read_bytes

    def held(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    assert (
        f"{name}: found a file that cannot be opened (Permission denied), expected a file that can be read; "
        in "".join(str(fault) for fault in region.faults())
    )


def test_no_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load(tmp_path / "none")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="found a file, expected the folder of a region"):
        load(tmp_path / "file")


def test_a_changed_row_is_validated_as_a_read_one() -> None:
    effect = small_region(effects=[("LED", "el", 0.3)]).effects[0]
    origin = Origin(file="slow.toml", line=7)
    changed = validate_row(Effect, effect.model_dump() | {"high": 1}, origin)
    assert changed.high == 1.0
    with pytest.raises(InputError) as caught:
        validate_row(Effect, effect.model_dump() | {"high": 1.5, "basis": "sorce", "hihg": 1}, origin)
    assert [str(fault) for fault in caught.value.faults] == [
        "slow.toml:7: basis: found 'sorce', expected one of source, region, absolute; did you mean 'source'?",
        "slow.toml:7: hihg: found an unknown column 'hihg', expected a column of effects; did you mean 'high'?",
    ]
    with pytest.raises(InputError, match="low ≤ mode ≤ high"):
        validate_row(Effect, effect.model_dump() | {"low": 0.5}, origin)
    with pytest.raises(InputError, match=r"found '0\.5', expected a number; write digits alone"):
        validate_row(Effect, effect.model_dump() | {"low": "0.5"}, origin)
    with pytest.raises(InputError, match="kind: found no value"):
        validate_row(Money, {"initiative": "LED"}, origin)


def test_rows_changed_after_reading_are_checked_again(tmp_path: Path) -> None:
    loaded = read(folder(tmp_path / "region").path)
    assert check(loaded) == ()
    entries = loaded.rows["duties"]
    changed = tuple(
        type(entry)(row=entry.row.model_copy(update={"initiative": "LEDS"}), file=entry.file, line=entry.line)
        for entry in entries
    )
    spoiled = Loaded(settings=loaded.settings, rows={**loaded.rows, "duties": changed})
    with pytest.raises(InputError, match=r"duties\.csv:2: initiative: found 'LEDS'"):
        freeze(spoiled)


def test_budgets_of_capex_and_opex_are_amounts_in_their_year(tmp_path: Path) -> None:
    model = load(folder(tmp_path / "region").path)
    assert {row.kind for row in model.budgets if isinstance(row, Budget)} == {MoneyKind.CAPEX, MoneyKind.OPEX}


@pytest.mark.parametrize(("settings", "found"), [(False, "no region.toml and no tables"), (True, "no tables")])
def test_a_folder_that_holds_no_region_is_one_fault(settings: bool, found: str, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    if settings:
        (tmp_path / "none" / "region.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load(tmp_path / "none")
    (fault,) = error.value.faults
    assert str(fault).startswith(
        f"none: found {found}, expected the folder of a region; name a folder that holds region.toml"
    )
