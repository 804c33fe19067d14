"""Options and their states, as a table of arrays that planner, emissions and money share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rmscenario.errors import Fault, InputError
from rmscenario.options.deployment import FloatArray, deployed_effect, share_in_service
from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment
from rmscenario.region.initiatives import Initiative
from rmscenario.region.limits import Running
from rmscenario.region.vocabulary import Delivery

NONE = -1  # a choice: the option does not start


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An initiative in one unit, or a group-wide initiative with its carrier.

    `share` is the option's part of its initiative's money, staff and absolute effects, Eq. (6). `commitment` is the one
    that says how it starts; unlike a running option it is a new start of the plan, and may slip.
    """

    initiative: Initiative
    unit: str
    acts_on: tuple[str, ...]
    share: float
    running: Running | None
    commitment: Commitment | None = None

    @property
    def group_wide(self) -> bool:
        """Whether one decision acts in every unit."""
        return self.initiative.delivery is Delivery.GROUP

    @property
    def key(self) -> tuple[str, str]:
        """(initiative, unit), unique."""
        return self.initiative.initiative, self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A level and start year an option can take."""

    option: int
    level: float
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTable:
    """All options of a region with their states.

    A running option has one state and never "none"; so has a committed one, Eq. (20), whose state is a new start.
    `first_state[o]:first_state[o + 1]` are the states of option `o`.

    Attributes
    ----------
    years : array (year)
    in_service, effect : array (state, year) [1]
        Eqs. (3) and (4) of each state.
    """

    years: npt.NDArray[np.int64]
    options: tuple[Option, ...]
    states: tuple[State, ...]
    first_state: npt.NDArray[np.int64]
    state_option: npt.NDArray[np.int64]
    in_service: FloatArray
    effect: FloatArray
    numbers: Mapping[str, Mapping[str, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Arrange the options by initiative and unit, for reading."""
        numbers: dict[str, dict[str, int]] = defaultdict(dict)
        for number, option in enumerate(self.options):
            numbers[option.initiative.initiative][option.unit] = number
        object.__setattr__(self, "numbers", dict(numbers))

    def index(self, initiative: str, unit: str) -> int | None:
        """Number of an option, None if there is none."""
        return self.numbers.get(initiative, {}).get(unit)

    def of_initiative(self, initiative: str) -> tuple[int, ...]:
        """Numbers of the options of an initiative."""
        return tuple(self.numbers.get(initiative, {}).values())

    def state_range(self, option: int) -> range:
        """Numbers of the states of an option."""
        return range(int(self.first_state[option]), int(self.first_state[option + 1]))

    def part(self, options: npt.NDArray[np.int64]) -> tuple[OptionTable, npt.NDArray[np.int64]]:
        """The table of some options, ascending, and the numbers here of its states: array (state of the part)."""
        states = np.flatnonzero(np.isin(self.state_option, options))
        count = np.diff(self.first_state)[options]
        option = np.repeat(np.arange(len(options)), count)
        part = OptionTable(
            years=self.years,
            options=tuple(self.options[number] for number in options.tolist()),
            states=tuple(
                replace(self.states[s], option=o) for s, o in zip(states.tolist(), option.tolist(), strict=True)
            ),
            first_state=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
            state_option=option,
            in_service=self.in_service[states],
            effect=self.effect[states],
        )
        return part, states

    def nothing_new(self) -> npt.NDArray[np.int64]:
        """The choice without new starts: array (option) of state numbers, NONE where nothing runs."""
        choice = np.full(len(self.options), NONE, dtype=np.int64)
        for number, option in enumerate(self.options):
            if option.running is not None:
                choice[number] = self.first_state[number]
        return choice

    def everything(self) -> npt.NDArray[np.int64]:
        """Every option at its earliest state, whatever the limits say: array (option) of state numbers."""
        return np.where(np.diff(self.first_state) > 0, self.first_state[:-1], NONE)

    def choice(self, plan: Plan) -> npt.NDArray[np.int64]:
        """A plan as a choice: array (option) of state numbers.

        Raises
        ------
        InputError
            When the plan starts something that this region cannot start so.
        """
        choice = self.nothing_new()
        numbers = {option.key: n for n, option in enumerate(self.options)}
        faults = []
        for row, start in enumerate(plan.starts, start=2):
            option = numbers.get((start.initiative, start.unit))
            states = (
                []
                if option is None
                else [
                    s
                    for s in self.state_range(option)
                    if self.states[s].start == start.start and self.states[s].level == start.level
                ]
            )
            if option is None or not states or self.options[option].running is not None:
                faults.append(
                    Fault(
                        file="plan.csv",
                        row=row,
                        column="initiative" if option is None else "start",
                        found=f"{start.initiative} in {start.unit} from {start.start} at level {start.level:g}",
                        expected="a start that the region's tables allow",
                        remedy="plan again, or check delivery, earliest, latest, levels, rounds, commitments and running "
                        "initiatives",
                    )
                )
            else:
                choice[option] = states[0]
        if faults:
            raise InputError(faults)
        return choice

    def possible(self, plan: Plan) -> npt.NDArray[np.int64]:
        """A plan as a choice, without those of its starts that are no state here: array (option) of state numbers."""
        states = {
            (*self.options[state.option].key, state.level, state.start): number
            for number, state in enumerate(self.states)
            if self.options[state.option].running is None
        }
        choice = self.nothing_new()
        for start in plan.starts:
            state = states.get((start.initiative, start.unit, start.level, start.start))
            if state is not None:
                choice[self.state_option[state]] = state
        return choice

    def starts(self, choice: npt.NDArray[np.int64]) -> tuple[Start, ...]:
        """New starts of a choice, in table order (running options are no starts)."""
        return tuple(
            Start(
                initiative=option.initiative.initiative,
                unit=option.unit,
                level=self.states[state].level,
                start=self.states[state].start,
            )
            for option, state in zip(self.options, choice.tolist(), strict=True)
            if state != NONE and option.running is None
        )

    def deployed(self, choice: npt.NDArray[np.int64]) -> FloatArray:
        """Deployed effect of each option under a choice: array (option, year) [1]."""
        started = choice != NONE
        deployed = np.zeros((len(self.options), len(self.years)))
        deployed[started] = self.effect[choice[started]]
        return deployed


