"""Every figure of a plan recomputed in plain Python: the one deliberate second copy of the formulas."""

from rmscenario.verify.amounts import source_name, stream_name
from rmscenario.verify.compare import Difference, Verification, compare, require
from rmscenario.verify.limit_row import LimitRow, Sense
from rmscenario.verify.recompute import Recomputed, broken, recompute
from rmscenario.verify.targets import TargetCheck

__all__ = [
    "Difference",
    "LimitRow",
    "Recomputed",
    "Sense",
    "TargetCheck",
    "Verification",
    "broken",
    "compare",
    "recompute",
    "require",
    "source_name",
    "stream_name",
]
