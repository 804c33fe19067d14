"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rmscenario.blocks import Pool

Function = TypeVar("Function", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path, file_okay=False)
SCENARIO = click.Path(path_type=Path, exists=True)
MOST_WORLDS = 1_000_000
MOST_WORKERS = 1_024
BESIDE_THE_RUN = ".analyses/RUN beside the run"


def together(*decorators: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several decorators as one, the first outermost."""

    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def gathered(name: str, kind: type[Any], *decorators: Callable[..., Any]) -> Callable[[Function], Function]:
    """Arguments and options that a command gets as one argument: a value of a dataclass, whose fields they are."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def command(*args: Any, **given: Any) -> Any:
            own = {field.name: given.pop(field.name) for field in fields(kind)}
            return function(*args, **given, **{name: kind(**own)})

        decorated: Function = together(*decorators)(command)
        return decorated

    return decorate


def folder(
    *names: str, help_text: str, otherwise: str | None, metavar: str = "FOLDER"
) -> Callable[[Function], Function]:
    """A folder, by the names of its option; None, and what it is `otherwise`, unless it is given: else it is required."""
    return click.option(
        *names,
        metavar=metavar,
        type=FOLDER,
        default=None,
        required=otherwise is None,
        show_default=otherwise or False,
        help=help_text,
    )


def model(*, otherwise: str) -> Callable[[Function], Function]:
    """The region that a round lives with."""
    return folder("--model", help_text="Folder of the region that the round lives with.", otherwise=otherwise)


def language(help_text: str) -> Callable[[Function], Function]:
    """One of the two languages."""
    return click.option(
        "--lang",
        type=click.Choice(["da", "en"]),
        default="da",
        show_default=True,
        envvar="RMSCENARIO_LANG",
        show_envvar=True,
        help=help_text,
    )


def count(
    name: str, default: int, help_text: str, *, least: int = 1, most: int = MOST_WORLDS
) -> Callable[[Function], Function]:
    """A number of something, within bounds."""
    return click.option(name, type=click.IntRange(least, most), default=default, show_default=True, help=help_text)


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
lang = language("Language of texts, figures, lists and agreements; faults and help are English.")
out = click.option(
    "--out", metavar="FOLDER", type=FOLDER, default=Path("runs"), show_default=True, help="Folder of the runs."
)
analysis_out = folder(
    "--out", help_text="Folder that the analysis is put into; the run itself is not changed.", otherwise=BESIDE_THE_RUN
)
analyses = folder(
    "--out",
    help_text="Folder of the runs; the analysis stands in .analyses below it.",
    otherwise="runs, or the folder that the run stands in",
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
resume = click.option(
    "--resume/--afresh",
    default=True,
    show_default=True,
    help="Take worlds that an earlier call has planned, or plan all of them anew.",
)
no_figures = click.option("--no-figures", is_flag=True, help="Draw no figures.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPlan:
    """A scenario to plan: what it is, where its run goes, what else is asked, and how it is told."""

    scenarios: tuple[Path, ...]
    sets: tuple[str, ...]
    out: Path
    name: str | None
    lang: str
    limits: bool
    last_tonnes: bool
    no_figures: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnalyse:
    """A scenario, or the run of one, to analyse: what it is, where the analysis goes, and how it is told."""

    scenarios: tuple[Path, ...]
    sets: tuple[str, ...]
    out: Path | None
    lang: str
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who does the work: processes of this machine, or the workers of a cluster."""

    workers: int | None
    scheduler: str | None

    def __post_init__(self) -> None:
        if self.workers is not None and self.scheduler is not None:
            raise click.UsageError("Give --workers or --scheduler: a cluster has workers of its own.")

    @property
    def named(self) -> bool:
        """Whether anything was said of them."""
        return self.workers is not None or self.scheduler is not None

    def pool(self) -> Pool:
        """The pool that they are."""
        from rmscenario.blocks import Pool  # noqa: PLC0415  takes a second to import

        return Pool(workers=self.workers, scheduler=self.scheduler)

    def cluster(self) -> Pool | None:
        """The cluster that was named; None where this machine does the work."""
        return None if self.scheduler is None else self.pool()


to_plan = gathered("asked", ToPlan, scenarios, sets, out, name, lang, limits, last_tonnes, no_figures, as_json)
to_analyse = gathered("asked", ToAnalyse, scenarios, sets, analyses, lang, as_json)


def _workers(otherwise: str, own: str) -> Callable[[Function], Function]:
    return gathered(
        "workers",
        Workers,
        click.option(
            "--workers",
            type=click.IntRange(1, MOST_WORKERS),
            default=None,
            show_default=otherwise,
            help=f"Processes on this machine that {own}; the result does not depend on their number.",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            default=None,
            show_default="this machine",
            help="Scheduler of a Dask cluster that does it instead, such as tcp://10.0.0.5:8786.",
        ),
    )


workers = _workers("one for each core", "do the work")
stress_workers = _workers("threads of this one, the fastest on one machine", "evaluate the draws")
