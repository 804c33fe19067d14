"""What goes into the dossier of a unit in an agreement round, as data.

What is agreed comes from the round's own tables; the region says what it rests on, and the run that it was proposed from
what the unit's part of the plan is, how sure it is and what warns of a miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rmscenario.options import build_options
from rmscenario.region import Region, report_year
from rmscenario.region.commitments import OptionKey, effective
from rmscenario.region.grades import weakest
from rmscenario.region.initiatives import Initiative, Prerequisite
from rmscenario.region.limits import AgreementRound, Running
from rmscenario.region.vocabulary import CommitmentStatus, Delivery, Grade, MoneyKind, PrerequisiteScope
from rmscenario.reporting.added import is_decided
from rmscenario.reporting.agreements.contents import Agreement, agreements
from rmscenario.reporting.results import Result
from rmscenario.rounds.asked import Question
from rmscenario.rounds.held import Held
from rmscenario.rounds.progress import Span, total
from rmscenario.rounds.rows import (
    CommitmentIndicator,
    CommitmentMoney,
    CommitmentStaff,
    CommitmentTonnes,
    Milestone,
)
from rmscenario.signposts import Signposts
from rmscenario.tables.parts import RoundState


class Since(StrEnum):
    """How an initiative of a unit stands against the rounds before."""

    NEW = "new"  # proposed in this round, and running in none before
    GOES_ON = "goes_on"  # running since an earlier round
    ENDS = "ends"  # running, and at the end of its lifetime before this round is over
    DROPPED = "dropped"  # agreed in an earlier round, and not running


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A commitment with all that a dossier says of it.

    `tonnes` by year; `money` by (kind, year) [DKK]; `staff` by (skill, year) [FTE]. `references` are the ids of where its
    figures are from that nobody assumes; `share` is the unit's part of the initiative, Eq. (6), 1 where nobody else carries
    it; `decided` says that the region has a duty to start it. `rules_out` are initiatives that the unit cannot start beside it, `supersedes` those of them that run in the unit.
    """

    question: Question
    initiative: Initiative
    tonnes: Mapping[int, CommitmentTonnes]
    money: Mapping[tuple[MoneyKind, int], float]
    staff: Mapping[tuple[str, int], float]
    milestones: tuple[Milestone, ...]
    indicators: tuple[CommitmentIndicator, ...]
    effect_grade: Grade | None
    cost_grade: Grade | None
    references: tuple[str, ...]
    rules_out: tuple[str, ...]
    supersedes: tuple[str, ...]
    share: float
    decided: bool

    @property
    def stands(self) -> bool:
        """Whether it is still to start: proposed, accepted or signed."""
        return self.question.now.status is not CommitmentStatus.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What the region has decided that the unit starts, and that it does not start in this round.

    `start` is its year in the plan, None where the plan does not start it; `tonnes` what it takes off in the report year
    [tCO2e/a], below 0 where it adds.
    """

    initiative: str
    latest: int
    start: int | None
    tonnes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a commitment of the unit needs first, and where it comes from.

    `starts` are the years in which the required initiative starts by unit, `running` the units that run it; both empty:
    nobody starts it.
    """

    initiative: str
    prerequisite: Prerequisite
    starts: Mapping[str, int]
    running: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The dossier of a unit.

    Attributes
    ----------
    own, carried, acting : tuple of Entry
        What the unit starts for itself; group-wide initiatives that it carries for all; those of other carriers that act
        on it. The unit answers for the first two.
    needs : tuple of Need
        What its starts need from initiatives of others, or of its own.
    ahead : tuple of Ahead
        What is decided and starts later than in this round.
    since : sequence of (Since, initiative, Running or None)
        Against the rounds before.
    own_tonnes, plan_tonnes : float [tCO2e/a]
        What its own starts take off in the report year in the plan, and all new starts of the plan.
    later_tonnes : float [tCO2e/a]
        What the plan's own starts of the unit in other years than the round's take off in the report year.
    between : (float, float) or None
        5 % and 95 % of the draws of `own_tonnes` [tCO2e/a]; None without a stress test.
    metered : mapping
        Savings on the unit's sources by the whole plan, by (kind, year) [DKK/a].
    signposts : tuple of Signposts or None
        What warns of a miss of the plan; None where that was not computed.
    """

    unit: str
    round: AgreementRound
    state: RoundState
    years: tuple[int, ...]
    tonnes_years: tuple[int, ...]
    report_year: int
    own: tuple[Entry, ...]
    carried: tuple[Entry, ...]
    acting: tuple[Entry, ...]
    needs: tuple[Need, ...]
    ahead: tuple[Ahead, ...]
    since: tuple[tuple[Since, str, Running | None], ...]
    own_tonnes: float
    plan_tonnes: float
    later_tonnes: float
    between: tuple[float, float] | None
    metered: Mapping[tuple[MoneyKind, int], float]
    signposts: tuple[Signposts, ...] | None

    @property
    def own_alone(self) -> Span:
        """What its own starts take off in the report year, each by itself, and what the account shows of it."""
        year = self.report_year
        return total(Span.of(e.tonnes[year]) for e in self.own if e.stands and year in e.tonnes)

    @property
    def shared(self) -> bool:
        """Whether it answers for a part of what the whole region does."""
        return any(entry.share < 1.0 for entry in self.answers)

    @property
    def answers(self) -> tuple[Entry, ...]:
        """What the unit answers for."""
        return self.own + self.carried

    @property
    def borne(self) -> tuple[Entry, ...]:
        """What the unit pays and staffs: all that it answers for and has not refused."""
        return tuple(entry for entry in self.answers if entry.stands)


def dossiers(found: Held, result: Result, signposts: Sequence[Signposts] | None) -> tuple[Dossier, ...]:
    """The dossiers of all units of a round, in table order.

    Parameters
    ----------
    result : Result
        The run that the round was, or would be, proposed from.
    """
    region = result.region
    year = report_year(region)
    entries = _entries(region, found)
    group = {row.initiative for row in region.initiatives if row.delivery is Delivery.GROUP}
    acts_on: dict[OptionKey, set[str]] = {}
    for row in region.delivery:
        acts_on.setdefault((row.initiative, row.unit), set()).add(row.acts_on)
    plan_tonnes = float(result.assessment["tonnes_in_plan"].sel(year=year).sum())
    of_plan = {each.unit: each for each in agreements(result, found.agreed)}
    made = []
    for unit in (row.unit for row in region.units):
        own = tuple(e for e in entries if e.question.now.unit == unit and e.initiative.initiative not in group)
        carried = tuple(e for e in entries if e.question.now.unit == unit and e.initiative.initiative in group)
        acting = tuple(
            e
            for e in entries
            if e.initiative.initiative in group
            and e.question.now.unit != unit
            and unit in acts_on.get(e.question.now.option, set())
        )
        agreement: Agreement = of_plan[unit]
        mine = own + carried
        made.append(
            Dossier(
                unit=unit,
                round=found.agreed,
                state=found.state,
                years=tuple(sorted({*found.agreed.years, year})),
                tonnes_years=tuple(sorted({found.agreed.last_year, year})),
                report_year=year,
                own=own,
                carried=carried,
                acting=acting,
                needs=tuple(need for entry in mine if entry.stands for need in _needs(region, result, entry, group)),
                ahead=tuple(_ahead(result, unit, mine, year)),
                since=tuple(_since(region, found.agreed, agreement, mine)),
                own_tonnes=sum(e.tonnes[year].in_plan for e in own if e.stands and year in e.tonnes),
                plan_tonnes=plan_tonnes,
                later_tonnes=_later(result, found.agreed, unit, group, year),
                between=agreement.between,
                metered=agreement.metered,
                signposts=None if signposts is None else tuple(signposts),
            )
        )
    return tuple(made)


def _entries(region: Region, found: Held) -> list[Entry]:
    """Every commitment of a round with the rows of its tables, by track."""
    initiatives = {row.initiative: row for row in region.initiatives}
    running = {(row.initiative, row.unit) for row in region.running}
    shares = {option.key: option.share for option in build_options(region).options}
    tonnes: dict[str, dict[int, CommitmentTonnes]] = {}
    money: dict[str, dict[tuple[MoneyKind, int], float]] = {}
    staff: dict[str, dict[tuple[str, int], float]] = {}
    indicators: dict[str, list[CommitmentIndicator]] = {}
    milestones: dict[str, list[Milestone]] = {}
    for amount in found.of(CommitmentTonnes):
        tonnes.setdefault(amount.commitment, {})[amount.year] = amount
    for paid in found.of(CommitmentMoney):
        money.setdefault(paid.commitment, {})[paid.kind, paid.year] = paid.amount
    for hands in found.of(CommitmentStaff):
        staff.setdefault(hands.commitment, {})[hands.skill, hands.year] = hands.fte
    for milestone in found.of(Milestone):
        milestones.setdefault(milestone.commitment, []).append(milestone)
    for indicator in found.of(CommitmentIndicator):
        indicators.setdefault(indicator.commitment, []).append(indicator)
    entries = []
    for question in found.questions:
        own, name = question.now.commitment, question.now.initiative
        effects = [row for row in region.effects if row.initiative == name]
        costs = [row for row in region.money if row.initiative == name]
        others = {row.excludes for row in region.exclusions if row.initiative == name}
        others |= {row.initiative for row in region.exclusions if row.excludes == name}
        figures = [row for row in (initiatives[name], *effects, *costs) if row.grade is not Grade.ASSUMPTION]
        entries.append(
            Entry(
                question=question,
                initiative=initiatives[name],
                tonnes=tonnes.get(own, {}),
                money=money.get(own, {}),
                staff=staff.get(own, {}),
                milestones=tuple(sorted(milestones.get(own, ()), key=lambda row: row.dated)),
                indicators=tuple(indicators.get(own, ())),
                effect_grade=weakest(row.grade for row in effects),
                cost_grade=weakest(row.grade for row in costs),
                references=tuple(dict.fromkeys(row.reference for row in figures)),
                rules_out=tuple(sorted(other for other in others if (other, question.now.unit) not in running)),
                supersedes=tuple(sorted(other for other in others if (other, question.now.unit) in running)),
                share=shares[question.now.option],
                decided=is_decided(region, name, question.now.unit),
            )
        )
    tracks = [row.track for row in region.tracks]
    return sorted(entries, key=lambda entry: tracks.index(entry.initiative.track))


def _later(result: Result, agreed: AgreementRound, unit: str, group: set[str], year: int) -> float:
    """What a unit's own starts in other years than the round's take off in the report year in the plan [tCO2e/a]."""
    options = [
        f"{start.initiative}:{unit}"
        for start in result.plan.starts
        if start.unit == unit and start.initiative not in group and start.start not in agreed.years
    ]
    return float(result.assessment["tonnes_in_plan"].sel(option=options, year=year).sum())


def _ahead(result: Result, unit: str, entries: Sequence[Entry], year: int) -> Iterator[Ahead]:
    """What the unit has a duty to start, is not running and is none of its entries."""
    region = result.region
    done = {entry.initiative.initiative for entry in entries}
    done |= {row.initiative for row in region.running if row.unit == unit}
    carried = {(row.initiative, row.unit) for row in region.delivery}
    starts = {start.initiative: start.start for start in result.plan.starts if start.unit == unit}
    for row in region.duties:
        if row.initiative in done or row.unit not in (None, unit) or (row.initiative, unit) not in carried:
            continue
        tonnes = 0.0
        if row.initiative in starts:
            tonnes = float(result.assessment["tonnes_in_plan"].sel(option=f"{row.initiative}:{unit}", year=year))
        yield Ahead(initiative=row.initiative, latest=row.latest, start=starts.get(row.initiative), tonnes=tonnes)


def _needs(region: Region, result: Result, entry: Entry, group: set[str]) -> list[Need]:
    """What an entry needs first, and who starts it."""
    unit = entry.question.now.unit
    needs = []
    for row in region.prerequisites:
        if row.initiative != entry.initiative.initiative:
            continue
        anywhere = row.requires in group or row.scope is not PrerequisiteScope.SAME_UNIT
        starts = {
            start.unit: start.start
            for start in result.plan.starts
            if start.initiative == row.requires and (anywhere or start.unit == unit)
        }
        running = tuple(
            each.unit for each in region.running if each.initiative == row.requires and (anywhere or each.unit == unit)
        )
        needs.append(Need(initiative=row.initiative, prerequisite=row, starts=starts, running=running))
    return needs


def _since(
    region: Region, agreed: AgreementRound, agreement: Agreement, entries: Sequence[Entry]
) -> list[tuple[Since, str, Running | None]]:
    """What is new, what goes on, what ends, and what was agreed before and does not run."""
    initiatives = {row.initiative: row for row in region.initiatives}
    running = {row.initiative for row in agreement.running}
    new = [
        (Since.NEW, entry.initiative.initiative, None)
        for entry in entries
        if entry.stands and entry.initiative.initiative not in running
    ]
    before = []
    for row in agreement.running:
        kept = initiatives[row.initiative]
        over = not kept.renew and row.start + kept.lifetime <= agreed.last_year
        before.append((Since.ENDS if over else Since.GOES_ON, row.initiative, row))
    over_rounds = {row.round for row in region.rounds if not row.ahead}
    dropped = [
        (Since.DROPPED, row.initiative, None)
        for row in effective(region.commitments)
        if row.unit == agreement.unit and row.binds and row.round in over_rounds and row.initiative not in running
    ]
    return [*new, *before, *dropped]
