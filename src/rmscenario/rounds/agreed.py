"""What a commitment is agreed to have in service."""

from __future__ import annotations

from rmscenario.options import share_in_service
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
