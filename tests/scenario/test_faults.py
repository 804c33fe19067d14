"""Every fault of a scenario says where it is, what was found, what was expected, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.errors import ExitCode, InputError
from rmscenario.scenario import load
from tests.scenario.conftest import BASE, Project

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

SET_FAULTS = [
    *(
        (
            f"targets[third].{column}={value}",
            f"--set 'targets[third].{column}={value}': {column}: found '{value}', expected a number above 0 and below 1; "
            f"{remedy}",
        )
        for column, value, remedy in (
            ("confidence", "0", "correct the number"),
            ("confidence", "1", "correct the number"),
            ("confidence", "1.5", "write 0.015 for 1.5 %"),
            ("confidence", "80", "write 0.80 for 80 %"),
            ("cvar", "1", "correct the number"),
        )
    ),
    (
        "planning.joint_confidence=1",
        "--set 'planning.joint_confidence=1': planning.joint_confidence: found '1', expected a number above 0 and below 1; "
        "correct the number",
    ),
    (
        "targets.third.price=1",
        "--set 'targets.third.price=1': found another form, expected table[key].column=value, or planning.option=value (settings, stress, backcast alike); write e.g. 'targets[total-67].shortfall_price=750'",
    ),
    (
        "targets[third]=1",
        "--set 'targets[third]=1': found another form, expected table[key].column=value, or planning.option=value (settings, stress, backcast alike); write e.g. 'targets[total-67].shortfall_price=750'",
    ),
    (
        "planning.gapp=1",
        "--set 'planning.gapp=1': planning: found key 'gapp', expected one of mode, gap, max_nodes, later_nodes, max_rounds, threads, seed, draws, joint_confidence, starts, everything, lift, renewals, prerequisite_lag, enablers, decay, running; did you mean 'gap'?",
    ),
    (
        "planning.gap=large",
        "--set 'planning.gap=large': planning.gap: found 'large', expected a number, with a decimal point; correct the value",
    ),
    (
        "planning.gap=0,002",
        "--set 'planning.gap=0,002': planning.gap: found '0,002', expected a number, with a decimal point; correct the value",
    ),
    (
        "targets[thrid].hard=yes",
        "--set 'targets[thrid].hard=yes': found no row 'thrid' in targets, expected the key target of a row, such as third, half; did you mean 'third'?",
    ),
    (
        "targets[third].hrd=yes",
        "--set 'targets[third].hrd=yes': targets: found column 'hrd', expected one of target, name_da, name_en, active, quantity, boundary, account, form, year, until, base_year, base, reduction, level, share_of, share, measure, hard, priority, shortfall_price, … (28 in all); did you mean 'hard'?",
    ),
    (
        "budget[a].b=1",
        "--set 'budget[a].b=1': table: found 'budget', expected a table of the model; did you mean 'budgets'?",
    ),
    (
        "budgets.amount=1",
        "--set 'budgets.amount=1': found no key, expected the row's key in square brackets; write budgets[key].amount=…",
    ),
    (
        "targets[third].hard=maybe",
        "--set 'targets[third].hard=maybe': hard: found 'maybe', expected yes or no; did you mean 'yes'?",
    ),
    (
        "targets[third].target=x",
        "--set 'targets[third].target=x': target: found 'target', which identifies the row or is its unit, expected a column with a figure or a word; use [[remove]] and [[add]] in a scenario file",
    ),
    (
        "planning[x].gap=1",
        "--set 'planning[x].gap=1': found a key, expected none after a section; write planning.gap=…",
    ),
    (
        "settings.last_start=20",
        "--set 'settings.last_start=20': settings.last_start: found '20', expected a year with four digits; write all four digits, such as 2020",
    ),
    (
        "targets[third].shortfall_price=1500",
        "--set 'targets[third].shortfall_price=1500': shortfall_price: found no change: the value is 1500 already, expected another value; take it out, or correct it",
    ),
    (
        "budgets[capex,2027].amount=1",
        "--set 'budgets[capex,2027].amount=1': found no row 'capex,2027' in budgets, expected the key kind,unit,year of a row, such as capex,,2027, capex,,2028, opex,,2027; did you mean 'capex,,2027'?",
    ),
    (
        "planning.lift=cash",
        "--set 'planning.lift=cash': planning.lift: found 'cash', expected one of money, staff, starts, prerequisites, exclusions, minimum, duties, commitments, outlay_share, earliest; choose one",
    ),
    (
        "settings.base_year=2000",
        "--set 'settings.base_year=2000': settings: found key 'base_year', expected one of first_year, last_start, end_year, account, discount; did you mean 'end_year'?",
    ),
    (
        "backcast.groups=energy",
        "--set 'backcast.groups=energy': backcast.target: found nothing, expected a value; add `target = …`",
    ),
    (
        "stress.years=2060",
        "--set 'stress.years=2060': stress.years: found 2060, expected years of the period, 2027–2036; take them out, or change settings.end_year",
    ),
    (
        "price[x].y=1",
        "--set 'price[x].y=1': table: found 'price', expected a table of the model; did you mean 'prices'?",
    ),
    (
        "",
        "--set '': found another form, expected table[key].column=value, or planning.option=value (settings, stress, backcast alike); write e.g. 'targets[total-67].shortfall_price=750'",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_faulty_file_is_refused_in_these_words(project: Project, text: str, expected: str) -> None:
    project.write("x", text)
    assert project.fault("x") == expected


@pytest.mark.parametrize(("text", "expected"), SET_FAULTS)
def test_a_faulty_value_of_the_command_line_is_refused_in_these_words(
    project: Project, text: str, expected: str
) -> None:
    assert project.fault("base", sets=[text]) == expected


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


PATHS = [
    ("extends", "/etc/base.toml", "'/etc/base.toml'"),
    ("extends", "~/base.toml", "'~/base.toml'"),
    ("extends", "..\\\\base.toml", "'..\\base.toml'"),
    ("extends", "C:base.toml", "'C:base.toml'"),
    ("model", "", "a blank"),
]


@pytest.mark.parametrize(("key", "path", "found"), PATHS)
def test_paths_are_relative_and_written_with_slashes(project: Project, key: str, path: str, found: str) -> None:
    project.write("x", f'{key} = "{path}"\n', head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        f"scenarios/x.toml:3: {key}: found {found}, expected a path relative to this file, with `/` between folders; "
        'write e.g. "../models/tiny"'
    )


@pytest.mark.parametrize(("key", "path"), [("extends", "../../outside.toml"), ("model", "../../outside")])
def test_paths_cannot_leave_the_project(project: Project, key: str, path: str) -> None:
    (project.root.parent / "outside.toml").write_text(BASE, encoding="utf-8")
    (project.root.parent / "outside").mkdir()
    project.write("x", f'{key} = "{path}"\n', head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        f"scenarios/x.toml:3: {key}: found '{path}', which leaves the project, expected a path inside the folder that "
        "holds `models/` and this file; move the scenario or what it names into the project"
    )


def test_symbolic_links_cannot_leave_the_project(project: Project) -> None:
    (project.root / "models" / "small").rename(project.root.parent / "elsewhere")
    (project.root / "models" / "small").symlink_to(project.root.parent / "elsewhere")
    assert project.fault("base").startswith(
        "scenarios/base.toml:3: model: found '../models/small', which leaves the project, "
    )


def test_a_circle_of_extends_is_shown_whole(project: Project) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        project.write(name, "", head=f'title_da = "T"\ntitle_en = "T"\nextends = "{other}.toml"\n')
    assert project.fault("a") == (
        "scenarios/c.toml:3: extends: found a circle (scenarios/a.toml → scenarios/b.toml → scenarios/c.toml → "
        "scenarios/a.toml), expected a chain that ends; remove one `extends`"
    )


def test_what_is_extended_must_be_there(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nextends = "bse.toml"\n')
    assert project.fault("x") == (
        "scenarios/x.toml:3: extends: found 'scenarios/bse.toml', which is no file, expected a scenario file (.toml); "
        "check the path"
    )


def test_a_model_that_is_no_folder_is_a_fault(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nmodel = "../models/smal"\n')
    assert project.fault("x") == (
        "scenarios/x.toml:3: model: found '../models/smal', which is no folder, expected the folder of a region's tables; "
        "check the path; it is relative to this file"
    )


def test_a_scenario_without_a_model_is_a_fault(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        'scenarios/x.toml: found no model, expected a file with `model`, e.g. model = "../models/tiny"; name one'
    )


def test_combined_scenarios_are_of_one_model_and_named_once(project: Project) -> None:
    (project.root / "models" / "other").mkdir()
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nmodel = "../models/other"\n')
    assert project.fault("base", "x", "base") == (
        "scenarios/base.toml: found the same scenario twice, expected each scenario once; name it once\n"
        "scenarios/x.toml:3: model: found '../models/other', expected the model that scenarios/base.toml names; "
        "combine scenarios of one model, or leave `model` out"
    )


def test_a_model_folder_can_only_come_first(project: Project) -> None:
    folder = project.root / "models" / "small"
    with pytest.raises(InputError) as caught:
        load([project.root / "scenarios" / "base.toml", folder])
    assert str(caught.value) == (
        f"{folder}: found a folder, expected a scenario file; a model folder can only come first, the scenario files after it"
    )


def test_a_missing_scenario_is_a_fault(project: Project) -> None:
    assert project.fault("nope") == (
        "scenarios/nope.toml: found 'scenarios/nope.toml', which is no file, expected a scenario file (.toml); check the path"
    )
    with pytest.raises(InputError, match=r"^scenario: found no scenario, expected the path"):
        load([])


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
