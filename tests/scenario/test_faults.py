"""Every fault of a scenario says where it is, what was found, what was expected, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, InputError
from tests.scenario.conftest import Project

# Text of a scenario file from its line 4 on, and the whole text of the error.
FAULTS = [
    (
        'colour = "red"\n',
        "scenarios/x.toml:4: found key 'colour', expected one of title_da, title_en, description_da, description_en, model, extends, settings, rounds_open, change, add, remove, targets, planning, stress, backcast; remove it",
    ),
    (
        ("colour = 1\n[planing]\ngap=1\n"),
        (
            "scenarios/x.toml:4: found key 'colour', expected one of title_da, title_en, description_da, description_en, model, extends, settings, rounds_open, change, add, remove, targets, planning, stress, backcast; remove it\n"
            "scenarios/x.toml:5: found key 'planing', expected one of title_da, title_en, description_da, description_en, model, extends, settings, rounds_open, change, add, remove, targets, planning, stress, backcast; did you mean 'planning'?"
        ),
    ),
    (
        ('[[change]]\ntable = "budget"\nset = { amount = 1 }\n'),
        "scenarios/x.toml:4: table: found 'budget', expected a table of the model; did you mean 'budgets'?",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { amout = 1 }\n'),
        "scenarios/x.toml:4: set: found column 'amout', expected one of kind, unit, year, amount, measure, reference, grade, note; did you mean 'amount'?",
    ),
    (
        ('[[change]]\ntable = "budgets"\nwhere = { knd = "capex" }\nset = { amount = 1 }\n'),
        "scenarios/x.toml:4: where: found column 'knd', expected one of kind, unit, year, amount, measure, reference, grade, note; did you mean 'kind'?",
    ),
    (
        ('[[change]]\ntable = "budgets"\nwhere = { kind = "capital" }\nset = { amount = 1 }\n'),
        "scenarios/x.toml:4: where.kind: found 'capital', expected one of capex, opex, saving_cashable, saving_avoided; did you mean 'capex'?",
    ),
    (
        ('[[change]]\ntable = "background"\nwhere = { category = ["el", "utte"] }\nset = { mode = 1 }\n'),
        "scenarios/x.toml:4: where.category: found 'utte', which no row of background has, expected one of 'el', 'ute'; did you mean 'ute'?",
    ),
    (
        ('[[change]]\ntable = "budgets"\nwhere = { kind = ["capex", "opex"], year = 2028 }\nset = { amount = 1 }\n'),
        "scenarios/x.toml:4: where.kind: found 'opex', which no row has with year as given, expected values that each mean a row of budgets; take it out, or correct the filter",
    ),
    (
        ('[[change]]\ntable = "budgets"\nfrom_year = 2031\nset = { amount = 1 }\n'),
        "scenarios/x.toml:4: from_year: found no row, expected at least one row of budgets from 2031; correct the years",
    ),
    (
        ('[[change]]\ntable = "initiatives"\nfrom_year = 2031\nset = { lifetime = 1 }\n'),
        "scenarios/x.toml:4: from_year: found a table without a column 'year' (initiatives), expected a table whose rows are of a year; leave it out, or filter with `where`",
    ),
    (
        ('[[change]]\ntable = "levels"\nset = { level = 1 }\n'),
        "scenarios/x.toml:4: table: found no row, expected at least one row of levels; the table is empty",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { year = 2028 }\n'),
        "scenarios/x.toml:4: set.year: found 'year', which identifies a row of budgets, expected a column that is no key; take the row out with [[remove]] and put another in with [[add]]",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { measure = "kr." }\n'),
        "scenarios/x.toml:4: set.measure: found 'measure', the unit of the row, expected a column with a figure, in the unit used inside; convert the figure instead",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { amount = 800 }\nwhere = { kind = "capex" }\n'),
        "scenarios/x.toml:4: set.amount: found no change: the value is 800 already, expected another value; take it out, or correct it",
    ),
    (
        ('[[change]]\ntable = "budgets"\nmultiply = { amount = 1 }\n'),
        "scenarios/x.toml:4: multiply.amount: found no change: the value is 800 already, expected another value; take it out, or correct it",
    ),
    (
        ('[[change]]\ntable = "budgets"\nadd = { amount = -900 }\n'),
        "scenarios/x.toml:4: add.amount: found '-100' in the row capex,,2027, expected a number of at least 0; write the amount without a sign",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { amount = "a lot" }\n'),
        "scenarios/x.toml:4: set.amount: found 'a lot', expected a number of at least 0; write digits alone, the unit in its own column",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { amount = "12,5" }\n'),
        "scenarios/x.toml:4: set.amount: found '12,5', expected a decimal point as in the rest of the file; write 12.5",
    ),
    (
        ('[[change]]\ntable = "targets"\nmultiply = { base = 2 }\n'),
        "scenarios/x.toml:4: multiply.base: found a blank cell in the row third, expected a number; use set, or leave the row out",
    ),
    (
        ('[[change]]\ntable = "initiatives"\nmultiply = { name_da = 2 }\n'),
        "scenarios/x.toml:4: multiply.name_da: found a column that holds text, expected a column of numbers; use set",
    ),
    (
        ('[[change]]\ntable = "initiatives"\nmultiply = { lifetime = 1.01 }\n'),
        "scenarios/x.toml:4: multiply.lifetime: found '40.4' in the row LED, expected a whole number from 1 to 100; write digits alone",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = { amount = 1 }\nadd = { amount = 1 }\n'),
        "scenarios/x.toml:4: change: found set and add, expected exactly one of set, multiply, add, copy, at_least, at_most; write one [[change]] for each way of changing",
    ),
    (
        ('[[change]]\ntable = "budgets"\n'),
        "scenarios/x.toml:4: change: found no new value, expected exactly one of set, multiply, add, copy, at_least, at_most; write one [[change]] for each way of changing",
    ),
    (
        ('[[change]]\ntable = "budgets"\nset = {}\n'),
        "scenarios/x.toml:4: change: found set without a column, expected at least one; write set = {column = …}",
    ),
    (
        ("[[change]]\nset = { amount = 1 }\n"),
        "scenarios/x.toml:4: change.table: found nothing, expected a value; add `table = …`",
    ),
    (
        ('[[change]]\ntable = "background"\ncopy = { mode = "weakk" }\n'),
        "scenarios/x.toml:4: copy.mode: found column 'weakk', expected one of category, quantity, year, weak, mode, strong, reference, grade, note; did you mean 'weak'?",
    ),
    (
        ('[[change]]\ntable = "background"\nwhere={category="el", year=2030}\nset = { mode = 0.9 }\n'),
        "background.csv:3: mode: found weak 0.5, mode 0.9, strong 0.125, expected weak ≥ mode ≥ strong, since a weak decline leaves the larger factor; put them in order (after the changes of x)",
    ),
    (
        ('[[change]]\ntable = "initiatives"\nwhere = {initiative="LED"}\nset = { track = "energy" }\n'),
        "initiatives.csv:2: track: found 'energy', expected an id of tracks; did you mean 'energi'? (after the changes of x)",
    ),
    (
        ("[targets.thrd]\nhard = true\n"),
        "scenarios/x.toml:4: targets: found 'thrd', expected one of third, half; did you mean 'third'?",
    ),
    (
        "[targets.third]\n",
        "scenarios/x.toml:4: targets.third: found nothing, expected a new value; add one, or take it out",
    ),
    (
        ("[targets.third]\nhard = false\n"),
        "scenarios/x.toml:4: set.hard: found no change: the value is false already, expected another value; take it out, or correct it",
    ),
    (
        ("[targets.third]\nlevel = 5\n"),
        "targets.csv:2: level: found both reduction and level, expected one of the two; clear one (after the changes of x)",
    ),
    (
        ("[targets.third]\nreduction = 67\n"),
        "scenarios/x.toml:4: set.reduction: found '67', expected a number from 0 to 1; write 0.67 for 67 %",
    ),
    (
        'rounds_open = ["R3"]\n',
        "scenarios/x.toml:4: rounds_open: found 'R3', expected one of R1, R2; did you mean 'R2'?",
    ),
    (
        'rounds_open = ["R1", "R2"]\n',
        "scenarios/x.toml:4: rounds_open: found no change: the value is 'R1, R2' already, expected another value; take it out, or correct it",
    ),
    (
        "rounds_open = []\n",
        "scenarios/x.toml:4: rounds_open: found an empty list, expected at least 1 entry; correct the value",
    ),
    (
        ("[settings]\nend_year = 2036\n"),
        "scenarios/x.toml:5: settings.end_year: found no change: the value is 2036 already, expected another value; take it out, or correct it",
    ),
    (
        ("[settings]\nbase_year = 2020\n"),
        "scenarios/x.toml:5: settings: found key 'base_year', expected one of first_year, last_start, end_year, account, discount; did you mean 'end_year'?",
    ),
    (
        ("[settings]\nlast_start = 2040\n"),
        "region.toml:9: end_year: found '2036', expected 2040 (last_start) or later; correct one of the years (after the changes of x)",
    ),
    (
        ('[settings]\naccount = "mian"\n'),
        "region.toml:10: account: found 'mian', expected an id of accounts; did you mean 'main'? (after the changes of x)",
    ),
    (
        ('[settings]\nfirst_year = "soon"\n'),
        "scenarios/x.toml:5: settings.first_year: found 'soon', expected a whole number; correct the value",
    ),
    (
        ('[planning]\nmode = "cheap"\n'),
        "scenarios/x.toml:5: planning.mode: found 'cheap', expected one of priced, nearest; choose one",
    ),
    (
        ('[planning]\nlift = ["moneys"]\n'),
        "scenarios/x.toml:5: planning.lift: found 'moneys', expected one of money, staff, starts, prerequisites, exclusions, minimum, duties, commitments, outlay_share, earliest; did you mean 'money'?",
    ),
    (
        ("[planning]\ngap = -1\n"),
        "scenarios/x.toml:5: planning.gap: found -1, expected a number from 0 to 0.5; correct the number",
    ),
    (
        ('[planning]\neverything = true\nstarts = "none"\n'),
        "scenarios/x.toml:4: planning: found everything = true and starts = 'none', expected one of them; leave one of them out",
    ),
    (
        ("[stress]\ndraws = true\n"),
        "scenarios/x.toml:5: stress.draws: found true, expected a whole number; write the number",
    ),
    (
        ("[settings]\nend_year = true\n"),
        "scenarios/x.toml:5: settings.end_year: found true, expected a whole number; write the number",
    ),
    (
        ("[planning]\ngap = false\n"),
        "scenarios/x.toml:5: planning.gap: found false, expected a number; write the number",
    ),
    (
        ("[planning]\nseed = " + "[" * 5000 + "]" * 5000 + "\n"),
        "scenarios/x.toml: found values nested in each other too deep to be read, expected `key = value`, with a list or "
        "an inline table at most; take the brackets apart, or look for one that is not closed",
    ),
    (
        ("[planning]\nseed." + ".".join("a" * 5000) + " = 1\n"),
        "scenarios/x.toml: found values nested in each other too deep to be read, expected `key = value`, with a list or "
        "an inline table at most; take the brackets apart, or look for one that is not closed",
    ),
    (
        ("[planning]\nthreads = 1.5\n"),
        "scenarios/x.toml:5: planning.threads: found 1.5, expected a whole number; correct the value",
    ),
    (
        ("[stress]\nyears = [2027, 2060]\n"),
        "scenarios/x.toml:5: stress.years: found 2060, expected years of the period, 2027–2036; take them out, or change settings.end_year",
    ),
    (
        ("[planning]\njoint_confidence = 80\n"),
        "scenarios/x.toml:5: planning.joint_confidence: found 80, expected a number above 0 and below 1; write 0.80 for 80 %",
    ),
    (
        ("[stress]\nyears = [2027, 27]\n"),
        "scenarios/x.toml:5: stress.years: found 27, expected a year with four digits; write all four digits, such as 2027",
    ),
    (
        ("[targets.third]\nconfidence = 80\n"),
        "scenarios/x.toml:4: set.confidence: found '80', expected a number above 0 and below 1; write 0.80 for 80 %",
    ),
    (
        ('[[change]]\ntable = "targets"\nwhere = { target = "third" }\nset = { cvar = 1 }\n'),
        "scenarios/x.toml:4: set.cvar: found '1', expected a number above 0 and below 1; correct the number",
    ),
    (
        ("[stress]\ndraws = 1\n"),
        "scenarios/x.toml:5: stress.draws: found 1, expected a whole number from 2 to 100000000; correct the number",
    ),
    (
        ('[backcast]\ngroups = ["energy"]\n'),
        "scenarios/x.toml:4: backcast.target: found nothing, expected a value; add `target = …`",
    ),
    (
        ('[backcast]\ntarget = "thirds"\ngroups=["enrgy"]\n'),
        (
            "scenarios/x.toml:5: backcast.target: found 'thirds', expected one of third; did you mean 'third'?\n"
            "scenarios/x.toml:6: backcast.groups: found 'enrgy', expected one of energy, goods; did you mean 'energy'?"
        ),
    ),
    (
        (
            "[[add]]\n"
            'table = "budgets"\n'
            'row = { kind = "capex", year = 2027, amount = 1, measure = "DKK", reference = "made-up", grade = "assumption" }\n'
        ),
        "scenarios/x.toml:4: row: found the row capex,,2027, which budgets has already, expected a new kind+unit+year; change the row with [[change]]",
    ),
    (
        ('[[add]]\ntable = "budgets"\nrow = { kind = "capex", yr = 2027 }\n'),
        "scenarios/x.toml:4: row: found column 'yr', expected one of kind, unit, year, amount, measure, reference, grade, note; did you mean 'year'?",
    ),
    (
        '[[add]]\ntable = "budgets"\nrow = { kind = "capex", year = 2035, measure = "DKK", reference = "made-up", grade = "assumption" }\n',
        "scenarios/x.toml:4: row.amount: found no value, expected a number of at least 0; give one",
    ),
    (
        (
            "[[add]]\n"
            'table = "budgets"\n'
            'row = { kind = "capex", year = 2035, amount = 1, measure = "GWh", reference = "made-up", grade = "assumption" }\n'
        ),
        "scenarios/x.toml:4: row.measure: found 'GWh', expected a unit that converts to DKK/a; write one of DKK, kr., t.kr., mio. kr., mia. kr., mio. DKK, mia. DKK",
    ),
    (
        ('[[remove]]\ntable = "budgets"\nwhere = { year = 2035 }\n'),
        "scenarios/x.toml:4: where.year: found 2035, which no row of budgets has, expected one of 2027, 2028; correct the filter",
    ),
    (
        "x = \n",
        "scenarios/x.toml:4: column 5: found no TOML (Invalid value), expected `key = value`, [table] or [[change]]; correct the line",
    ),
    (
        ("[planning]\ngap = 1\ngap = 2\n"),
        "scenarios/x.toml:6: found a key that is there already, expected each key and table once; merge them, or take one out",
    ),
    (
        ("[planning]\n[planning]\n"),
        "scenarios/x.toml:5: found the table [planning] a second time, expected each key and table once; merge them, or take one out",
    ),
    (
        'x = "unterminated\n',
        "scenarios/x.toml:4: column 18: found no TOML (Illegal character '\\n'), expected `key = value`, [table] or [[change]]; correct the line",
    ),
    (
        'extends = "base.toml"\n',
        "scenarios/x.toml:4: found a key that is there already, expected each key and table once; merge them, or take one out",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_faulty_file_is_refused_in_these_words(project: Project, text: str, expected: str) -> None:
    project.write("x", text)
    assert project.fault("x") == expected


def test_faults_of_all_changes_are_shown_together(project: Project) -> None:
    project.write("x", '[[change]]\ntable = "a"\nset = { b = 1 }\n[targets.c]\nhard = true\n[[remove]]\ntable = "d"\n')
    lines = project.fault("x", sets=["targets[e].hard=yes"]).splitlines()
    assert [line.partition(": found")[0] for line in lines] == [
        "scenarios/x.toml:9: table",
        "scenarios/x.toml:4: table",
        "scenarios/x.toml:7: targets",
        "--set 'targets[e].hard=yes'",
    ]


def test_faults_of_the_model_come_before_those_of_a_scenario(project: Project) -> None:
    path = project.root / "models" / "small" / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",main,", ",mian,", 1), encoding="utf-8")
    project.write("x", '[[change]]\ntable = "a"\nset = { b = 1 }\n')
    assert project.fault("x").startswith("targets.csv:2: account: found 'mian'")


def test_a_removed_row_that_others_need_is_a_fault_that_names_the_scenario(project: Project) -> None:
    project.write("x", '[[remove]]\ntable = "units"\nwhere = { unit = "A" }\n')
    first, *_ = project.fault("x").splitlines()
    assert first == "sources.csv:2: unit: found 'A', expected an id of units; use one of B (after the changes of x)"


def test_a_fault_of_a_scenario_is_bad_input(project: Project) -> None:
    with pytest.raises(InputError) as caught:
        project.load("base", sets=["nonsense"])
    assert caught.value.exit_code is ExitCode.BAD_INPUT


def test_bytes_that_are_no_utf_8_are_a_fault(project: Project) -> None:
    path: Path = project.write("x", "# på\n")
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))
    assert project.fault("x") == (
        "scenarios/x.toml:4: found bytes that are not UTF-8, expected a TOML file in UTF-8; save it as UTF-8"
    )


def test_control_characters_never_reach_the_terminal(project: Project) -> None:
    project.write("x", '[[change]]\ntable = "\\u001b[31m"\nset = { a = 1 }\n')
    assert project.fault("x").startswith(
        "scenarios/x.toml:4: table: found '\\x1b[31m', expected a table of the model; "
    )


def test_lines_are_those_of_the_keys_also_after_texts_of_several_lines(project: Project) -> None:
    project.write(
        "x",
        'description_da = """\n[[change]]\ntable = "none"\n"""\n'
        '[[change]]\ntable = "budgets"\nmultiply = { amount = 2 }\n'
        '[[change]]\ntable = "budgets"\nmultiply = { amont = 2 }\n',
    )
    assert project.fault("x").startswith("scenarios/x.toml:11: multiply: found column 'amont'")