def start_years(region: Region, initiative: Initiative) -> tuple[int, ...]:
    """Start years an initiative may take: its own window, the plan's, and rounds that are open or later."""
    settings = region.settings
    open_years = {year for agreement in region.rounds if agreement.ahead for year in agreement.years}
    first = max(initiative.earliest, settings.first_year)
    last = settings.last_start if initiative.latest is None else min(initiative.latest, settings.last_start)
    return tuple(year for year in range(first, last + 1) if year in open_years)


def _shares(region: Region, initiative: Initiative, acts_on: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Part of each carrier of an initiative in its money, staff and absolute effects, Eq. (6)."""
    categories = {row.category for row in region.effects if row.initiative == initiative.initiative}
    tonnes: dict[str, float] = defaultdict(float)
    for source in region.sources:
        if source.quantity == "co2e" and source.category in categories:
            tonnes[source.unit] += source.value
    affected = {unit: sum(tonnes[other] for other in others) for unit, others in acts_on.items()}
    total = sum(affected.values())
    if total <= 0:
        return {unit: 1.0 / len(acts_on) for unit in acts_on}
    return {unit: amount / total for unit, amount in affected.items()}


def build_options(region: Region, years: range | None = None) -> OptionTable:
    """All options of a region, in the order of its tables.

    Parameters
    ----------
    years : range, optional
        Years of the arrays; the evaluation period unless given.
    """
    year_array = np.asarray(region.years if years is None else years, dtype=np.int64)
    locks, refusals = region.locks, region.refusals
    running = {(row.initiative, row.unit): row for row in region.running}
    levels: dict[str, list[float]] = defaultdict(list)
    for step in region.levels:
        levels[step.initiative].append(step.level)
    carriers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for deliverer in region.delivery:
        carriers[deliverer.initiative][deliverer.unit].append(deliverer.acts_on)

    options: list[Option] = []
    states: list[State] = []
    first = [0]
    for initiative in region.initiatives:
        acts_on = {unit: tuple(others) for unit, others in carriers[initiative.initiative].items()}
        shares = _shares(region, initiative, acts_on)
        allowed = start_years(region, initiative)
        for unit, others in acts_on.items():
            runs = running.get((initiative.initiative, unit))
            own = initiative.initiative, unit
            lock = locks.get(own) if runs is None else None
            option = Option(
                initiative=initiative, unit=unit, acts_on=others, share=shares[unit], running=runs, commitment=lock
            )
            pairs: Iterable[tuple[float, int]]
            if runs is not None:
                pairs = [(runs.level, runs.start)]
            else:
                refused = refusals.get(own, frozenset())
                pairs = [
                    (level, year)
                    for level in levels.get(initiative.initiative, [1.0])
                    for year in allowed
                    if year not in refused and (lock is None or (level, year) == (lock.level, lock.start))
                ]
            states += [State(option=len(options), level=level, start=year) for level, year in pairs]
            options.append(option)
            first.append(len(states))
    shape = (len(states), len(year_array))
    in_service, effect = np.zeros(shape), np.zeros(shape)
    known: dict[tuple[str, float, int], tuple[FloatArray, FloatArray]] = {}
    for number, state in enumerate(states):
        chosen = options[state.option].initiative
        key = (chosen.initiative, state.level, state.start)
        if key not in known:
            known[key] = (
                share_in_service(chosen, state.level, state.start, year_array),
                deployed_effect(chosen, state.level, state.start, year_array),
            )
        in_service[number], effect[number] = known[key]
    return OptionTable(
        years=year_array,
        options=tuple(options),
        states=tuple(states),
        first_state=np.asarray(first, dtype=np.int64),
        state_option=np.asarray([state.option for state in states], dtype=np.int64),
        in_service=in_service,
        effect=effect,
    )
