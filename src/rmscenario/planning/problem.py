"""A region arranged for planning."""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.emissions import CutFrame, TargetLine, build_frame, build_structure, target_lines
from rmscenario.money import MoneyTable, build_money
from rmscenario.options import build_options
from rmscenario.planning.limits import limit_rows
from rmscenario.planning.logic import logic_rows
from rmscenario.planning.rows import Rows
from rmscenario.region import Region
from rmscenario.region.vocabulary import TargetForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Options, structure, money, targets and the rows of all constraint families of a region."""

    region: Region
    frame: CutFrame
    money: MoneyTable
    lines: tuple[TargetLine, ...]
    rows: tuple[Rows, ...]


def build_problem(region: Region) -> Problem:
    """Arrange a region. The years begin before the period where a cumulative target sums earlier ones."""
    settings = region.settings
    summed = [target.year for target in region.active_targets if target.form is TargetForm.CUMULATIVE]
    table = build_options(region, range(min([settings.first_year, *summed]), settings.end_year + 1))
    structure = build_structure(region, table)
    frame = build_frame(structure)
    money = build_money(region, table)
    return Problem(
        region=region,
        frame=frame,
        money=money,
        lines=target_lines(structure),
        rows=(*logic_rows(region, frame), *limit_rows(region, table, money, frame.columns)),
    )
