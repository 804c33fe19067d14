"""What the commitments of a round do for the region's targets, physically and as the official account will show it.

Both are of the year in which a target is judged: without the round's commitments, with them as they were agreed, and with them
as they were observed. A commitment without data counts as agreed, as it does when the round closes; what starts later, or was
agreed in other rounds, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rmscenario.constants import is_met
from rmscenario.emissions import build_structure, on_paper, target_lines
from rmscenario.emissions.evaluate import evaluate_deployed
from rmscenario.emissions.structure import FOOTPRINT, FloatArray, Structure
from rmscenario.emissions.targets import TargetLine, judged_target
from rmscenario.options import build_options
from rmscenario.region import Region
from rmscenario.region.commitments import OptionKey
from rmscenario.region.limits import Running
from rmscenario.rounds.closing import Observed, as_agreed, goes_on, observed
from rmscenario.rounds.progress import Effect
from rmscenario.rounds.store import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Tonnes that are emitted, or taken off, and what the account shows of them [tCO2e/a]."""

    physical: float
    in_account: float

    def less(self, other: Amount) -> Amount:
        """What is left when another amount is taken away."""
        return Amount(physical=self.physical - other.physical, in_account=self.in_account - other.in_account)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstTarget:
    """What is left of a target's tonnes in its year [tCO2e/a]; of a cumulative target in all the years that it holds."""

    target: str
    year: int
    cap: float
    base: float
    without: Amount
    agreed: Amount
    observed: Amount

    @property
    def missed(self) -> bool:
        """Whether the commitments as observed leave more than is allowed, physically."""
        return not is_met(self.observed.physical, self.cap, self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one commitment alone takes off the tonnes of a target in its year [tCO2e/a]."""

    agreed: Amount
    observed: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A round beside the region's footprint targets, in table order.

    `judged` is the first in priority of those that are missed, else of all; None without any. `parts` by id of the commitment
    are of that one.
    """

    targets: tuple[AgainstTarget, ...]
    judged: AgainstTarget | None
    parts: dict[str, Part]


def against_targets(found: Round, effects: Mapping[str, Effect] | None = None) -> Against:
    """What a round's commitments do for the targets.

    Parameters
    ----------
    effects : mapping of commitment to Effect, optional
        Effects that were measured, which those with data on how much is in service count with; the others are as promised.
    """
    seen = observed(found)
    known = {each.commitment.commitment: each for each in seen if each.last is not None}
    measured = {
        known[name].commitment.option: effect.value for name, effect in (effects or {}).items() if name in known
    }
    agreed = _Effective(found, [as_agreed(each.commitment) for each in seen])
    as_seen = _Effective(found, seen, measured)
    lines, years = target_lines(agreed.structure), agreed.structure.table.years
    targets = {
        number: AgainstTarget(
            target=line.target.target,
            year=int(years[line.position]),
            cap=line.cap,
            base=line.base,
            without=agreed.left(line, agreed.without),
            agreed=agreed.left(line, agreed.all_of_it),
            observed=as_seen.left(line, as_seen.all_of_it),
        )
        for number, line in enumerate(lines)
        if line.target.quantity == FOOTPRINT
    }
    first = judged_target(lines, [number in targets and targets[number].missed for number in range(len(lines))])
    parts = {}
    if first is not None:
        parts = {
            each.commitment.commitment: Part(
                agreed=agreed.part(lines[first], each), observed=as_seen.part(lines[first], each)
            )
            for each in seen
        }
    return Against(targets=tuple(targets.values()), judged=None if first is None else targets[first], parts=parts)


class _Effective:
    """A region in which nothing is new but some commitments of a round, running as they are said to.

    `effects` are shares of what was promised, by option [1]: an option acts by effect times deployment, Eq. (2).
    """

    def __init__(
        self, found: Round, seen: Sequence[Observed], effects: Mapping[OptionKey, float] | None = None
    ) -> None:
        region = _with_running(found.region, found.name, [goes_on(each, found.name) for each in seen])
        table = build_options(region, range(region.settings.base_year, region.settings.end_year + 1))
        self.structure = build_structure(region, table)
        self._on_paper = on_paper(self.structure)
        self.all_of_it = table.deployed(table.nothing_new())
        own = {each.commitment.option for each in seen}
        self._own = {option.key: number for number, option in enumerate(table.options) if option.key in own}
        for option, effect in (effects or {}).items():
            self.all_of_it[self._own[option]] *= effect
        self.without = self.all_of_it.copy()
        self.without[list(self._own.values())] = 0.0

    def left(self, line: TargetLine, deployed: FloatArray) -> Amount:
        """What is left of a target's tonnes in its year."""
        return Amount(
            physical=_residual(self.structure, line, deployed),
            in_account=_residual(self._on_paper, line, deployed),
        )

    def part(self, line: TargetLine, seen: Observed) -> Amount:
        """What a commitment alone takes off them."""
        own = self._own[seen.commitment.option]
        alone = self.without.copy()
        alone[own] = self.all_of_it[own]
        return self.left(line, self.without).less(self.left(line, alone))


def _with_running(region: Region, name: str, rows: Sequence[Running | None]) -> Region:
    others = tuple(row for row in region.running if row.round != name)
    running = (*others, *(row for row in rows if row is not None))
    return replace(region, running=running, commitments=(), outlook=())


def _residual(structure: Structure, line: TargetLine, deployed: FloatArray) -> float:
    """Residual of a target in its year [tCO2e/a]."""
    return float(line.residual(evaluate_deployed(structure, deployed).leaf)[line.position])
