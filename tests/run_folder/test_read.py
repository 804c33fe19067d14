"""What a run holds comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmscenario.errors import RunFolderError
from rmscenario.plan import Plan, Start
from rmscenario.run_folder import describe, read_plan, write_described, write_table
from rmscenario.run_folder.scenario_file import read_described
from rmscenario.scenario import load
from rmscenario.tables import load as load_region
from rmscenario.tables import write_region
from tests.project.files import ROOT

STARTS = st.builds(
    Start,
    initiative=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,8}", fullmatch=True),
    unit=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,8}", fullmatch=True),
    level=st.floats(min_value=1e-9, max_value=1.0),
    start=st.integers(2000, 2100),
)


@settings(max_examples=50)
@given(starts=st.lists(STARTS, max_size=5))
def test_a_plan_comes_back_from_its_table(tmp_path_factory: pytest.TempPathFactory, starts: list[Start]) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.csv"
    rows = [
        {"initiative": row.initiative, "note": "x", "unit": row.unit, "level": row.level, "start": row.start}
        for row in starts
    ]
    write_table(path, ("initiative", "note", "unit", "level", "start"), rows)
    assert read_plan(path) == Plan(starts=tuple(starts))


@pytest.mark.parametrize("name", ["tutorial", "reference", "all-in", "nothing-more", "backcast-67"])
def test_the_region_and_options_of_a_scenario_come_back_from_a_run(tmp_path: Path, name: str) -> None:
    scenario = load([ROOT / "scenarios" / f"{name}.toml"])
    write_region(tmp_path / "region", scenario.region)
    assert load_region(tmp_path / "region") == scenario.region
    described = describe(scenario, ("planning.gap=0.01",))
    write_described(tmp_path / "scenario.json", described)
    assert read_described(tmp_path / "scenario.json") == described


def test_options_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    path.write_text('{"name": "a", "sets": [], "backcast": null, "planning": {"speed": 11}, "stress": {}}', "utf-8")
    with pytest.raises(RunFolderError, match="found options of another version"):
        read_described(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "initiative,unit,level,start\nA,B,x,2027\n",
            "plan.csv:2: found level 'x' and start '2027', expected a number and a year; correct them",
        ),
        (
            "initiative,unit,level\nA,B,1\n",
            "plan.csv: found no column 'start', expected initiative, unit, level and start; write them",
        ),
    ],
)
def test_a_faulty_plan_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunFolderError) as error:
        read_plan(path)
    assert str(error.value) == message
