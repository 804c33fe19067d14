"""Run folders: all that a run gives, whole or not at all, with a manifest that every reader checks."""

from rmscenario.run_folder.disk import NotWrittenError, whole_files
from rmscenario.run_folder.manifest import MANIFEST, Manifest, read_manifest, write_manifest
from rmscenario.run_folder.place import HISTORY, Draft, find_run, new_run
from rmscenario.run_folder.read import (
    COMPANION_FILE,
    LIMITS_FILE,
    PLAN_FILE,
    QUANTITIES_FILE,
    REGION_FOLDER,
    SCENARIO_FILE,
    STRESS_FILE,
    SUMMARY_FILE,
    TOUCHED_FILE,
    Run,
    read_plan,
    read_run,
    read_table,
)
from rmscenario.run_folder.scenario_file import Described, describe, write_described
from rmscenario.run_folder.write import write_json, write_table

__all__ = [
    "COMPANION_FILE",
    "HISTORY",
    "LIMITS_FILE",
    "MANIFEST",
    "PLAN_FILE",
    "QUANTITIES_FILE",
    "REGION_FOLDER",
    "SCENARIO_FILE",
    "STRESS_FILE",
    "SUMMARY_FILE",
    "TOUCHED_FILE",
    "Described",
    "Draft",
    "Manifest",
    "NotWrittenError",
    "Run",
    "describe",
    "find_run",
    "new_run",
    "read_manifest",
    "read_plan",
    "read_run",
    "read_table",
    "whole_files",
    "write_described",
    "write_json",
    "write_manifest",
    "write_table",
]
