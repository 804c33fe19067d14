"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path, file_okay=False)
SCENARIO = click.Path(path_type=Path, exists=True)

scenarios = click.argument("scenarios", metavar="SCENARIO...", type=SCENARIO, nargs=-1, required=True)
one_run = click.argument("run", metavar="RUN", type=FOLDER)
sets = click.option(
    "--set",
    "sets",
    metavar="WHERE=VALUE",
    multiple=True,
    help="Set one value, after all files: table[key].column=value, planning.option=value, settings, stress and "
    "backcast likewise. Can be given again.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Write the result to stdout as JSON.")
lang = click.option(
    "--lang",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    envvar="RMSCENARIO_LANG",
    show_envvar=True,
    help="Language of texts, figures, lists and agreements; faults and help are English.",
)
out = click.option(
    "--out", metavar="FOLDER", type=FOLDER, default=Path("runs"), show_default=True, help="Folder of the runs."
)
analysis_out = click.option(
    "--out",
    metavar="FOLDER",
    type=FOLDER,
    default=None,
    show_default=".analyses/RUN beside the run",
    help="Folder that the analysis is put into; the run itself is not changed.",
)
name = click.option(
    "--name",
    metavar="NAME",
    default=None,
    show_default="name of the scenario",
    help="Name of the run in that folder.",
)
limits = click.option(
    "--limits",
    is_flag=True,
    help="Also plan with each family of limits lifted in turn, to say what stands in the way: a minute.",
)
last_tonnes = click.option(
    "--last-tonnes", is_flag=True, help="Also find what the last 1,000 t of the plan cost, by planning again: minutes."
)
MOST_WORLDS = 1_000_000
MOST_WORKERS = 1_024
workers = click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=None,
    show_default="one for each core",
    help="Processes on this machine that plan worlds; the result does not depend on their number.",
)
scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    default=None,
    show_default="processes on this machine",
    help="Scheduler of a Dask cluster that plans the worlds instead, such as tcp://10.0.0.5:8786.",
)
resume = click.option(
    "--resume/--afresh",
    default=True,
    show_default=True,
    help="Take worlds that an earlier call has planned, or plan all of them anew.",
)
analyses = click.option(
    "--out",
    metavar="FOLDER",
    type=FOLDER,
    default=None,
    show_default="runs, or the folder that the run stands in",
    help="Folder of the runs; the analysis stands in .analyses below it.",
)
no_figures = click.option("--no-figures", is_flag=True, help="Draw no figures.")


def together(*decorators: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several decorators as one, the first outermost."""

    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def workers_or_scheduler(workers: int | None, scheduler: str | None) -> None:
    """Refuse to be given both."""
    if workers is not None and scheduler is not None:
        raise click.UsageError("Give --workers or --scheduler: a cluster has workers of its own.")
