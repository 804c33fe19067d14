"""What a run remembers of its scenario: names, options, and values set; the region itself stands beside it as tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from rmscenario.errors import RunFolderError
from rmscenario.run_folder.write import write_json
from rmscenario.scenario import BackcastOptions, PlanningOptions, Scenario, StressOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Names and options of a scenario."""

    name: str
    title_da: str
    title_en: str
    description_da: str
    description_en: str
    sets: tuple[str, ...]
    planning: PlanningOptions
    stress: StressOptions
    backcast: BackcastOptions | None


def describe(scenario: Scenario, sets: tuple[str, ...] = ()) -> Described:
    """What a run remembers of a scenario."""
    return Described(
        name=scenario.name,
        title_da=scenario.title_da,
        title_en=scenario.title_en,
        description_da=scenario.description_da,
        description_en=scenario.description_en,
        sets=sets,
        planning=scenario.planning,
        stress=scenario.stress,
        backcast=scenario.backcast,
    )


def write_described(path: Path, described: Described) -> None:
    """Write it as JSON."""
    write_json(
        path,
        {
            "name": described.name,
            "title_da": described.title_da,
            "title_en": described.title_en,
            "description_da": described.description_da,
            "description_en": described.description_en,
            "sets": list(described.sets),
            "planning": described.planning.model_dump(mode="json"),
            "stress": described.stress.model_dump(mode="json"),
            "backcast": None if described.backcast is None else described.backcast.model_dump(mode="json"),
        },
    )


def read_described(path: Path) -> Described:
    """Read it back.

    Raises
    ------
    RunFolderError
        When it was written by another version.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    try:
        backcast = content.pop("backcast")
        return Described(
            sets=tuple(content.pop("sets")),
            planning=PlanningOptions.model_validate(content.pop("planning")),
            stress=StressOptions.model_validate(content.pop("stress")),
            backcast=None if backcast is None else BackcastOptions.model_validate(backcast),
            **content,
        )
    except (KeyError, TypeError, ValidationError):
        raise RunFolderError(
            f"{path.parent.name}/{path.name}: found options of another version, expected those of this one; "
            "run the scenario again"
        ) from None
