"""Every kind of bad input is a fault at its file, row and column, and nothing is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, InputError
from rmscenario.tables import load
from rmscenario.tables.checks.links import LINKS
from tests.tables.folder import folder
from tests.tables.spoiled import Case, added, cell, instead, no_staff, partly, raw, setting, too_few_starts

SKILLS = "skill;name_da;name_en\n"

CELLS = [
    cell("sources", 2, "value", "", name="a blank number"),
    cell("sources", 4, "unit", "", name="a blank id"),
    cell("sources", 2, "value", "NaN"),
    cell("sources", 2, "value", "inf"),
    cell("sources", 2, "value", "1e999"),
    cell("sources", 2, "value", "#N/A"),
    cell("sources", 2, "value", "12 t"),
    cell("sources", 2, "value", "-5", name="a negative amount"),
    cell("sources", 2, "value", "1.234,5", name="a thousands separator"),
    cell("sources", 2, "value", "1.234.567", name="two thousands separators"),
    cell("sources", 2, "value", "1 234", name="a blank as thousands separator"),
    cell("sources", 2, "value", "1.5", name="a decimal point among commas"),
    cell("sources", 2, "value", "1.234", name="a number in the thousands or not, among commas"),
    cell("sources", 2, "measure", "tons", name="an unknown unit of measurement"),
    cell("sources", 2, "measure", "GWh", name="a unit of measurement of another kind"),
    cell("sources", 2, "measure", "%", name="percent as unit of measurement"),
    cell("money", 2, "measure", "mio. kr./år", name="a yearly capex"),
    cell("prices", 2, "measure", "kr.", name="a price without amount"),
    cell("quantities", 3, "measure", "GWh/a", name="a quantity that is not counted in a unit used inside"),
    cell("targets", 2, "reduction", "67", name="percent as a number"),
    cell("targets", 2, "reduction", "67 %", name="percent with its sign"),
    cell("targets", 2, "year", "30", name="a year with two digits"),
    cell("targets", 2, "year", "2030.0", name="a year with decimals"),
    cell("targets", 2, "year", "47484", name="a date as a spreadsheet stores it"),
    cell("targets", 2, "year", "01-01-2030", name="a date for a year"),
    cell("targets", 2, "year", "2051", name="a target after the period"),
    cell("targets", 2, "active", "ja", name="a flag in Danish"),
    cell("targets", 2, "form", "froms", name="a misspelt word"),
    cell("targets", 2, "level", "5", name="both reduction and level"),
    cell("effects", 2, "visible_in_account", "1,2"),
    cell("effects", 2, "visible_in_account", "half"),
    Case(
        "a factor below its least",
        lambda region: region.set("accounts", 2, "factor_low", "1,5"),
        "accounts.csv",
        2,
        "factor",
    ),
    cell("account_events", 2, "kind", "accident"),
    cell("account_events", 2, "account", "nobody"),
    cell("account_events", 2, "boundary", "somewhere"),
    cell("account_events", 2, "measure", "kWh"),
    cell("account_events", 2, "mode", "999", name="an event above its most"),
    added("account_events", 3, "kind", name="an event of two kinds", year="2025", kind="activity"),
    added("account_events", 3, "boundary", name="an event in two places", year="2025", boundary="energy"),
    added("targets", 5, "reduction", name="neither reduction nor level", target="T", level=""),
    cell("targets", 3, "base", "", name="no base for 1990"),
    added("targets", 5, "share_of", name="a share of nothing", target="T", share="0,7"),
    added("targets", 5, "share", name="a whole without share", target="T", share_of="energy"),
    added("targets", 5, "share_of", name="a quantity that is its own whole", target="T", share_of="co2e", share="0,7"),
    added("targets", 5, "cvar", name="two risks of one target", target="T", confidence="0,8", cvar="0,9"),
    added("targets", 5, "confidence", name="a confidence of all draws", target="T", confidence="1"),
    added("targets", 5, "confidence", name="a confidence in percent", target="T", confidence="80"),
    added("targets", 5, "confidence", name="a negative confidence", target="T", confidence="-0,8"),
    added("targets", 5, "cvar", name="a mean of none of the draws", target="T", cvar="1"),
    cell("levels", 2, "level", "0", name="no level"),
    added("targets", 5, "share_of", name="an unknown whole", target="T", share_of="waste", share="0,7"),
    cell("targets", 2, "until", "2029", name="a target that ends before it begins"),
    cell("targets", 2, "quantity", "water", name="an unknown quantity"),
    cell("effects", 2, "mode", "0,2", name="low above mode"),
    cell("effects", 2, "high", "1,2", name="an effect above 1"),
    cell("effects", 4, "high", "0,5", name="an effect larger than its segment"),
    cell("effects", 2, "on", "acivity", name="a misspelt activity"),
    cell("effects", 4, "segment", "fod", name="a misspelt segment"),
    added(
        "effects",
        6,
        "on",
        name="an absolute amount of an activity",
        initiative="LED",
        category="goods",
        basis="absolute",
    ),
    cell("segments", 3, "weight", "0,7", name="weights above 1"),
    cell("enablers", 2, "high", "2", name="a lift that removes more than all"),
    cell("prerequisites", 2, "requires", "PV", name="an initiative that requires itself"),
    cell("exclusions", 2, "excludes", "LED", name="an initiative that excludes itself"),
    cell("delivery", 2, "initiative", "LEDS", name="an unknown initiative"),
    cell("delivery", 7, "unit", "B", name="two carriers of a group-wide initiative"),
    cell("initiatives", 2, "track", "tracks", name="an unknown track"),
    cell("initiatives", 2, "latest", "2026", name="latest before earliest"),
    cell("initiatives", 2, "lifetime", "0", name="no lifetime"),
    cell("initiatives", 2, "half_life", "0", name="no half-life"),
    cell("money", 2, "price_year", "2020", name="another price year"),
    cell("money", 2, "reference", "unknown", name="an unknown reference"),
    Case("a category without background", lambda region: region.drop("background", 4), "sources.csv", 4, "category"),
    added("background", 6, "mode", name="a strong decline weaker than the mode", year="2030", strong="1,2"),
    added("background", 6, "mode", name="a base year away from 1", year="2026", weak="2", mode="2", strong="2"),
    added("background", 6, "year", name="a background before the base year", year="2018"),
    cell("running", 2, "unit", "C", name="a unit that runs what it does not deliver"),
    cell("running", 2, "initiative", "FOO", name="a running initiative nobody knows"),
    cell("duties", 2, "latest", "2026", name="a duty that cannot start"),
    cell("minimum_starts", 2, "at_least", "4", name="more starts than candidates"),
    Case(
        "less room for starts than duties and minimum starts ask for", too_few_starts, "start_limits.csv", 3, "at_most"
    ),
    Case("no staff in any unit, where an enabler lifts by it", no_staff, "units.csv", 2, "fte"),
    cell("sources", 2, "value", "1e16", name="an amount that nobody has"),
    cell("money", 2, "amount", "2e15", name="money that nobody has"),
    cell("rounds", 4, "first_year", "2028", name="rounds that overlap"),
    cell("rounds", 3, "last_year", "2026", name="a round that ends before it begins"),
    cell("delivery_risk", 2, "cancelled", "0,8", name="probabilities above 1"),
    Case("partial uptake that makes them more than 1", partly("0,7", "0,5"), "delivery_risk.csv", 2, "cancelled"),
    Case("partial uptake without its share", partly("0,2", ""), "delivery_risk.csv", 2, "partial_uptake"),
    cell("delivery_risk", 2, "partial_uptake", "1,2", name="more taken up than there is"),
    cell("delivery_risk", 2, "partial", "-0,1", name="a probability below 0"),
    cell("uncertainty", 2, "mode", "1", name="a factor where effects have their own"),
    cell("uncertainty", 3, "high", "", name="a distribution without its high value"),
    cell("budgets", 2, "kind", "saving_cashable", name="a budget of savings"),
    cell("categories", 2, "scope3_category", "4", name="a scope 3 category in scope 2"),
    cell("boundaries", 3, "group", "enrgy", name="a misspelt group"),
    added("prices", 4, "kind", name="a value on carbon of energy", quantity="energy", measure="kr./MWh"),
]

IDS = [
    cell("units", 2, "unit", "=cmd|'/c calc'!A1", name="a formula as id"),
    cell("units", 2, "unit", "../../x", name="a path as id"),
    cell("units", 2, "unit", "CON", name="a device as id"),
    cell("units", 2, "unit", "x" * 300, name="a very long id"),
    cell("units", 2, "unit", "A\u202eB", name="an id that turns the direction of writing"),
    cell("units", 2, "name_en", "A\x1b[31m", name="a name that colours the terminal"),
    cell("units", 2, "name_en", "x" * 201, name="a very long name"),
    cell("units", 2, "name_en", "two\nlines", name="a name of two lines"),
    added("units", 4, "unit", name="an id twice", unit="A"),
    added("units", 4, "unit", name="an id that differs by capitals", unit="a"),
    added("units", 4, "unit", name="an id that differs by a blank", unit="A "),
    Case(
        "an id composed otherwise",
        lambda region: (region.add("units", unit="Århus"), region.add("units", unit="A\u030arhus")),
        "units.csv",
        5,
        "unit",
    ),
    added("sources", 7, "unit+category+quantity", name="a key of three twice"),
    added("exclusions", 3, "excludes", name="a pair the other way round", initiative="HEAT", excludes="LED"),
    added("exclusions", 3, "excludes", name="a pair of which one requires the other", initiative="PV", excludes="LED"),
    added("prerequisites", 3, "requires", name="a cycle of prerequisites", initiative="LED", requires="PV"),
    added("money", 5, "year_since_start", name="money in one row and by year", year_since_start="2"),
    added("initiatives", 7, "initiative", name="an initiative nobody carries out", initiative="NEW"),
    added("effects", 6, "account", name="an effect on energy in one account", on="energy", account="main"),
    added("uncertainty", 4, "correlation", name="two correlations of a group", kind="saving", correlation_group="g"),
]

FILES = [
    raw("skills", None, None, b"", name="an empty file"),
    raw("units", 1, None, "\ufeffunit;name_da;name_en;fte;reference;grade\r\n".encode(), name="a header alone"),
    raw("skills", None, None, "skill;name_da;name_en".encode("utf-16"), name="UTF-16"),
    raw("skills", 3, None, f"{SKILLS}a;b;c\nx\0;y;z\n".encode(), name="a NUL byte"),
    raw(
        "skills", None, None, b"\xef\xbb\xbf" + SKILLS.encode() + b"a;\xe6;c\n", name="a mark of UTF-8 and other bytes"
    ),
    raw("skills", 1, None, b"skill\tname_da\tname_en\n", name="tabs"),
    raw("skills", 1, None, b"skill;name_da,name_en\n", name="two delimiters"),
    raw("skills", 1, "skill", b"skill;skill;name_da;name_en\n", name="a column twice"),
    raw("skills", 1, "name_en", b"skill;name_da\nengineer;b\n", name="a missing column"),
    raw("skills", 1, "nam_en", b"skill;name_da;nam_en\nengineer;b;c\n", name="a misspelt column"),
    raw("skills", 1, None, b"\nskill;name_da;name_en\n", name="a blank row before the header"),
    raw("skills", 2, None, f"{SKILLS}engineer;b\n".encode(), name="a cell too few"),
    raw("skills", 2, None, f"{SKILLS}engineer;b;c;d\n".encode(), name="a cell too many"),
    raw("skills", 2, None, f'{SKILLS}engineer;"b;c\n'.encode(), name="a quote without its pair"),
    raw("skills", 2, None, f"{SKILLS}engineer;{'b' * 200_000};c\n".encode(), name="a cell without end"),
    raw("skills", 200_002, None, SKILLS.encode() + b"a;b;c\n" * 1_000_000, name="a million rows"),
    raw("skills", None, None, b" " * 50_000_001, name="a file that is too large"),
    raw("unit", None, None, b"unit\n", name="a misspelt table"),
    raw(
        "outlay_shares",
        3,
        "max_share",
        b"unit;max_share;reference;grade\nA;0,5;made-up;assumption\nB;0.5;made-up;assumption\n",
        name="two decimal signs in one file",
    ),
    raw(
        "levels",
        2,
        "level",
        b"initiative;level\nPV;1.000\n",
        name="a number in the thousands or not, alone",
    ),
    raw(
        "exclusions",
        5,
        "excludes",
        b'initiative;excludes;note\nLED;HEAT;"two\nlines"\nPV;HEAT;"three\n\nlines"\n;;\nPV;;\n',
        name="a fault below quoted lines",
    ),
    Case("a missing table", lambda region: (region.path / "units.csv").unlink(), "units.csv", None, None),
    Case("a folder among the tables", lambda region: (region.path / "old").mkdir(), "old", None, None),
    instead("money.csv", Path.mkdir, case="a folder with the name of a table"),
    instead("money.csv", os.mkfifo, case="a pipe with the name of a table"),
    instead("money.csv", lambda path: path.symlink_to("none"), case="a broken link with the name of a table"),
    instead("money.csv", lambda path: path.symlink_to(path.name), case="a link to itself with the name of a table"),
    instead("region.toml", os.mkfifo, case="a pipe with the name of the settings"),
    Case(
        "a folder with the name of the workbook",
        lambda region: (region.path / "region.xlsx").mkdir(),
        "region.xlsx",
        None,
        None,
    ),
    Case("no quantity co2e", lambda region: region.drop("quantities", 2), "quantities.csv", None, None),
]

SETTINGS = [
    Case("no settings", lambda region: (region.path / "region.toml").unlink(), "region.toml", None, None),
    setting("confirmed", "confirmd", 4, "confirmd", name="a misspelt key"),
    setting("confirmed = false", 'confirmed = "no"', 4, "confirmed", name="a text for a truth value"),
    setting("confirmed = false", f"confirmed = {'[' * 5000}{']' * 5000}", None, None, name="values nested without end"),
    setting("confirmed = false", f"confirmed = {'[' * 300}{']' * 300}", None, None, name="values nested far too deep"),
    setting("base_year = 2026", "base_year = 2026.0", 5, "base_year", name="a base year with decimals"),
    setting("base_year = 2026", "base_year = ", 5, None, name="a key without value"),
    setting("last_start = 2030", "last_start = 2020", 8, "last_start", name="a last start before the first year"),
    setting("end_year = 2036", "end_year = 2029", 9, "end_year", name="an end before the last start"),
    setting('account = "main"', 'account = "mian"', 10, "account", name="an unknown account"),
    setting("from_year = 36", "from_year = 1", 19, "discount.2.from_year", name="a discount step twice"),
    setting("rate = 0.025", "rate = 2.5", 20, "discount.2.rate", name="a rate in percent"),
    setting("rate = 0.025", "rate = nan", 20, "discount.2.rate", name="a rate that is no number"),
    setting('reference = "made-up"', 'reference = "x"', 15, "discount.1.reference", name="a step without source"),
]

#: Whole faults, by the name of their case.
TEXTS = {
    "a blank number": "sources.csv:2: value: found a blank cell, expected a number of at least 0; fill it in",
    "a negative amount": "sources.csv:2: value: found '-5', expected a number of at least 0; "
    "write the amount without a sign",
    "a thousands separator": "sources.csv:2: value: found '1.234,5', expected a number without thousands separators; "
    "write 1234,5",
    "two thousands separators": "sources.csv:2: value: found '1.234.567', expected a number without thousands "
    "separators; write 1234567",
    "a number in the thousands or not, among commas": "sources.csv:2: value: found '1.234', expected a decimal comma "
    "as in the rest of the file; write 1234 or 1,234, whichever is meant",
    "a number in the thousands or not, alone": "levels.csv:2: level: found '1.000', expected a number that can be read "
    "in one way; write 1000 if it is in the thousands, else 1.0000",
    "a unit of measurement of another kind": "sources.csv:2: measure: found 'GWh', expected a unit that converts to "
    "tCO2e/a; write one of t, ton, kg, kt, Mt, tCO2e, kgCO2e, ktCO2e, MtCO2e",
    "a yearly capex": "money.csv:2: measure: found 'mio. kr./år', expected a unit that converts to DKK; "
    "it is an amount once, not a yearly one: drop '/år'",
    "a price without amount": "prices.csv:2: measure: found 'kr.', expected a unit that converts to DKK/MWh; "
    "write money per amount, such as kr./MWh",
    "percent as a number": "targets.csv:2: reduction: found '67', expected a number from 0 to 1; write 0,67 for 67 %",
    "percent with its sign": "targets.csv:2: reduction: found '67 %', expected a number from 0 to 1, without %; "
    "write 0,67",
    "a year with two digits": "targets.csv:2: year: found '30', expected a year with four digits; "
    "write all four digits, such as 2030",
    "a year with decimals": "targets.csv:2: year: found '2030.0', expected a year with four digits; write 2030",
    "a date as a spreadsheet stores it": "targets.csv:2: year: found '47484', expected a year with four digits; "
    "this looks like a date as spreadsheets store it; write the year alone",
    "no base for 1990": "targets.csv:3: base: found a blank cell, expected the amount that the reduction is measured "
    "from: sources are of 2026, not of 1990; fill in base and its measure",
    "a misspelt word": "targets.csv:2: form: found 'froms', expected one of from, cumulative; did you mean 'from'?",
    "an effect larger than its segment": "effects.csv:4: high: found 0.5 of the whole source, expected at most 0.4, "
    "the weight of segment 'food'; an effect on a segment is a share of the whole source: lower it, "
    "or raise the weight",
    "a lift that removes more than all": "enablers.csv:2: high: found a lift that makes 'FOOD' remove 1.5 of 'goods', "
    "expected effect × (1 + lifts) of at most 1; lower the lift, or the effect in row 4 of effects.csv",
    "an unknown initiative": "delivery.csv:2: initiative: found 'LEDS', expected an id of initiatives; "
    "did you mean 'LED'?",
    "a duty that cannot start": "duties.csv:2: latest: found '2026', expected a year by which it can start; "
    "its possible starts are 2027–2030; move the year, open a round, or correct earliest and latest of the initiative",
    "more starts than candidates": "minimum_starts.csv:2: at_least: found 4, where 3 can start in 'A', "
    "expected at most 3 for track 'track' there; lower the number, or let the unit carry out more initiatives",
    "a cycle of prerequisites": "prerequisites.csv:3: requires: found a cycle PV → LED → PV, "
    "expected prerequisites that end; remove one row of the cycle",
    "an id that differs by capitals": "units.csv:4: unit: found 'a', which stands in row 2 already, "
    "expected keys that differ by more than capitals; merge or remove one of the two rows",
    "an id that turns the direction of writing": "units.csv:2: unit: found 'A\\u202eB', expected text without control "
    "characters or marks that turn the direction of writing; type the text anew",
    "a name that colours the terminal": "units.csv:2: name_en: found 'A\\x1b[31m', expected text without control "
    "characters or marks that turn the direction of writing; type the text anew",
    "a path as id": "units.csv:2: unit: found '../../x', expected an id of letters, digits and _ . + -, at most 40, "
    "beginning with a letter or digit; choose another id, and use it wherever it is named",
    "an empty file": "skills.csv: found an empty file, expected a header and rows; "
    "write the header, or remove the file if the table is optional",
    "a folder with the name of a table": "money.csv: found a folder, expected a file; "
    "put the file itself in its place, or remove what is there",
    "a pipe with the name of a table": "money.csv: found a pipe or device, expected a file; "
    "put the file itself in its place, or remove what is there",
    "a broken link with the name of a table": "money.csv: found a link that leads to nothing, expected a file; "
    "put the file itself in its place, or remove what is there",
    "UTF-16": "skills.csv: found UTF-16 text, expected UTF-8 or Windows-1252 text; save it as 'CSV UTF-8'",
    "a misspelt column": "skills.csv:1: nam_en: found an unknown column 'nam_en', expected the columns of skills; "
    "did you mean 'name_en'?",
    "a misspelt table": "unit.csv: found an unknown file, expected region.toml and the tables of a region alone; "
    "did you mean 'units.csv'?",
    "a text for a truth value": "region.toml:4: confirmed: found 'no', expected true or false, without quotes; write "
    "confirmed = false or confirmed = true; true only when the region itself has confirmed the figures",
    "values nested far too deep": "region.toml: found values nested in each other too deep to be read, expected "
    "`key = value`, with a list or an inline table at most; take the brackets apart, or look for one that is not closed",
    "a misspelt key": "region.toml:4: confirmd: found an unknown key 'confirmd', expected one of the known keys; "
    "did you mean 'confirmed'?",
    "a rate in percent": "region.toml:20: discount.2.rate: found '2.5', expected a number from 0 to 0.5; "
    "write 0.025 for 2.5 %",
    "a confidence of all draws": "targets.csv:5: confidence: found '1', expected a number above 0 and below 1; "
    "correct the number",
    "a confidence in percent": "targets.csv:5: confidence: found '80', expected a number above 0 and below 1; "
    "write 0,80 for 80 %",
    "a negative confidence": "targets.csv:5: confidence: found '-0,8', expected a number above 0 and below 1; "
    "write the amount without a sign",
    "no level": "levels.csv:2: level: found '0', expected a number above 0 and at most 1; correct the number",
}

CASES = [*CELLS, *IDS, *FILES, *SETTINGS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_a_fault_at_its_place(case: Case, tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    case.spoil(region)
    before = sorted(path.name for path in region.path.iterdir())
    with pytest.raises(InputError) as caught:
        load(region.path)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    places = [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert (case.file, case.row, case.column) in places, str(caught.value)
    if case.name in TEXTS:
        assert TEXTS[case.name] in [str(fault) for fault in caught.value.faults]
    assert str(caught.value).isprintable() or all(line.isprintable() for line in str(caught.value).split("\n"))
    assert sorted(path.name for path in region.path.iterdir()) == before


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (
            "initiatives",
            "initiatives.csv: found no rows, expected the ids that levels, delivery, effects and 10 more name, such as "
            "'PV'; fill the table in, or take out the rows that name them",
        ),
        (
            "delivery",
            "delivery.csv: found no rows, expected at least one for each initiative; add one for each unit that can "
            "carry an initiative out, or take the initiatives out",
        ),
        (
            "skills",
            "skills.csv: found no rows, expected the ids that staff, staff_capacity name, such as 'engineer'; "
            "fill the table in, or take out the rows that name them",
        ),
        (
            "categories",
            "categories.csv:1: found a header without rows, expected at least one row, since every region has this "
            "table; fill the table in",
        ),
    ],
)
def test_a_table_without_rows_is_the_one_fault_of_what_follows_from_it(table: str, fault: str, tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.write(table, region.read(table)[:1])
    assert [str(found) for found in region.faults()] == [fault]


def test_a_footprint_without_initiatives_is_a_region(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    naming = [table for (table, _), target in LINKS.items() if target == "initiatives"]
    for table in ("initiatives", "effects", "minimum_starts", *naming):
        region.write(table, region.read(table)[:1])
    assert load(region.path).initiatives == ()


def test_the_region_that_is_spoiled_is_whole(tmp_path: Path) -> None:
    assert folder(tmp_path / "region").faults() == ()


def test_names_of_cases_differ() -> None:
    names = {case.name for case in CASES}
    assert len(names) == len(CASES) > 100
    assert set(TEXTS) <= names
