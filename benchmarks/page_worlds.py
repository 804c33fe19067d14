"""Worlds of a scenario, and their control, on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.numbers import number, percent, table


def worlds(results: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Time, and gaps of the worlds and of the control."""
    lines: list[str] = []
    for name, found in ((name, kinds["worlds"]) for name, kinds in results.items() if "worlds" in kinds):
        rows = found["control"]
        own, control, above = (
            np.asarray([row[key] for row in rows]) for key in ("gap", "control_gap", "above_control")
        )
        each = found["cpu_seconds"] / found["worlds"]
        lines += [
            f"{found['worlds']} worlds of `{name}`, {found['workers']} processes: {number(found['clock_seconds'])} s of the clock, "
            f"{number(found['cpu_seconds'])} CPU seconds, {number(each)} for each world, the plan for all worlds at once among them.",
            "",
            f"The first {len(rows)} were planned once more from nothing by the ordinary planner, to a gap of "
            f"{percent(found['control_gap_asked'])}; all brackets overlap. Gaps are of the sum of absolute cost terms.",
            "",
            *table(
                ["", "mean", "largest"],
                [
                    [f"gap of all {found['worlds']}", percent(found["gap"]["mean"]), percent(found["gap"]["max"])],
                    ["gap of those with a control", percent(own.mean()), percent(own.max())],
                    ["gap of the control", percent(control.mean()), percent(control.max())],
                    ["above the control", percent(above.mean()), percent(above.max())],
                    [
                        "control [CPU s]",
                        number(float(np.mean(found["control_cpu_seconds"]))),
                        number(max(found["control_cpu_seconds"])),
                    ],
                ],
            ),
            "",
        ]
    return lines[:-1]
