"""A proposal: what a plan starts in a round, as commitments with all that an agreement says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rmscenario.assessment import assess
from rmscenario.emissions.structure import FOOTPRINT
from rmscenario.options import share_in_service
from rmscenario.plan import Plan, Start
from rmscenario.region import Region, report_year
from rmscenario.region.commitments import Commitment, Outlook, effective
from rmscenario.region.initiatives import Indicator
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus, Grade, Row
from rmscenario.rounds.lines import Line, lines_of
from rmscenario.rounds.rows import (
    IN_SERVICE,
    START,
    CommitmentIndicator,
    CommitmentMoney,
    CommitmentStaff,
    CommitmentTonnes,
    Milestone,
)

#: [1] Longest id that a table takes.
_LONGEST = 40
#: [1] Digits of the hash that ends an id which would be longer.
_HASHED = 8
#: How often what follows from level and start is looked at, where the initiative has no indicator of its own.
_YEARLY = "årligt"
_STARTED = ("Startet", "Started")
_ROLLED_OUT = ("Fuldt udrullet", "Fully rolled out")
_SO_FAR = ("{share:.0%} udrullet", "{share:.0%} rolled out")
_STARTED_IN = ("Startår", "Year of the start", "Året, indsatsen gik i gang", "Year in which the initiative began")
_SERVICE = (
    "Udrullet andel",
    "Share in service",
    "Andel af den fulde indsats, der er i drift ved årets udgang",
    "Share of the full initiative that is in service at the end of the year",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The tables of a proposal."""

    commitments: tuple[Commitment, ...]
    outlook: tuple[Outlook, ...]
    details: Mapping[type[Row], tuple[Row, ...]]


def propose(region: Region, plan: Plan, agreed: AgreementRound, *, dated: date) -> Proposal:
    """What a plan starts in a round, and what the plan's region says was refused in it.

    A start that the region has an accepted commitment for is accepted; the others are proposed.

    Parameters
    ----------
    region : Region
        The region that the plan is of.
    """
    known = {row.option: row for row in effective(region.commitments) if row.round == agreed.round}
    starts = [start for start in plan.starts if start.start in agreed.years]
    year = report_year(region)
    years = tuple(sorted({*agreed.years, *range(agreed.first_year, year + 1)}))
    lines = lines_of(
        region,
        plan,
        assess(region, plan),
        starts,
        years=years,
        tonnes_years=tuple(sorted({agreed.last_year, year})),
    )
    commitments: list[Commitment] = []
    details: dict[type[Row], list[Row]] = {
        kind: [] for kind in (CommitmentMoney, CommitmentStaff, CommitmentTonnes, Milestone, CommitmentIndicator)
    }
    for start, line in lines.items():
        row = _commitment(start, line, agreed, known.get((start.initiative, start.unit)), dated)
        commitments.append(row)
        for detail in _details(region, row, line, agreed):
            details[type(detail)].append(detail)
    commitments += [row for row in known.values() if row.status is CommitmentStatus.REFUSED]
    outlook = tuple(
        Outlook(initiative=start.initiative, unit=start.unit, level=start.level, start=start.start)
        for start in plan.starts
        if start.start > agreed.last_year
    )
    return Proposal(
        commitments=tuple(commitments), outlook=outlook, details={kind: tuple(rows) for kind, rows in details.items()}
    )


def _commitment(start: Start, line: Line, agreed: AgreementRound, known: Commitment | None, dated: date) -> Commitment:
    accepted = known is not None and known.binds
    return Commitment(
        commitment=known.commitment if known is not None else commitment_id(agreed.round, start.initiative, start.unit),
        round=agreed.round,
        initiative=start.initiative,
        unit=start.unit,
        status=CommitmentStatus.ACCEPTED if accepted else CommitmentStatus.PROPOSED,
        level=start.level,
        start=start.start,
        dated=known.dated if known is not None and accepted else dated,
        reference=line.initiative.reference,
        grade=line.effect_grade or line.initiative.grade,
    )


