"""Where the rounds of a region stand, those without a folder of their own as the region's tables say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rmscenario import tables
from rmscenario.region.commitments import Commitment
from rmscenario.region.limits import AgreementRound, Running
from rmscenario.rounds.against import Against, against_targets
from rmscenario.rounds.progress import Effects, Progressed, Span, as_promised, progressed, seen_in, total
from rmscenario.rounds.rows import FollowUp
from rmscenario.rounds.store import read_round
from rmscenario.tables.parts import RoundState


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a round stands.

    `state` is that of its folder, None where it has none; `commitments` are those that count, `progressed`
    how far they have come once they are signed, as seen in the year `seen_in`, and `against` what that does for the targets;
    `running` is what the region takes to run since the round.
    """

    agreed: AgreementRound
    state: RoundState | None
    proposed_from: str | None
    commitments: tuple[Commitment, ...]
    progressed: tuple[Progressed, ...]
    seen_in: int | None
    against: Against | None
    running: tuple[Running, ...]
    follow_up: int

    @property
    def statuses(self) -> dict[str, int]:
        """Commitments by status."""
        return dict(sorted(Counter(row.status.value for row in self.commitments).items()))

    @property
    def progress(self) -> dict[str, int]:
        """Commitments by progress; none before they are signed."""
        return dict(sorted(Counter(each.seen.progress.value for each in self.progressed).items()))

    @property
    def promised(self) -> Span:
        """Tonnes promised for the days that were seen last, of the commitments with data [tCO2e/a]."""
        return total(each.promised for each in self.progressed if each.realised is not None)

    @property
    def realised(self) -> Span:
        """Tonnes that these commitments have come to, with effects as measured, else as promised [tCO2e/a]."""
        return total(each.realised for each in self.progressed)

    @property
    def with_tonnes(self) -> tuple[Progressed, ...]:
        """Commitments whose tonnes `realised` holds."""
        return tuple(each for each in self.progressed if each.realised is not None)

    @property
    def days(self) -> tuple[date, ...]:
        """Days that the commitments with data were seen last, each once, in their order."""
        return tuple(sorted({each.day for each in self.progressed if each.day is not None}))

    @property
    def unknown(self) -> Span:
        """Tonnes promised by the commitments without data [tCO2e/a]."""
        return total(each.promised for each in self.progressed if each.realised is None)

    @property
    def running_as(self) -> dict[str, int]:
        """What runs since the round, by how that is known."""
        return dict(sorted(Counter(row.status.value for row in self.running).items()))


def standing(model: Path, name: str | None = None, effects: Effects = as_promised) -> tuple[Standing, ...]:
    """How the rounds of a region stand, or one of them.

    Parameters
    ----------
    effects : callable
        What was measured of the effects of a round.

    Raises
    ------
    InputError
        When the region or a round is faulty, or there is no such round.
    """
    names = [name] if name is not None else [row.round for row in tables.load(model).rounds]
    found = []
    for each in names:
        at = read_round(model, each)
        signed = at.state in (RoundState.SIGNED, RoundState.CLOSED)
        measured = effects(at) if signed else {}
        found.append(
            Standing(
                agreed=at.agreed,
                state=at.state if at.manifest.files or at.state is not RoundState.OPEN else None,
                proposed_from=at.manifest.proposed_from.get("run"),
                commitments=at.commitments,
                progressed=progressed(at, measured) if signed else (),
                seen_in=seen_in(at) if signed else None,
                against=against_targets(at, measured) if signed else None,
                running=tuple(row for row in at.region.running if row.round == each),
                follow_up=len(at.of(FollowUp)),
            )
        )
    return tuple(found)
