"""Rules between tables: footprint."""

from __future__ import annotations

from rmscenario.tables.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
