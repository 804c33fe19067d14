"""What analyses ask of a scenario, refused before it is planned, with the settings that help."""

from __future__ import annotations

from collections.abc import Iterable

from rmscenario.errors import Fault, InputError
from rmscenario.planning.planner import Mode
from rmscenario.region import Region
from rmscenario.risk.curve import require_wish
from rmscenario.scenario import PlanMode, PlanningOptions, Starts
from rmscenario.workflow.plans import Kind, kind_of
from rmscenario.worlds.learning import end_of_round


def refuse_unsearched(name: str, _: Region, planning: PlanningOptions) -> None:
    """Refuse a plan that nobody searched for.

    Raises
    ------
    InputError
        With the settings that help.
    """
    if (kind := kind_of(planning)) not in (Kind.PRICED, Kind.NEAREST):
        raise InputError(
            [
                Fault(
                    file=name,
                    found=f"a plan that is given ({kind})",
                    expected="one that is searched for, to be searched for in other worlds too",
                    remedy=_named_with(_set_to_search(planning, priced=False)),
                )
            ]
        )


def refuse_unwished(_: str, region: Region, planning: PlanningOptions) -> None:
    """Refuse a scenario that asks for no confidence.

    Raises
    ------
    InputError
        With the settings that help.
    """
    require_wish(region, planning.joint_confidence, Mode(planning.mode.value))


def refuse_unfollowed(name: str, region: Region, planning: PlanningOptions) -> None:
    """Refuse a plan without prices, and a region without a round to follow up.

    Raises
    ------
    InputError
        With the settings that help.
    """
    faults = _without_round(name, region)
    if (kind := kind_of(planning)) is not Kind.PRICED:
        faults.append(
            Fault(
                file=name,
                found=f"a plan that is {kind}",
                expected="a priced one, in which all is measured in money",
                remedy=_named_with(_set_to_search(planning, priced=True)),
            )
        )
    if faults:
        raise InputError(faults)


def refuse_unpriced(name: str, region: Region, planning: PlanningOptions) -> None:
    """Refuse what has no price in every world, or no round to sign.

    Raises
    ------
    InputError
        With the settings that help.
    """
    faults = []
    hard = [target for target in region.active_targets if target.hard]
    found = [f"hard targets ({', '.join(target.target for target in hard)})"] if hard else []
    helps = [f"targets[{target.target}].hard=no" for target in hard]
    helps += [f"targets[{target.target}].shortfall_price=PRICE" for target in hard if target.shortfall_price is None]
    if (kind := kind_of(planning)) is not Kind.PRICED:
        found.append(f"a plan that is {kind.value}")
        helps += _set_to_search(planning, priced=True)
    if found:
        faults.append(
            Fault(
                file=name,
                found=" and ".join(found),
                expected="mode priced and no hard target, so that a plan has a price in every world",
                remedy=_named_with(helps),
            )
        )
    faults += _without_round(name, region)
    if faults:
        raise InputError(faults)


def _set_to_search(planning: PlanningOptions, *, priced: bool) -> tuple[str, ...]:
    """Settings that make the plan of a scenario one that is searched for, with prices if need be."""
    return (
        *(("planning.everything=false",) if planning.everything else ()),
        *(("planning.starts=all",) if planning.starts is Starts.NONE else ()),
        *(("planning.mode=priced",) if priced and planning.mode is not PlanMode.PRICED else ()),
    )


def _named_with(settings: Iterable[str]) -> str:
    """What to do: name the scenario with some settings."""
    return "name the scenario with " + " ".join(f'--set "{setting}"' for setting in settings)


def _without_round(name: str, region: Region) -> list[Fault]:
    """The fault of a region in which no round is to be signed, if it is one."""
    if end_of_round(region) is not None:
        return []
    return [
        Fault(
            file=name,
            found="no round with status open",
            expected="one that is to be signed",
            remedy="set its status in rounds.csv",
        )
    ]
