"""Values that are read into a round: which are refused, and that each notation says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from rmscenario.errors import InputError
from rmscenario.rounds.closing import Progress, observed
from rmscenario.rounds.follow_up import follow_up, import_follow_up
from rmscenario.rounds.rows import (
    FollowUp,
)
from rmscenario.rounds.store import read_round
from tests.rounds.rounds import (
    NAME,
    faults,
    files,
    follow,
    observation,
    propose,
    sign,
    taken,
    tiny,
    write,
)

FAR = (
    "expected 12 to 84, on the way from the base of 60 to the target of 48 from -200% to 400%; correct it, or write in the "
    "column confirmed who has checked it"
)
OBSERVED: dict[str, tuple[dict[str, object], str]] = {
    "an unknown commitment": (
        {"commitment": f"{NAME}.P1.HUZ"},
        "2: commitment: found '2027-2028.P1.HUZ', expected one of 2027-2028.P1.HUS, 2027-2028.P2.HUS, 2027-2028.P2.HJEM, "
        "2027-2028.C1.HUS, 2027-2028.C1.HJEM; did you mean '2027-2028.P1.HUS'?",
    ),
    "an unknown indicator": (
        {"indicator": "I-P2"},
        "2: indicator: found 'I-P2', expected one of I-P1, start, share_in_service; did you mean 'I-P1'?",
    ),
    "another unit": (
        {"measure": "%"},
        "2: measure: found '%', expected '1', the unit of the indicator; convert the value",
    ),
    "reported before it was observed": (
        {"reported": "2028-01-01"},
        "2: reported: found '2028-01-01', expected 2028-12-31, the day it is of, or later; correct one of the dates",
    ),
    "outside its interval": (
        {"low": "0,2", "high": "0,4"},
        "2: value: found 1 outside 0.2–0.4, expected low ≤ value ≤ high; put them in order",
    ),
    "of nothing": (
        {"commitment": "", "indicator": ""},
        "2: commitment: found neither commitment nor account, expected one of the two; fill one in",
    ),
    "no number": (
        {"value": "ja"},
        "2: value: found 'ja', expected a number; write digits alone, the unit in its own column",
    ),
    "a share in percent": (
        {"value": "80"},
        "2: value: found 80, expected a share from 0 to 1; write 0.8 where percent are meant",
    ),
    "a share below nothing": (
        {"value": "-1"},
        "2: value: found -1, expected a share from 0 to 1; write the part that is in service; all of it is 1",
    ),
    "an end of a share above all": (
        {"value": "0,9", "low": "0,8", "high": "1,2"},
        "2: high: found 1.2, expected a share from 0 to 1; write 0.012 where percent are meant",
    ),
    "a start before the round": (
        {"indicator": "start", "value": "1999", "measure": "år"},
        "2: value: found 1999, expected a whole year from 2027, the first of the round, to 2036, the last of the region's "
        "period; write the year in which it started, or will start",
    ),
    "a start within a year": (
        {"indicator": "start", "value": "2027,5", "measure": "år"},
        "2: value: found 2027.5, expected a whole year from 2027, the first of the round, to 2036, the last of the "
        "region's period; write the year in which it started, or will start",
    ),
    "observed before the round": (
        {"observed": "2020-12-31"},
        "2: observed: found '2020-12-31', expected a day from 2027-01-01, the first day of the round, to 2036-12-31, the "
        "last of the region's period; correct the date",
    ),
    "observed after the region's period": (
        {"observed": "2199-12-31", "reported": "2200-01-15"},
        "2: observed: found '2199-12-31', expected a day from 2027-01-01, the first day of the round, to 2036-12-31, the "
        "last of the region's period; correct the date",
    ),
    "an account of after the region's period": (
        {"commitment": "", "indicator": "", "account": "main", "boundary": "all", "measure": "t"}
        | {"observed": "2199-12-31", "reported": "2200-01-15"},
        "2: observed: found '2199-12-31', expected a day to 2036-12-31, the last of the region's period; correct the date",
    ),
    "out of all reason": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "1e300"},
        "2: value: found 1e+300, expected at most 100 times the base of 60 or the target of 48; give the value in kWh/m2",
    ),
    "a standard error out of all reason": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "54", "standard_error": "1e300"},
        "2: standard_error: found 1e+300, expected at most 100 times the base of 60 or the target of 48; give the value in "
        "kWh/m2",
    ),
    "below nothing, which electricity cannot be": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "-54"},
        f"2: value: found -54, {FAR}",
    ),
    "far past the promise the wrong way": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "900", "standard_error": "2"},
        f"2: value: found 900, {FAR}",
    ),
    "a standard error of nothing": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "54", "standard_error": "0"},
        "2: standard_error: found '0', expected a number above 0; correct the number",
    ),
    "an unknown account": (
        {"commitment": "", "indicator": "", "account": "mein", "boundary": "all", "measure": "t"},
        "2: account: found 'mein', expected one of main, market, old; did you mean 'main'?",
    ),
}


@pytest.mark.parametrize("case", OBSERVED)
def test_a_faulty_observation_is_a_fault_at_its_row_and_nothing_is_read(case: str, tmp_path: Path) -> None:
    values, text = OBSERVED[case]
    model = taken(tiny(tmp_path), propose, sign)
    before = files(model)
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(**values)))
    assert f"f.csv:{text}" in faults(caught)
    assert files(model) == before


@pytest.mark.parametrize(
    "values",
    [{"confirmed": "Teknisk chef"}, {"standard_error": 5}, {"low": 80, "high": 100}],
    ids=["that somebody has checked", "whose error reaches to what can be", "whose interval reaches there"],
)
def test_a_value_far_from_the_promise_is_taken(values: dict[str, object], tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    row = observation(indicator="I-P1", measure="kWh/m2", value=90, **values)
    assert import_follow_up(model, NAME, write(tmp_path / "f.csv", row)) == 1


def test_a_faulty_observation_says_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    rows = observation(value=80, observed="2020-12-31"), observation(indicator="start", value=1999, measure="år")
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", *rows))
    assert [":".join(fault.split(":")[1:3]) for fault in faults(caught)] == ["2: observed", "2: value", "3: value"]


@pytest.mark.parametrize("measure", ["a", "år", "year"])
def test_a_start_may_be_late_and_its_year_be_written_as_anywhere_and_is_one_value(measure: str, tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    for word, new in ((measure, 1), ("år", 0)):
        row = observation(indicator="start", value=2030, measure=word)
        assert import_follow_up(model, NAME, write(tmp_path / "f.csv", row)) == new
    assert [(row.value, row.measure) for row in follow_up(model)] == [(2030.0, "år")]


def test_a_figure_of_an_account_may_be_of_before_the_round(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    figure = {"commitment": "", "indicator": "", "account": "main", "boundary": "all", "measure": "t"}
    row = observation(**figure, observed="2025-12-31")
    assert import_follow_up(model, NAME, write(tmp_path / "f.csv", row)) == 1


def test_a_corrected_value_needs_a_later_report(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value="0,5")))
    assert faults(caught)[0].endswith("expected each key once; give the corrected value a later date in reported")
    rows = (observation(value="0,5"), observation(commitment=f"{NAME}.P2.HUS", value=80), observation(value="0,7"))
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "several.csv", *rows))
    assert [fault.split(", ")[0].partition(": found")[0] for fault in faults(caught)] == [
        "several.csv:4: commitment+indicator+account+boundary+observed+reported",
        "several.csv:3: value",
        "several.csv:2: commitment+indicator+account+boundary+observed+reported",
    ]
    assert (
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value="0,5", reported="2029-02-01"))) == 1
    )
    seen = {each.commitment.commitment: each.progress for each in observed(read_round(model, NAME))}
    assert seen[f"{NAME}.P1.HUS"] is Progress.PARTIAL


def test_a_workbook_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    book = Workbook()
    sheet = book.active
    sheet.title = "follow_up"
    sheet.append(list(FollowUp.model_fields))
    for row in follow_up(model):
        sheet.append(list(row.model_dump().values()))
    book.save(tmp_path / "f.xlsx")
    before = files(model)
    assert import_follow_up(model, NAME, tmp_path / "f.xlsx") == 0
    assert files(model) == before
    assert [row.value for row in follow_up(model) if row.account] == [7500.0]


def test_dates_as_danish_excel_writes_them_say_the_same(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    before = files(model)
    danish = write(tmp_path / "f.csv", observation(observed="31-12-2028", reported="15-01-2029"))
    assert import_follow_up(model, NAME, danish) == 0
    assert files(model) == before
