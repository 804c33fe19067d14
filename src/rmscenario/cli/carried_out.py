"""What `plan` and `run` share: load a scenario, carry it out, and say what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rmscenario.cli.terminal import Terminal
from rmscenario.errors import ExitCode
from rmscenario.reporting.language import Lang
from rmscenario.reporting.summary import summary_text
from rmscenario.run_folder import describe
from rmscenario.scenario import Scenario, load
from rmscenario.workflow.carry_out import Order, Outcome, Step, carry_out
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.manifest import without_folders
from rmscenario.workflow.watch import Control, Phase, Silent


def read(paths: Sequence[Path], sets: Sequence[str], control: Control) -> Scenario:
    """Load a scenario, and say what it touches and what is odd about it."""
    with control.phase(Phase.READ):
        scenario = load(paths, sets)
    for warning in scenario.warnings:
        control.watch.note(f"note: {warning}")
    for touched in scenario.touched:
        control.watch.note(f"touched: {touched}")
    return scenario


def do(
    paths: Sequence[Path],
    sets: Sequence[str],
    *,
    steps: frozenset[Step],
    runs: Path,
    name: str | None,
    lang: Lang,
    as_json: bool,
) -> int:
    """Carry a scenario out and show the summary; returns the exit code."""
    interrupts = Interrupts()
    with interrupts.listening():
        seconds: dict[str, float] = {}
        control = Control(Notes(), interrupts)
        scenario = read(paths, sets, control)
        seconds = control.seconds
        with Terminal(scenario.planning.gap) as terminal:
            control = Control(terminal, interrupts)
            control.seconds.update(seconds)
            order = Order(
                scenario=describe(scenario, tuple(sets)),
                region=scenario.region,
                touched=scenario.touched,
                inputs=scenario.hashes,
                steps=steps,
                runs=runs,
                name=name or scenario.name,
                lang=lang,
                command=without_folders(["rmscenario", *sys.argv[1:]]),
            )
            outcome = carry_out(order, control)
    show(outcome, lang, as_json=as_json)
    return ended(outcome, interrupts)


class Notes(Silent):
    """Notes alone, before there is anything to show bars of."""

    def note(self, text: str) -> None:
        """Write a line."""
        click.echo(text, err=True)


def show(outcome: Outcome, lang: Lang, *, as_json: bool) -> None:
    """Write the summary to stdout."""
    if as_json:
        content = outcome.summary | {"run": outcome.folder.as_posix()}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))
        return
    title = outcome.summary["titles"][lang.value]
    click.echo(summary_text(outcome.summary | {"title": title}, lang), nl=False)


def ended(outcome: Outcome, interrupts: Interrupts) -> int:
    """Say where the run is and how it ended; returns the exit code."""
    click.echo(f"written: {outcome.folder.as_posix()}", err=True)
    summary = outcome.summary
    if interrupts.number is not None:
        click.echo(
            "interrupted: the best plan until then is verified and kept; some parts of the run are missing", err=True
        )
        return 128 + interrupts.number
    missed = [target["id"] for target in summary["targets"] if not target["met"]]
    if summary["solver"]["termination"] in ("node_limit", "round_limit"):
        click.echo(
            f"exit code 5: the search stopped at its work limit ({summary['solver']['termination']}) with a gap of "
            f"{summary['solver']['gap']:.3%}; the plan is whole and verified, and --set planning.max_nodes=… goes on longer",
            err=True,
        )
        return int(ExitCode.TARGET_MISSED)
    if missed:
        click.echo(
            f"exit code 5: the plan is whole and verified, and misses {', '.join(missed)}; this is a finding, no fault",
            err=True,
        )
        return int(ExitCode.TARGET_MISSED)
    return int(ExitCode.DONE)
