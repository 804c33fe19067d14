"""What was published: the figures of an account, where they leap, and those of other accounts."""

from __future__ import annotations

from itertools import pairwise

from rmscenario.region import Region
from rmscenario.region.footprint import Account, AccountFigure, Target
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.results import FOOTPRINT

#: [1] A published figure more than this above the one before it, or off the background, is not left without a word.
LEAP = 0.10


def published(region: Region, account: str, boundary: str) -> list[tuple[int, float]]:
    """Published figures of one account over one boundary, by year."""
    return sorted(
        (row.year, row.value) for row in region.account_history if row.account == account and row.boundary == boundary
    )


def leaps(region: Region, account: str, boundary: str) -> list[tuple[AccountFigure, AccountFigure]]:
    """Published figures that leap up, each after the one before it."""
    rows = sorted(
        (row for row in region.account_history if row.account == account and row.boundary == boundary),
        key=lambda row: row.year,
    )
    return [(before, row) for before, row in pairwise(rows) if before.value > 0 and rise(before, row) > LEAP]


def rise(before: AccountFigure, row: AccountFigure) -> float:
    """How much a figure is above the one before it [1]."""
    return row.value / before.value - 1.0


def others_of(region: Region, target: Target) -> list[tuple[Account, list[tuple[int, float]]]]:
    """Other accounts' published figures over a target's boundary."""
    if target.quantity != FOOTPRINT:
        return []
    found = [
        (account, published(region, account.account, target.boundary))
        for account in region.accounts
        if account.account != target.account
    ]
    return [(account, figures) for account, figures in found if figures]


def break_note(region: Region, target: Target, lang: Lang) -> str:
    """Says where the published method changes, so that nobody reads the step as a reduction."""
    series = others_of(region, target)
    own = published(region, target.account, target.boundary)
    if not series:
        return ""
    after = [year for _, figures in series for year, _ in figures if own and year > own[-1][0]]
    if not after:
        return say("curve.break.other", lang)
    return say("curve.break", lang, before=own[-1][0], after=min(after))