def commitment_id(agreed: str, initiative: str, unit: str) -> str:
    """Id of an option's commitment in a round, the same in every proposal."""
    name = f"{agreed}.{initiative}.{unit}"
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASHED]
    return f"{name[: _LONGEST - _HASHED - 1]}.{digest}"


def _details(region: Region, row: Commitment, line: Line, agreed: AgreementRound) -> Iterator[Row]:
    own = row.commitment
    for (kind, year), amount in line.money.items():
        if amount > 0:
            yield CommitmentMoney(commitment=own, kind=kind, year=year, amount=amount)
    for (skill, year), fte in line.staff.items():
        yield CommitmentStaff(commitment=own, skill=skill, year=year, fte=fte)
    if any(each.initiative == row.initiative and each.on in ("activity", FOOTPRINT) for each in region.effects):
        for year, tonnes in line.tonnes.items():
            yield CommitmentTonnes(
                commitment=own,
                year=year,
                low=tonnes.low,
                mode=tonnes.alone,
                high=tonnes.high,
                in_plan=tonnes.in_plan,
                in_account=tonnes.in_account,
            )
    yield from _milestones(row, line, agreed)
    yield from _indicators(region, row, line, agreed)


def _milestones(row: Commitment, line: Line, agreed: AgreementRound) -> Iterator[Milestone]:
    first = line.start.start
    whole = first + line.initiative.ramp_years - 1
    dates = [(START, date(first, 1, 1), _STARTED, 0.0)]
    if whole > agreed.last_year:
        share = in_service(line, agreed.last_year)
        dates.append(("end-of-round", date(agreed.last_year, 12, 31), _SO_FAR, share))
    dates.append(("rolled-out", date(whole, 12, 31), _ROLLED_OUT, 0.0))
    for name, day, (da, en), share in dates:
        yield Milestone(
            commitment=row.commitment,
            milestone=name,
            dated=day,
            name_da=da.format(share=share).replace("%", " %"),
            name_en=en.format(share=share),
        )


def in_service(line: Line, year: int) -> float:
    """Share of a start in service in a year, Eq. (3) [1]."""
    return float(share_in_service(line.initiative, line.start.level, line.start.start, [year])[0])


def _indicators(region: Region, row: Commitment, line: Line, agreed: AgreementRound) -> Iterator[CommitmentIndicator]:
    reached = in_service(line, agreed.last_year)
    for indicator in line.indicators:
        yield _indicator(row, indicator, reached, agreed)
    owner = next(track.owner_role for track in region.tracks if track.track == line.initiative.track)
    frequency = line.indicators[0].frequency if line.indicators else _YEARLY
    derived = {"reference": line.initiative.reference, "grade": Grade.DERIVED, "commitment": row.commitment}
    for name, words, measure, base, target in (
        (START, _STARTED_IN, "år", None, float(line.start.start)),
        (IN_SERVICE, _SERVICE, "1", 0.0, reached),
    ):
        yield CommitmentIndicator(
            **derived,
            indicator=name,
            name_da=words[0],
            name_en=words[1],
            definition_da=words[2],
            definition_en=words[3],
            measure=measure,
            base=base,
            base_year=None if base is None else line.start.start - 1,
            target=target,
            target_year=agreed.last_year,
            data_owner_role=owner,
            frequency=frequency,
            note="From level, start and ramp-up of the initiative",
        )


def _indicator(row: Commitment, indicator: Indicator, reached: float, agreed: AgreementRound) -> CommitmentIndicator:
    """An indicator of the region's; its value moves from base to target with the share in service."""
    target = None
    if indicator.base is not None and indicator.target is not None:
        target = indicator.base + (indicator.target - indicator.base) * reached
    same = indicator.model_dump(exclude={"initiative", "shows", "target"})
    return CommitmentIndicator.model_validate(
        {
            **same,
            "commitment": row.commitment,
            "target": target,
            "target_year": None if target is None else agreed.last_year,
            "note": indicator.note if target is not None else "No base or target value is known yet",
        }
    )
