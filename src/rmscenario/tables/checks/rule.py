"""A rule between tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rmscenario.errors import Fault
from rmscenario.tables.loaded import Loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What finds faults between tables, and the tables it needs whole."""

    find: Callable[[Loaded], Iterator[Fault]]
    needs: frozenset[str]


def rule(find: Callable[[Loaded], Iterator[Fault]], *needs: str) -> Rule:
    """Rule that needs these tables."""
    return Rule(find=find, needs=frozenset(needs))
