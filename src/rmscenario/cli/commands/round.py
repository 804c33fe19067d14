"""`rmscenario round`: the agreement rounds of a region, from proposal to closing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from rmscenario.cli import options

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_round = click.argument("name", metavar="ROUND")
_file = click.argument("path", metavar="FILE", type=FILE)
_model = click.option(
    "--model",
    metavar="FOLDER",
    type=options.FOLDER,
    default=None,
    show_default="the one that the round or the run is of",
    help="Folder of the region that the round lives with.",
)
_shared = options.together(_model, options.lang, options.as_json)


@click.group("round")
def command() -> None:
    """Take an agreement round from a plan's proposal to signature, follow-up and closing.

    A round lives with its region, in `rounds/ROUND/`. Each command can be given again: what stands already stays as it
    is. A command that is killed leaves the round as it was before.
    """


def _of(name: str | None, model: Path | None) -> Path:
    from rmscenario.rounds.place import find_model  # noqa: PLC0415  takes half a second to import
    from rmscenario.scenario.chain import project_root  # noqa: PLC0415

    return find_model(name, model, root=project_root(Path.cwd()))


def _said(model: Path, name: str, key: str, lang: str, as_json: bool, *, new: bool, count: int = 0) -> int:
    """Say what a command did to a round."""
    from rmscenario.cli.carried_out import print_json  # noqa: PLC0415
    from rmscenario.errors import ExitCode  # noqa: PLC0415
    from rmscenario.reporting.language import Lang, number, say  # noqa: PLC0415
    from rmscenario.reporting.rounds import standing_row  # noqa: PLC0415
    from rmscenario.rounds.status import standing  # noqa: PLC0415

    language = Lang(lang)
    text = say(key if new else "round.unchanged", language, round=name, count=number(count, language))
    if as_json:
        print_json({**standing_row(standing(model, name)[0]), "changed": new})
    click.echo(text, err=as_json)
    return int(ExitCode.DONE)


@command.command("propose")
@_round
@click.option(
    "--from",
    "run",
    metavar="RUN",
    type=options.FOLDER,
    required=True,
    help="Folder of the run whose plan is proposed.",
)
@_shared
def propose(*, name: str, run: Path, model: Path | None, lang: str, as_json: bool) -> int:
    """Propose what a run's plan starts in an open round, each start with money, staff, tonnes, dates and indicators.

    An earlier proposal of the round is replaced. What the run's region says was accepted or refused stays so.
    """
    from rmscenario.rounds.place import find_model  # noqa: PLC0415  takes a second to import
    from rmscenario.rounds.signing import propose_round  # noqa: PLC0415
    from rmscenario.rounds.store import read_round  # noqa: PLC0415
    from rmscenario.run_folder import MANIFEST, read_run  # noqa: PLC0415
    from rmscenario.run_folder.manifest import digest  # noqa: PLC0415
    from rmscenario.scenario.chain import project_root  # noqa: PLC0415

    found = read_run(run)
    place = find_model(name, model, root=project_root(Path.cwd()), inputs=found.manifest.inputs)
    new = propose_round(
        place,
        name,
        found.region,
        found.plan,
        dated=datetime.fromisoformat(found.manifest.made).date(),
        proposed_from={"run": found.name, "manifest": digest(run / MANIFEST)},
    )
    count = len(read_round(place, name).commitments)
    return _said(place, name, "round.proposed", lang, as_json, new=new, count=count)


@command.command("sign")
@_round
@click.option(
    "--dated",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    show_default="today",
    help="Day of the signature.",
)
@_shared
def sign(*, name: str, dated: datetime | None, model: Path | None, lang: str, as_json: bool) -> int:
    """Sign what is proposed: from then on its starts are locks of every plan, and its files may not change."""
    from rmscenario.rounds.signing import sign_round  # noqa: PLC0415  takes a second to import
    from rmscenario.rounds.store import read_round  # noqa: PLC0415

    place = _of(name, model)
    new = sign_round(place, name, dated=(dated or datetime.now().astimezone()).date())
    count = sum(row.binds for row in read_round(place, name).commitments)
    return _said(place, name, "round.signed", lang, as_json, new=new, count=count)


@command.command("amend")
@_round
@_file
@click.option(
    "--from",
    "run",
    metavar="RUN",
    type=options.FOLDER,
    default=None,
    show_default="no figures",
    help="Folder of a run that was planned with the amendment, for the figures of what has none yet.",
)
@_shared
def amend(*, name: str, path: Path, run: Path | None, model: Path | None, lang: str, as_json: bool) -> int:
    """Amend a signed round by the rows of a CSV file with the columns of `commitments`.

    Each row has the date it is of, and says in `replaces` which commitment it takes the place of. Once the region is
    planned with it, give the command again with that run: it adds money, staff, tonnes, dates and indicators.
    """
    from rmscenario.rounds.signing import amend_round  # noqa: PLC0415  takes a second to import
    from rmscenario.run_folder import read_run  # noqa: PLC0415

    place = _of(name, model)
    found = None if run is None else read_run(run)
    new = amend_round(place, name, path, None if found is None else (found.region, found.plan))
    return _said(place, name, "round.amended", lang, as_json, new=new)


@command.command("follow-up")
@_round
@_file
@_shared
def follow_up(*, name: str, path: Path, model: Path | None, lang: str, as_json: bool) -> int:
    """Read observed values of indicators and account figures into a signed round, from CSV or from a workbook.

    A workbook has them on a sheet `follow_up`. Rows that stand in the round already are passed over.
    """
    from rmscenario.rounds.follow_up import import_follow_up  # noqa: PLC0415  takes a second to import

    place = _of(name, model)
    count = import_follow_up(place, name, path)
    return _said(place, name, "round.followed", lang, as_json, new=count > 0, count=count)


@command.command("close")
@_round
@_shared
def close(*, name: str, model: Path | None, lang: str, as_json: bool) -> int:
    """Close a signed round: what was delivered goes on as running, the next round opens, and the period begins with it.

    Follow-up says in which year each commitment started and how much of it is in service. One without data goes on as it
    was agreed and is marked assumed; one that was dropped can be chosen again.
    """
    from rmscenario.rounds.closing import close_round  # noqa: PLC0415  takes a second to import
    from rmscenario.rounds.store import read_round  # noqa: PLC0415
    from rmscenario.tables.parts import RoundState  # noqa: PLC0415

    place = _of(name, model)
    before = read_round(place, name).state
    seen = close_round(place, name)
    count = sum(each.start is not None for each in seen)
    return _said(place, name, "round.closed", lang, as_json, new=before is not RoundState.CLOSED, count=count)


@command.command("status")
@click.argument("name", metavar="[ROUND]", required=False)
@_shared
def status(*, name: str | None, model: Path | None, lang: str, as_json: bool) -> int:
    """Say how the rounds of a region stand, or one of them with its commitments."""
    from rmscenario import tables  # noqa: PLC0415  takes half a second to import
    from rmscenario.cli.carried_out import print_json  # noqa: PLC0415
    from rmscenario.errors import ExitCode  # noqa: PLC0415
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.reporting.rounds import round_text, rounds_text, standing_row  # noqa: PLC0415
    from rmscenario.rounds.status import standing  # noqa: PLC0415

    place, language = _of(name, model), Lang(lang)
    found = standing(place, name)
    if as_json:
        print_json({"rounds": [standing_row(each) for each in found]})
    else:
        region = tables.load(place)
        text = rounds_text(region, found, language) if name is None else round_text(region, found[0], language)
        click.echo(text, nl=False)
    return int(ExitCode.DONE)
