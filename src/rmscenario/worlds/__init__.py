"""Worlds of a plan: draws as problems, re-solved on a live master; what is learnt of them; plans for all of them at once."""

from rmscenario.worlds.bracket import Bracket
from rmscenario.worlds.of import WorldsOf

__all__ = ["Bracket", "WorldsOf"]
