"""Commitments as limits: accepted and signed ones start exactly so, refused ones not in their round."""

from __future__ import annotations

from collections.abc import Iterable

from rmscenario.region.vocabulary import CommitmentStatus, RoundStatus
from rmscenario.verify.limit_row import Books, LimitRow, Sense, limit_row


def commitments(books: Books) -> Iterable[LimitRow]:
    """A row for each commitment that counts, Eq. (20)."""
    ahead = {row.round: row for row in books.region.rounds if row.status in (RoundStatus.OPEN, RoundStatus.LATER)}
    replaced = {row.replaces for row in books.region.commitments if row.replaces is not None}
    started = {(start.initiative, start.unit): start for choice in books.choices for start in choice.starts}
    running = {choice.key for choice in books.choices if choice.running is not None}
    for row in books.region.commitments:
        place = row.initiative, row.unit
        if row.commitment in replaced or row.round not in ahead or place in running:
            continue
        start = started.get(place)
        about = {"commitment": row.commitment, "initiative": row.initiative, "unit": row.unit, "round": row.round}
        if row.status in (CommitmentStatus.ACCEPTED, CommitmentStatus.SIGNED):
            exactly = start is not None and (start.start, start.level) == (row.start, row.level)
            name = f"commitment {row.commitment} {row.initiative}:{row.unit} in {row.start} at {row.level:g}"
            yield limit_row(
                20, name, float(exactly), 1.0, Sense.EQUAL, kind="commitment", **about, year=row.start, level=row.level
            )
        elif row.status is CommitmentStatus.REFUSED:
            agreed = ahead[row.round]
            inside = start is not None and agreed.first_year <= start.start <= agreed.last_year
            name = f"refusal {row.commitment} {row.initiative}:{row.unit} in {row.round}"
            yield limit_row(20, name, float(inside), 0.0, kind="refusal", **about)
