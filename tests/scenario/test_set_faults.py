"""Every fault of a value of the command line says where it is, what was found, what was expected, and what to do."""

from __future__ import annotations

import pytest

from tests.scenario.conftest import Project

# A value of `--set`, and the whole text of the error.
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


@pytest.mark.parametrize(("text", "expected"), SET_FAULTS)
def test_a_faulty_value_of_the_command_line_is_refused_in_these_words(
    project: Project, text: str, expected: str
) -> None:
    assert project.fault("base", sets=[text]) == expected
