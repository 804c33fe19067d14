"""Rules between tables: initiatives."""

from __future__ import annotations

from rmscenario.tables.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
