"""`rmscenario verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("verify")
@options.one_run
@options.together(options.lang, options.as_json)
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, lang: str, as_json: bool) -> int:
    """Recompute every figure of a run from its tables and its plan, in plain Python that the planner does not share.

    Every file is compared with the manifest first. Exit code 6 says that a figure differs or a limit is broken.
    """
    with interrupts.importing():
        from rmscenario import verify  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.carried_out import print_json  # noqa: PLC0415
        from rmscenario.cli.terminal import Notes  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.reporting.telling import verify_text  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.again import verify_run  # noqa: PLC0415
        from rmscenario.workflow.summary import verify_row  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    with interrupts.raised():
        recomputed, found = verify_run(read_run(run), Control(Notes(), interrupts))
    if as_json:
        worst = None if found.worst is None else asdict(found.worst)
        print_json(verify_row(found) | {"worst": worst, "broken": [str(row) for row in found.broken_limits]})
        return int(ExitCode.DONE if found.ok else ExitCode.SOLVER)
    verify.require(found)
    click.echo(verify_text(found.max_relative_difference, len(recomputed.limits), Lang(lang)), nl=False)
    return int(ExitCode.DONE)
