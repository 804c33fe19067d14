"""Emissions: the only place that knows how initiatives change quantities. NumPy, and compiled loops."""

from rmscenario.emissions.background import BASE_YEAR, background_factor, background_path
from rmscenario.emissions.evaluate import Quantities, evaluate, on_paper, pool_products
from rmscenario.emissions.frame import CutFrame, CutKind, build_frame
from rmscenario.emissions.structure import Leaf, Stream, Structure, build_structure
from rmscenario.emissions.targets import UNIT_OF_TARGET, TargetLine, judged_target, target_lines

__all__ = [
    "BASE_YEAR",
    "UNIT_OF_TARGET",
    "CutFrame",
    "CutKind",
    "Leaf",
    "Quantities",
    "Stream",
    "Structure",
    "TargetLine",
    "background_factor",
    "background_path",
    "build_frame",
    "build_structure",
    "evaluate",
    "judged_target",
    "on_paper",
    "pool_products",
    "target_lines",
]
