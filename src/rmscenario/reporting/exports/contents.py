"""What an export is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmscenario.reporting.results import Result

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A run as it is exported.

    Attributes
    ----------
    name : str
        Id of its scenario.
    starts, limits, touched : sequence of mapping
        Rows of `plan.csv`, `limits.csv` and `touched.csv`.
    summary : mapping
        Content of `summary.json`.
    manifest : mapping
        Content of `manifest.json`.
    """

    name: str
    result: Result
    starts: Sequence[Row]
    limits: Sequence[Row]
    touched: Sequence[Row]
    summary: Mapping[str, Any]
    manifest: Mapping[str, Any]
