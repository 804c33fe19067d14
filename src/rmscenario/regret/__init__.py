"""One plan, many worlds: what each world would rather have started, and what it costs not to have known."""

from rmscenario.regret.compare import PolicyRegret
from rmscenario.regret.policies import WorldsOf
from rmscenario.regret.run import UNKNOWN, Change, Regret, StageGap, find_regret
from rmscenario.regret.shares import Kind, OptionShare
from rmscenario.regret.value import Bracket, ValueOfInformation

__all__ = [
    "UNKNOWN",
    "Bracket",
    "Change",
    "Kind",
    "OptionShare",
    "PolicyRegret",
    "Regret",
    "StageGap",
    "ValueOfInformation",
    "WorldsOf",
    "find_regret",
]
