"""The tiny region with a plan, as tests take it from proposal to closing."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.plan import Plan
from rmscenario.planning.planner import plan_region
from rmscenario.rounds.closing import close_round
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.rows import FollowUp
from rmscenario.rounds.signing import amend_round, propose_round, sign_round
from tests.project.files import ROOT

NAME = "2027-2028"
DAY, SIGNED = date(2026, 10, 1), date(2026, 12, 1)
FROM = {"run": "tiny", "manifest": "0" * 64}


def tiny(place: Path) -> Path:
    """A copy of the tiny region."""
    model = place / "models" / "tiny"
    shutil.copytree(ROOT / "models" / "tiny", model)
    return model


def half_seen(model: Path) -> Path:
    """The tiny region, of which the account sees a half of what C1 does."""
    path = model / "effects.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    seen = [f"{row},{0.5 if row.startswith('C1,') else 1}" for row in rows]
    path.write_text("\n".join([f"{header},visible_in_account", *seen]) + "\n", encoding="utf-8")
    return model


@cache
def planned() -> Plan:
    """The plan of the tiny region."""
    return plan_region(tables.load(ROOT / "models" / "tiny")).plan


def propose(model: Path) -> bool:
    """Propose the plan."""
    return propose_round(model, NAME, tables.load(model), planned(), dated=DAY, proposed_from=FROM)


def sign(model: Path) -> bool:
    """Sign the proposal."""
    return sign_round(model, NAME, dated=SIGNED)


def observation(**values: object) -> dict[str, str]:
    """A row of a follow-up file, in Danish notation."""
    row = {
        "commitment": f"{NAME}.P1.HUS",
        "indicator": "share_in_service",
        "observed": "2028-12-31",
        "value": "1",
        "measure": "1",
        "source": "Teknisk chef",
        "reported": "2029-01-15",
    } | {key: str(value) for key, value in values.items()}
    return {name: row.get(name, "") for name in FollowUp.model_fields}


def write(path: Path, *rows: Mapping[str, str]) -> Path:
    """Write rows as Danish Excel does."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def follow(model: Path) -> bool:
    """Follow up: one delivered, one late, one in part, one dropped, one without data, and an account."""
    rows = (
        observation(),
        observation(commitment=f"{NAME}.P2.HUS", indicator="start", value=2028, measure="år"),
        observation(commitment=f"{NAME}.P2.HUS", value="0,5"),
        observation(commitment=f"{NAME}.P2.HJEM", value="0,6"),
        observation(commitment=f"{NAME}.C1.HUS", value=0),
        observation(
            commitment="",
            indicator="",
            account="main",
            boundary="all",
            observed="2027-12-31",
            value="7,5",
            measure="kt",
        ),
    )
    return import_follow_up(model, NAME, write(model.parent / "follow_up.csv", *rows)) > 0


def amend(model: Path) -> bool:
    """Amend: the heat pumps of the care homes start a year later."""
    row = {
        "commitment": "A1",
        "round": NAME,
        "initiative": "P2",
        "unit": "HJEM",
        "status": "signed",
        "level": "1",
        "start": "2028",
        "dated": "2027-05-01",
        "replaces": f"{NAME}.P2.HJEM",
        "reference": "A-invented",
        "grade": "assumption",
        "note": "",
    }
    return amend_round(model, NAME, write(model.parent / "amendment.csv", row))


def close(model: Path) -> bool:
    """Close the round."""
    before = files(model)
    close_round(model, NAME)
    return files(model) != before


def files(model: Path) -> dict[str, bytes]:
    """Content of every file of the rounds."""
    return {
        path.relative_to(model).as_posix(): path.read_bytes()
        for path in sorted((model / "rounds").rglob("*"))
        if path.is_file()
    }


def taken(model: Path, *steps: object) -> Path:
    """A region after some steps."""
    for step in steps:
        assert step(model)  # type: ignore[operator]
    return model


def faults(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    """Texts of the faults that were found."""
    return [str(fault) for fault in caught.value.faults]
