"""`rmscenario learn`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("learn")
@options.together(options.scenarios, options.sets)
@click.option(
    "--round",
    "name",
    metavar="ROUND",
    default=None,
    show_default="the last one with follow-up",
    help="The round whose follow-up is learnt from.",
)
@options.model(otherwise="the one of the scenario")
@click.option(
    "--plan",
    is_flag=True,
    help="Also plan the scenario without and with what was learnt, and say what changes and because of what.",
)
@options.together(options.out, options.lang, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    scenarios: tuple[Path, ...],
    sets: tuple[str, ...],
    name: str | None,
    model: Path | None,
    plan: bool,
    out: Path,
    lang: str,
    as_json: bool,
) -> int:
    """Learn from a round's follow-up what effects are to be expected, and plan anew with it.

    What was observed of some initiatives in some units updates the distributions of all effects, by partial pooling over
    units and tracks. The result stands in runs/.learning/ROUND: tables, a page, and learnt-ROUND.toml, a scenario to lay
    over others. With --plan the plans stand among the runs, and what changes in .analyses beside them.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_run  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.carried_out import command_line, print_json, read, runs_folder  # noqa: PLC0415
        from rmscenario.cli.planned import planned_run  # noqa: PLC0415
        from rmscenario.cli.terminal import Notes  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.language import Lang, say  # noqa: PLC0415
        from rmscenario.rounds.place import find_model  # noqa: PLC0415
        from rmscenario.scenario.chain import project_root  # noqa: PLC0415
        from rmscenario.workflow.learning import analyse_replanned, followed, learn_from  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    language = Lang(lang)
    runs_folder(out)
    reading = Control(Notes(), interrupts)
    with interrupts.raised():
        scenario = read(scenarios, sets, reading, language)
        place = find_model(name, model, root=project_root(scenarios[0].parent), inputs=scenario.hashes)
        at = followed(place, name)
        taught = learn_from(scenario, at, out, lang=language, control=reading, command=command_line())
    if not (as_json and plan):
        if as_json:
            print_json({**taught.content, "learnt_in": taught.folder.as_posix()})
        else:
            click.echo(taught.shown, nl=False)
    click.echo(say("terminal.written", language, path=taught.folder.as_posix()), err=True)
    if taught.overlay is None:
        return int(ExitCode.DONE)
    laid = [*(path.as_posix() for path in (*scenarios, taught.overlay)), *(f'--set "{each}"' for each in sets)]
    click.echo(say("learn.lay", language, scenarios=" ".join(laid)), err=True)
    if not plan:
        return int(ExitCode.DONE)
    plans = []
    for paths in (scenarios, (*scenarios, taught.overlay)):
        run = planned_run(paths, sets, out, language, interrupts)
        if isinstance(run, int):
            return run
        plans.append(run)
    before, after = plans
    return analysed_run(
        after,
        lambda run, language, control: analyse_replanned(before, run, at.name, language, control),
        interrupts,
        out=None,
        lang=lang,
        as_json=as_json,
    )
