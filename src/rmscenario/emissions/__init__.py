"""Emissions: the only place that knows how initiatives change quantities. NumPy only."""

from rmscenario.emissions.background import BASE_YEAR, background_factor, background_path
from rmscenario.emissions.cuts import CutFrame, CutKind, CutRows, build_frame, cut_rows, tangent_rows
from rmscenario.emissions.evaluate import Quantities, evaluate, pool_products
from rmscenario.emissions.structure import Leaf, Stream, Structure, build_structure
from rmscenario.emissions.targets import UNIT_OF_TARGET, TargetLine, target_lines

__all__ = [
    "BASE_YEAR",
    "UNIT_OF_TARGET",
    "CutFrame",
    "CutKind",
    "CutRows",
    "Leaf",
    "Quantities",
    "Stream",
    "Structure",
    "TargetLine",
    "background_factor",
    "background_path",
    "build_frame",
    "build_structure",
    "cut_rows",
    "evaluate",
    "pool_products",
    "tangent_rows",
    "target_lines",
]
