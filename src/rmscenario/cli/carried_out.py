"""What `plan` and `run` share: load a scenario, carry it out, and say what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from rmscenario.blocks import Pool, kept_open
from rmscenario.cli.options import ToPlan
from rmscenario.cli.terminal import Notes, watched
from rmscenario.errors import ExitCode, Fault, InputError, shown
from rmscenario.reporting.beyond import beyond_text
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.summary import summary_text
from rmscenario.reporting.telling import end_text, touched_texts
from rmscenario.run_folder import describe
from rmscenario.scenario import Scenario, load
from rmscenario.workflow.ahead import import_ahead
from rmscenario.workflow.carry_out import Findings, Order, Step, carry_out
from rmscenario.workflow.interrupts import BY_SIGNAL, Interrupts
from rmscenario.workflow.manifest import without_folders
from rmscenario.workflow.second import SecondProcess
from rmscenario.workflow.unverified import Unverified
from rmscenario.workflow.watch import Control, Phase
from rmscenario.workflow.writing import Outcome, write_run


def read(paths: Sequence[Path], sets: Sequence[str], control: Control, lang: Lang) -> Scenario:
    """Load a scenario, and say what it touches and what is odd about it."""
    with control.phase(Phase.READ):
        scenario = load(paths, sets)
    for warning in scenario.warnings:
        sentence = warning.da if lang is Lang.DA else warning.en
        control.watch.note(say("terminal.note", lang, text=f"{warning.place}: {sentence}"))
    for text in touched_texts(scenario.touched, lang):
        control.watch.note(text)
    return scenario


def run_name(name: str) -> str:
    """A name that is one folder below the runs.

    Raises
    ------
    InputError
        When it is none.
    """
    if name in ("", ".", "..") or name.startswith(".") or any(sign in name for sign in '/\\:*?"<>|'):
        raise InputError(
            [
                Fault(
                    file="--name",
                    found=shown(name),
                    expected="the name of a folder, without path and not beginning with a point",
                    remedy="choose another",
                )
            ]
        )
    return name


def runs_folder(runs: Path) -> None:
    """Whether runs can stand in a folder; it is made when the first of them does.

    Raises
    ------
    InputError
        When a file stands in its place or above it.
    """
    standing = next((path for path in (runs, *runs.parents) if path.exists()), None)
    if standing is not None and not standing.is_dir():
        raise InputError(
            [
                Fault(
                    file="--out",
                    found=f"{shown(standing.as_posix())}, which is a file",
                    expected="a folder, or a place for one",
                    remedy="choose another",
                )
            ]
        )


def command_line() -> tuple[str, ...]:
    """The command as the manifest keeps it."""
    return without_folders(["rmscenario", *sys.argv[1:]])


def do(
    asked: ToPlan,
    interrupts: Interrupts,
    *,
    also: frozenset[Step] = frozenset(),
    second: SecondProcess | None = None,
    pool: Pool | None = None,
) -> int:
    """Carry a scenario out, and what is `also` to be made; write its run and show the summary. Returns the exit code.

    A pool evaluates the draws of the stress test.
    """
    lang = Lang(asked.lang)
    named = None if asked.name is None else run_name(asked.name)
    runs_folder(asked.out)
    reading = Control(Notes(), interrupts)
    with interrupts.raised():
        scenario = read(asked.scenarios, asked.sets, reading, lang)
    with interrupts.importing():
        import_ahead()
    wanted = {Step.FIGURES: not asked.no_figures, Step.LIMITS: asked.limits, Step.LAST_TONNES: asked.last_tonnes}
    order = ordered(
        scenario,
        asked.sets,
        steps=also | {step for step, wished in wanted.items() if wished},
        runs=asked.out,
        name=named,
        lang=lang,
    )
    seconds, as_json = reading.seconds, asked.as_json
    return written(order, carry_out, interrupts, seconds=seconds, as_json=as_json, second=second, pool=pool)


def ordered(
    scenario: Scenario, sets: Sequence[str], *, steps: frozenset[Step], runs: Path, name: str | None, lang: Lang
) -> Order:
    """What shall be carried out of a scenario; its run has the scenario's name unless it is given another."""
    return Order(
        scenario=describe(scenario, tuple(sets)),
        region=scenario.region,
        touched=scenario.touched,
        inputs=scenario.hashes,
        steps=steps,
        runs=runs,
        name=name or run_name(scenario.name),
        lang=lang,
        command=command_line(),
    )


def written(
    order: Order,
    find: Callable[[Order, Control], Findings],
    interrupts: Interrupts,
    *,
    seconds: dict[str, float],
    as_json: bool,
    second: SecondProcess | None = None,
    pool: Pool | None = None,
) -> int:
    """Find what an order asks for, write the run and show the summary; returns the exit code."""
    outcome = outcome_of(order, find, interrupts, seconds=seconds, second=second, pool=pool)
    show(outcome, order.lang, as_json=as_json)
    return ended(outcome, interrupts, order.lang)


def outcome_of(
    order: Order,
    find: Callable[[Order, Control], Findings],
    interrupts: Interrupts,
    *,
    seconds: dict[str, float],
    second: SecondProcess | None = None,
    pool: Pool | None = None,
) -> Outcome:
    """Find what an order asks for, and write the run.

    Raises
    ------
    PoolError
        When the pool's cluster cannot be reached: before anything is planned.
    """
    gap, region, lang = order.scenario.planning.gap, order.region, order.lang
    with ExitStack() as stack:
        opened = None if pool is None else stack.enter_context(kept_open(pool))
        control = stack.enter_context(watched(gap, region, lang, interrupts, second=second, pool=opened))
        control.seconds.update(seconds)
        with Unverified(order.runs, order.name).until_written():
            return write_run(order, find(order, control), control)


def show(outcome: Outcome, lang: Lang, *, as_json: bool) -> None:
    """Write the summary to stdout."""
    if as_json:
        print_json(outcome.summary | {"run": outcome.folder.as_posix()})
        return
    title = outcome.summary["titles"][lang.value]
    click.echo(summary_text(outcome.summary | {"title": title}, lang) + beyond_text(outcome.summary, lang), nl=False)


def print_json(content: object) -> None:
    """Write JSON to stdout."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def ended(outcome: Outcome, interrupts: Interrupts, lang: Lang) -> int:
    """Say where the run is and how it ended; returns the exit code."""
    click.echo(say("terminal.written", lang, path=outcome.folder.as_posix()), err=True)
    if interrupts.number is not None:
        click.echo(say("terminal.interrupted", lang), err=True)
        return BY_SIGNAL + interrupts.number
    finding = end_text(outcome.summary, lang)
    if finding is None:
        return int(ExitCode.DONE)
    click.echo(finding, err=True)
    return int(ExitCode.TARGET_MISSED)
