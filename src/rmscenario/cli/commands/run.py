"""`rmscenario run`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options


@click.command("run")
@options.together(
    options.scenarios, options.sets, options.out, options.name, options.lang, options.no_figures, options.as_json
)
def command(
    *,
    scenarios: tuple[Path, ...],
    sets: tuple[str, ...],
    out: Path,
    name: str | None,
    lang: str,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Check, plan, verify and stress test a scenario; draw it and write the agreements.

    Several scenarios are laid over each other, from left to right. The result stands in runs/SCENARIO; an earlier run
    moves to runs/.history.
    """
    from rmscenario.cli.carried_out import do  # noqa: PLC0415  what plans takes a second to import
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.workflow.carry_out import Step  # noqa: PLC0415

    left_out = {Step.FIGURES} if no_figures else set()
    return do(
        scenarios, sets, steps=frozenset(set(Step) - left_out), runs=out, name=name, lang=Lang(lang), as_json=as_json
    )
