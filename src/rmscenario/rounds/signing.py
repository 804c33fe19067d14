"""From proposal to signature, and amendments after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from rmscenario.errors import Fault, InputError, shown
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, Outlook
from rmscenario.region.vocabulary import CommitmentStatus, RoundStatus
from rmscenario.rounds.answering import figures_of_another, unheard
from rmscenario.rounds.asked import PROPOSAL
from rmscenario.rounds.proposal import propose
from rmscenario.rounds.rows import CommitmentIndicator, UnitAnswer
from rmscenario.rounds.store import Round, add_file, changing, refused_by_region, replace_manifest, wrong_state
from rmscenario.tables.grid import read_csv
from rmscenario.tables.loaded import LoadedRow
from rmscenario.tables.parts import ROUNDS_FOLDER, RoundFile, RoundManifest, RoundState
from rmscenario.tables.rows import typed_rows


def propose_round(
    model: Path, name: str, region: Region, plan: Plan, *, dated: date, proposed_from: Mapping[str, str]
) -> bool:
    """Make what a plan starts in a round the round's proposal, in the place of an earlier one; returns whether it is new.

    Parameters
    ----------
    region, plan : Region, Plan
        The plan and the region that it was made for.
    dated : date
        Date of the proposal: that of the plan, so that the same plan gives the same proposal.
    proposed_from : mapping of str to str
        What the manifest says of where the plan is from.

    Raises
    ------
    InputError
        When the plan is of another region, the round is not open in the region or signed already from another plan, or the
        plan was made without an answer that a unit gave.
    """
    with changing(model, name) as found:
        _same_region(found, region)
        if found.state in (RoundState.SIGNED, RoundState.CLOSED):
            if dict(found.manifest.proposed_from) == dict(proposed_from):
                return False
            raise wrong_state(found, "open or proposed", "change what was signed with `rmscenario round amend`")
        if found.agreed.status is not RoundStatus.OPEN:
            raise _not_open(found)
        if faults := unheard(found, region):
            raise InputError(faults)
        agreed = next((row for row in region.rounds if row.round == name), found.agreed)
        proposal = propose(region, plan, agreed, dated=dated)
        files = [add_file(found, proposal.commitments, Commitment), add_file(found, proposal.outlook, Outlook)]
        files += [add_file(found, rows, kind) for kind, rows in proposal.details.items()]
        files += found.manifest.of(UnitAnswer.table)
        manifest = RoundManifest(state=RoundState.PROPOSED, proposed_from=dict(proposed_from), files=tuple(files))
        return replace_manifest(found, manifest)


def sign_round(model: Path, name: str, *, dated: date) -> bool:
    """Sign a proposal: what was proposed or accepted is signed, what was refused stays so; returns whether it is new.

    Raises
    ------
    InputError
        When nothing is proposed, the day is after the round, a unit changed what it was asked and no run was proposed
        that was planned with that, or it is signed already on another day.
    """
    with changing(model, name) as found:
        if found.state is RoundState.SIGNED:
            if (day := signed_on(found)) not in (None, dated):
                raise _signed_on_another_day(found, day, dated)
            return False
        if found.state is not RoundState.PROPOSED:
            raise wrong_state(found, "proposed", "propose the starts of a run first, with `rmscenario round propose`")
        if faults := [*_too_late(found, dated), *figures_of_another(found)]:
            raise InputError(faults)
        signed = [
            row
            if row.status is CommitmentStatus.REFUSED
            else row.model_copy(update={"status": CommitmentStatus.SIGNED, "dated": dated})
            for row in found.of(Commitment)
        ]
        kept = [
            replace(file, holds=PROPOSAL) if file.holds == Commitment.table else file for file in found.manifest.files
        ]
        files = (add_file(found, signed, Commitment), *kept)
        return replace_manifest(found, replace(found.manifest, state=RoundState.SIGNED, files=files))


def signed_on(found: Round) -> date | None:
    """Day that a round is signed on; amendments, which come after, have days of their own."""
    if found.state not in (RoundState.SIGNED, RoundState.CLOSED):
        return None
    return next((row.dated for row in found.of(Commitment) if row.status is CommitmentStatus.SIGNED), None)


def amend_round(model: Path, name: str, path: Path, planned: tuple[Region, Plan] | None = None) -> bool:
    """Add commitments to a signed round, each with the date it is of and what it replaces; returns whether any is new.

    Parameters
    ----------
    path : Path
        CSV with the columns of `commitments`.
    planned : tuple of Region and Plan, optional
        A plan made with the amendment: money, staff, tonnes, dates and indicators of commitments that have none yet.

    Raises
    ------
    InputError
        When the round is not signed, a row is faulty or of another round, the plan is of another region, or the region
        would not hold with it.
    """
    with changing(model, name) as found:
        if found.state is not RoundState.SIGNED:
            raise wrong_state(
                found, "signed", "propose and sign a round first; what a closed one left goes on in the next"
            )
        faults: list[Fault] = []
        grid = read_csv(path, Commitment.table, faults)
        rows = typed_rows(grid, faults, Commitment) if grid is not None else ()
        there = set(found.of(Commitment))
        new = []
        for entry in rows:
            wrong = [*_no_amendment(entry, name)]
            faults += wrong
            if not wrong and entry.row not in there:
                new.append(entry)
        added = [add_file(found, [entry.row for entry in new], Commitment)] if new else []
        origins = {file.name: [entry.origin for entry in new] for file in added}
        manifest = replace(found.manifest, files=(*found.manifest.files, *added))
        if faults:
            raise InputError([*faults, *refused_by_region(found, manifest, origins)])
        if planned is not None:
            _same_region(found, planned[0])
            figures = _figures(found, {entry.row.commitment for entry in new}, *planned)
            manifest = replace(manifest, files=(*manifest.files, *figures))
        return replace_manifest(found, manifest, origins)


def _no_amendment(entry: LoadedRow, name: str) -> Iterator[Fault]:
    """Why a commitment cannot amend a signed round."""
    row: Commitment = entry.row
    if row.round != name:
        yield entry.fault(
            column="round", found=shown(row.round), expected=shown(name), remedy="amend that round instead"
        )
    if row.status is CommitmentStatus.PROPOSED:
        yield entry.fault(
            column="status",
            found="proposed",
            expected="accepted, signed or refused, since the round is signed",
            remedy="write what was agreed",
        )


def _figures(found: Round, new: set[str], region: Region, plan: Plan) -> list[RoundFile]:
    """Files with what a plan says of the commitments that nothing is said of yet."""
    told = {row.commitment for row in found.of(CommitmentIndicator)}
    wanted = {row.commitment for row in found.commitments if row.binds} - told | new
    details = propose(region, plan, found.agreed, dated=found.commitments[0].dated).details
    rows = {kind: [row for row in each if row.model_dump()["commitment"] in wanted] for kind, each in details.items()}
    return [add_file(found, each, kind) for kind, each in rows.items() if each]


def _same_region(found: Round, region: Region) -> None:
    """Refuse a plan of another region than the round's."""
    here, planned = found.region.settings.region, region.settings.region
    if planned == here:
        return
    raise InputError(
        [
            Fault(
                file="--from",
                found=f"a run of the region {shown(planned)}",
                expected=f"one of {shown(here)}, the region of the round",
                remedy="give a run of that region, or name the folder of the run's region with --model",
            )
        ]
    )


