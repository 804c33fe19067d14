"""What a commitment is agreed to have in service, and the level that explains what is."""

from __future__ import annotations

from datetime import date

from rmscenario.options import share_in_service, share_on
from rmscenario.region.commitments import Commitment
from rmscenario.region.initiatives import Initiative


def agreed_share(row: Commitment, initiative: Initiative, year: int) -> float:
    """Share in service that a commitment is agreed to have at the end of a year, Eq. (3) [1].

    Raises
    ------
    ValueError
        When it asks for no start.
    """
    start, level = row.agreed
    return float(share_in_service(initiative, level, start, [year])[0])


def agreed_on(row: Commitment, initiative: Initiative, day: date) -> float:
    """Share in service that a commitment is agreed to have at the end of a day, between the ends of the years [1].

    Raises
    ------
    ValueError
        When it asks for no start.
    """
    start, level = row.agreed
    return share_on(initiative, level, start, day)


def explained_level(row: Commitment, initiative: Initiative, start: int, share: float, day: date) -> float | None:
    """Level at which a share was in service at the end of a day, Eq. (3); None where no level has anything then [1].

    A roll-out may go evenly through a year or be done at once: the share is of the day at the least, and of the end of its
    year at the most. Between the levels that these give, the agreed one holds.
    """
    of_day = share_on(initiative, 1.0, start, day)
    of_year = share_on(initiative, 1.0, start, date(day.year, 12, 31))
    if min(of_day, of_year) <= 0:
        return None
    least, most = sorted((share / of_year, share / of_day))
    _, agreed = row.agreed
    return min(1.0, max(least, min(most, agreed)))
