"""Faults and oddities that only show when the tables are read together."""

from __future__ import annotations

from itertools import chain

from rmscenario.errors import Fault
from rmscenario.tables.checks import commitments, footprint, initiatives, limits, links
from rmscenario.tables.checks.oddities import Oddity, oddities
from rmscenario.tables.loaded import Loaded
from rmscenario.tables.rows import duplicate_keys

RULES = (*footprint.RULES, *links.RULES, *initiatives.RULES, *limits.RULES, *commitments.RULES)


def check(loaded: Loaded, *, without: frozenset[str] = frozenset()) -> tuple[Fault, ...]:
    """Faults of the tables together; what follows from a table without rows is left out.

    Parameters
    ----------
    loaded : Loaded
        The rows, each of which holds by itself.
    without : frozenset of str
        Tables that could not be read whole; rules that need them are left out.
    """
    tables = (entries for name, entries in loaded.rows.items() if name not in without)
    duplicates = chain.from_iterable(duplicate_keys(entries) for entries in tables) if not without else ()
    unfilled = links.unfilled(loaded, without)
    left_out = without | unfilled.keys()
    found = chain.from_iterable(rule.find(loaded) for rule in RULES if not rule.needs & left_out)
    return (*unfilled.values(), *duplicates, *found)


def warnings(loaded: Loaded) -> tuple[Oddity, ...]:
    """What is legal but odd: worth a look before a plan is made."""
    return tuple(oddities(loaded))


__all__ = ["RULES", "Oddity", "check", "warnings"]