def _too_late(found: Round, dated: date) -> list[Fault]:
    if dated.year <= found.agreed.last_year:
        return []
    return [
        Fault(
            file=f"{ROUNDS_FOLDER}/{found.name}",
            column="dated",
            found=shown(dated),
            expected=f"a day of {found.agreed.last_year}, the last year of the round, or before",
            remedy="give the day of the signature",
        )
    ]


def _signed_on_another_day(found: Round, day: date | None, dated: date) -> InputError:
    return InputError(
        [
            Fault(
                file=f"{ROUNDS_FOLDER}/{found.name}",
                column="dated",
                found=shown(dated),
                expected=f"{day}, the day that the round is signed on",
                remedy="leave the day out; a signature stays as it is",
            )
        ]
    )


def _not_open(found: Round) -> InputError:
    open_ones = [row.round for row in found.region.rounds if row.status is RoundStatus.OPEN]
    remedy = f"propose for {', '.join(open_ones)}" if open_ones else "open the round in rounds"
    return InputError(
        [
            Fault(
                file="rounds.csv",
                column="status",
                found=f"{shown(found.name)} as {found.agreed.status.value}",
                expected="an open round",
                remedy=remedy,
            )
        ]
    )


__all__ = ["amend_round", "propose_round", "sign_round", "signed_on"]
