"""Signposts: what the draws have in common in which a plan misses, what shows it early, and what to call then."""

from rmscenario.signposts.find import Miss, Restriction, Signpost, Signposts, signposts
from rmscenario.signposts.observables import Observable, Sign
from rmscenario.signposts.reserve import Reserve, Reserves
from rmscenario.signposts.warnings import Alert

__all__ = [
    "Alert",
    "Miss",
    "Observable",
    "Reserve",
    "Reserves",
    "Restriction",
    "Sign",
    "Signpost",
    "Signposts",
    "signposts",
]
