"""One plan, many worlds: what each world would rather have started, and what it costs not to have known."""

from rmscenario.regret.compare import PolicyRegret
from rmscenario.regret.run import UNKNOWN, Change, Regret, StageGap, find_regret
from rmscenario.regret.shares import Kind, OptionShare
from rmscenario.regret.value import ValueOfInformation

__all__ = [
    "UNKNOWN",
    "Change",
    "Kind",
    "OptionShare",
    "PolicyRegret",
    "Regret",
    "StageGap",
    "ValueOfInformation",
    "find_regret",
]
