"""`rmscenario plan`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options


@click.command("plan")
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
    """Plan a scenario, verify the plan and draw it.

    Several scenarios are laid over each other, from left to right. The result stands in runs/SCENARIO; an earlier run
    moves to runs/.history.
    """
    from rmscenario.cli.carried_out import do  # noqa: PLC0415  what plans takes a second to import
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.workflow.carry_out import Step  # noqa: PLC0415

    steps = frozenset() if no_figures else frozenset({Step.FIGURES})
    return do(scenarios, sets, steps=steps, runs=out, name=name, lang=Lang(lang), as_json=as_json)
