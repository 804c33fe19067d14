"""docs/scenarios.md names every key, option, family and shipped scenario, with its default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from rmscenario.scenario import BackcastOptions, Family, PlanningOptions, StressOptions
from rmscenario.scenario.document import Change, ScenarioFile, SettingsChange, Way

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("title", "options"),
    [("`[planning]`", PlanningOptions), ("`[stress]`", StressOptions), ("`[backcast]`", BackcastOptions)],
)
def test_every_option_is_documented_with_its_default(title: str, options: type[BaseModel]) -> None:
    table = section(title).partition("| Family |")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE))
    assert set(rows) == set(options.model_fields)
    for name, field in options.model_fields.items():
        if isinstance(field.default, bool | int | float | str):
            default = str(field.default).lower() if isinstance(field.default, bool) else field.default
            assert rows[name] in (f"`{default}`", f'`"{default}"`')


def test_every_family_is_documented() -> None:
    assert {family for family in Family if f"| `{family}` |" in section("`[planning]`")} == set(Family)


def test_every_key_and_way_of_a_scenario_file_is_documented() -> None:
    missing = {
        name
        for part in (ScenarioFile, Change, SettingsChange)
        for name in (field.alias or name for name, field in part.model_fields.items())
        if f"`{name}" not in TEXT
    }
    assert missing == set()
    assert all(f"`{way} = {{" in section("Changes") for way in Way)


def test_every_shipped_scenario_is_documented() -> None:
    told = re.findall(
        r"`([a-z0-9-]+)`",
        "\n".join(re.findall(r"^\| (.*?) \|", section("The scenarios that come with the project"), re.MULTILINE)),
    )
    assert set(told) == {path.stem for path in (ROOT / "scenarios").glob("*.toml")}
