"""Runs read back: the plan, the region it was made for, and what was said of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rmscenario.errors import RunFolderError, shown
from rmscenario.plan import Certified, CertifiedJoint, Plan, RiskReport, Start, Verdict
from rmscenario.region import Region
from rmscenario.run_folder.manifest import Manifest, read_manifest
from rmscenario.run_folder.place import recover
from rmscenario.run_folder.scenario_file import Described, read_described
from rmscenario.tables import load
from rmscenario.tables.cells import unguarded

PLAN_FILE = "plan.csv"
COMPANION_FILE = "companion.csv"
LIMITS_FILE = "limits.csv"
TOUCHED_FILE = "touched.csv"
QUANTITIES_FILE = "quantities.nc"
STRESS_FILE = "stress.nc"
SUMMARY_FILE = "summary.json"
SCENARIO_FILE = "scenario.json"
#: The region that the plan was made for, every change of the scenario carried out.
REGION_FOLDER = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A whole run, each file as its manifest says."""

    folder: Path
    manifest: Manifest
    scenario: Described
    region: Region
    plan: Plan
    companion: Plan | None
    summary: dict[str, Any]

    @property
    def name(self) -> str:
        """Name of the run: that of its folder."""
        return self.folder.name


def read_run(folder: Path) -> Run:
    """Read a run.

    Raises
    ------
    RunFolderError
        When the folder is no whole run, or a file is not as it was written.
    """
    if not folder.exists():
        recover(folder.parent, folder.name)
    manifest = read_manifest(folder)
    needed = (PLAN_FILE, SUMMARY_FILE, SCENARIO_FILE)
    missing = [name for name in needed if name not in manifest.outputs]
    if missing:
        raise RunFolderError(
            f"{folder.name}: found no {', '.join(missing)} in the manifest, expected a run of this version; "
            "run the scenario again"
        )
    companion = folder / COMPANION_FILE
    summary = json.loads((folder / SUMMARY_FILE).read_text(encoding="utf-8"))
    return Run(
        folder=folder,
        manifest=manifest,
        scenario=read_described(folder / SCENARIO_FILE),
        region=load(folder / REGION_FOLDER),
        plan=replace(read_plan(folder / PLAN_FILE), risk=_risk(folder / SUMMARY_FILE, summary.get("risk"))),
        companion=read_plan(companion) if COMPANION_FILE in manifest.outputs else None,
        summary=summary,
    )


def _risk(path: Path, found: Mapping[str, Any] | None) -> RiskReport | None:
    """What a summary says of a plan under risk, as the plan carried it."""
    if found is None:
        return None
    where = f"{path.parent.name}/{path.name}: risk"
    report = _figures(RiskReport, found, where)
    targets = [_figures(Certified, row, f"{where}.targets[{number}]") for number, row in enumerate(found["targets"])]
    joint = found["joint"]
    if joint is not None:
        together = _figures(CertifiedJoint, joint, f"{where}.joint")
        joint = CertifiedJoint(**{**together, "targets": tuple(joint["targets"])})
    return RiskReport(**{**report, "targets": tuple(Certified(**row) for row in targets), "joint": joint})


def _figures(
    kind: type[RiskReport | Certified | CertifiedJoint], found: Mapping[str, Any], where: str
) -> dict[str, Any]:
    """Figures of a plan under risk by name, its verdict as one.

    Raises
    ------
    RunFolderError
        When they are not those of this version.
    """
    known, verdict = [field.name for field in fields(kind)], found.get("verdict")
    added, gone = [name for name in found if name not in known], [name for name in known if name not in found]
    other = [] if verdict in (None, *Verdict) else [shown(verdict)]
    named = (("no", gone), ("an unknown", added), ("an unknown verdict", other))
    if said := [f"{words} {', '.join(names)}" for words, names in named if names]:
        raise RunFolderError(
            f"{where}: found {' and '.join(said)}, expected the figures of a plan under risk as this version writes them; "
            "the run was made by another version, run the scenario again"
        )
    return {**found, **({} if verdict is None else {"verdict": Verdict(verdict)})}


def read_plan(path: Path) -> Plan:
    """Read a plan from the columns `initiative`, `unit`, `level` and `start` of a table; other columns are passed over.

    Raises
    ------
    RunFolderError
        When a column is missing or a number is none.
    """
    starts = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                start = Start(
                    initiative=row["initiative"], unit=row["unit"], level=float(row["level"]), start=int(row["start"])
                )
            except KeyError as error:
                raise RunFolderError(
                    f"{path.name}: found no column {error}, expected initiative, unit, level and start; write them"
                ) from None
            except (TypeError, ValueError):
                found = f"level {shown(row['level'])} and start {shown(row['start'])}"
                raise RunFolderError(
                    f"{path.name}:{number}: found {found}, expected a number and a year; correct them"
                ) from None
            starts.append(start)
    return Plan(starts=tuple(starts))


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a table of a run, as texts, without the signs that guard them from being taken for formulas."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: unguarded(text) for key, text in row.items()} for row in csv.DictReader(file)]
