"""`rmscenario round`: the agreement rounds of a region, from proposal to closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from rmscenario.cli import options

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_round = click.argument("name", metavar="ROUND")
_file = click.argument("path", metavar="FILE", type=FILE)
_model = options.model(otherwise="the one that the round or the run is of")
_shared = options.together(_model, options.lang, options.as_json)


def _run(help_text: str, *, otherwise: str | None) -> Callable[[options.Function], options.Function]:
    return options.folder("--from", "run", metavar="RUN", help_text=help_text, otherwise=otherwise)


def _today() -> date:
    return datetime.now().astimezone().date()


def _dated(of: str, *, otherwise: str = "today") -> Callable[[options.Function], options.Function]:
    """The day of something, read as tables read theirs; None where it is not given and another than today may hold then."""

    def read(_context: click.Context, _option: click.Parameter, given: str | None) -> date | None:
        if given is None:
            return _today() if otherwise == "today" else None
        from rmscenario.tables.cells import parse_date  # noqa: PLC0415  takes half a second to import
        from rmscenario.tables.columns import CellError  # noqa: PLC0415

        try:
            return parse_date(given.strip())
        except CellError as error:
            raise click.BadParameter(str(error)) from None

    return click.option(
        "--dated",
        metavar="YYYY-MM-DD|DD-MM-YYYY",
        callback=read,
        default=None,
        show_default=otherwise,
        help=f"Day of the {of}.",
    )


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
    from rmscenario.learning.measured import measured  # noqa: PLC0415
    from rmscenario.reporting.language import Lang, number, say  # noqa: PLC0415
    from rmscenario.reporting.rounds import standing_row  # noqa: PLC0415
    from rmscenario.rounds.status import standing  # noqa: PLC0415

    language = Lang(lang)
    text = say(key if new else "round.unchanged", language, round=name, count=number(count, language))
    if as_json:
        print_json({**standing_row(standing(model, name, measured)[0]), "changed": new})
    click.echo(text, err=as_json)
    return int(ExitCode.DONE)


@command.command("propose")
@_round
@_run("Folder of the run whose plan is proposed.", otherwise=None)
@_shared
def propose(*, name: str, run: Path, model: Path | None, lang: str, as_json: bool) -> int:
    """Propose what a run's plan starts in an open round, each start with money, staff, tonnes, dates and indicators.

    An earlier proposal of the round is replaced. What the run's region says was accepted or refused stays so.
    """
    from rmscenario.region.vocabulary import CommitmentStatus  # noqa: PLC0415  takes a second to import
    from rmscenario.rounds.place import find_model  # noqa: PLC0415
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
    count = sum(row.status is not CommitmentStatus.REFUSED for row in read_round(place, name).commitments)
    key = "round.proposed.one" if count == 1 else "round.proposed"
    return _said(place, name, key, lang, as_json, new=new, count=count)


@command.command("dossier")
@_round
@_run(
    "Folder of the run that the round was proposed from.",
    otherwise="the one that was proposed, in runs/ or runs/.history/",
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=Path("dossiers"),
    show_default=True,
    help="Folder of the dossiers; those of the round stand in ROUND there, earlier ones in .history.",
)
@_shared
def dossier(*, name: str, run: Path | None, out: Path, model: Path | None, lang: str, as_json: bool) -> int:
    """Write a dossier of each unit, in Word and as a workbook to answer in: what it signs, why, and what it rests on.

    The document is filled into `templates/dossier.docx` of the region, if it has one. What units answered already is in
    the workbooks.
    """
    from rmscenario.cli.carried_out import command_line, print_json, runs_folder  # noqa: PLC0415  takes a second
    from rmscenario.errors import ExitCode  # noqa: PLC0415
    from rmscenario.reporting.language import Lang, number, say  # noqa: PLC0415
    from rmscenario.rounds.store import read_round  # noqa: PLC0415
    from rmscenario.run_folder import read_run  # noqa: PLC0415
    from rmscenario.workflow.dossiers import proposing_run, write_dossiers  # noqa: PLC0415

    language = Lang(lang)
    place = _of(name, model)
    found = read_round(place, name)
    runs_folder(out)
    proposed = read_run(run or proposing_run(found, Path("runs")))
    written = write_dossiers(found, proposed, out, lang=language, command=command_line())
    if as_json:
        print_json({"round": name, "folder": written.folder.as_posix(), "units": list(written.units)})
    count = number(len(written.units), language)
    key = "dossier.written.one" if len(written.units) == 1 else "dossier.written"
    text = say(key, language, round=name, count=count, path=written.folder.as_posix())
    click.echo(text, err=as_json)
    return int(ExitCode.DONE)


@command.command("template")
@_model
@options.lang
def template(*, model: Path | None, lang: str) -> int:
    """Write the Word template of the dossiers into the region's `templates/`, to be changed there."""
    from rmscenario.errors import ExitCode  # noqa: PLC0415  takes a second
    from rmscenario.reporting.language import Lang, say  # noqa: PLC0415
    from rmscenario.workflow.dossiers import write_template  # noqa: PLC0415

    path = write_template(_of(None, model))
    click.echo(say("dossier.template.written", Lang(lang), path=path.as_posix()))
    return int(ExitCode.DONE)


@command.command("read-back")
@_round
@click.argument("paths", metavar="FILE...", type=FILE, nargs=-1, required=True)
@_dated("answers")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    show_default="scenarios/ROUND-answers.toml beside the models",
    help="Scenario that lays the answers over the region.",
)
@_shared
def read_back(
    *,
    name: str,
    paths: tuple[Path, ...],
    dated: date,
    out: Path | None,
    model: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Read the workbooks that units filled in: list every change, record it in the round, write a scenario to plan with.

    What a unit accepts, with or without changes, is a lock of every plan from then on; what it refuses does not start in
    the round. Lines without an answer stay proposed. Nothing is taken of any workbook as long as one has a fault.
    """
    from rmscenario import tables  # noqa: PLC0415  takes a second to import
    from rmscenario.cli.carried_out import print_json  # noqa: PLC0415
    from rmscenario.errors import ExitCode  # noqa: PLC0415
    from rmscenario.reporting.answered import answers_row, answers_text  # noqa: PLC0415
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.rounds.recording import record_answers, write_overlay  # noqa: PLC0415
    from rmscenario.scenario.chain import project_root  # noqa: PLC0415

    place = _of(name, model)
    scenario = out or project_root(place) / "scenarios" / f"{name}-answers.toml"
    said, new = record_answers(place, name, paths, dated=dated)
    write_overlay(place, name, scenario)
    if as_json:
        print_json({**answers_row(said), "changed": new, "scenario": scenario.as_posix()})
    text = answers_text(tables.load(place), name, said, scenario.as_posix(), Lang(lang))
    click.echo(text, nl=False, err=as_json)
    return int(ExitCode.DONE)


@command.command("sign")
@_round
@_dated("signature", otherwise="the day that it is signed on already, else today")
@_shared
def sign(*, name: str, dated: date | None, model: Path | None, lang: str, as_json: bool) -> int:
    """Sign what is proposed: from then on its starts are locks of every plan, and its files may not change."""
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.reporting.rounds import unanswered_text  # noqa: PLC0415
    from rmscenario.rounds.answering import unanswered  # noqa: PLC0415  takes a second to import
    from rmscenario.rounds.signing import sign_round, signed_on  # noqa: PLC0415
    from rmscenario.rounds.store import read_round  # noqa: PLC0415

    place = _of(name, model)
    found = read_round(place, name)
    silent = unanswered(found)
    new = sign_round(place, name, dated=dated or signed_on(found) or _today())
    if silent:
        click.echo(unanswered_text(silent, Lang(lang)), err=True)
    count = sum(row.binds for row in read_round(place, name).commitments)
    key = "round.signed.one" if count == 1 else "round.signed"
    return _said(place, name, key, lang, as_json, new=new, count=count)


@command.command("amend")
@_round
@_file
@_run(
    "Folder of a run that was planned with the amendment, for the figures of what has none yet.", otherwise="no figures"
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
    key = "round.followed.one" if count == 1 else "round.followed"
    return _said(place, name, key, lang, as_json, new=count > 0, count=count)


@command.command("close")
@_round
@_shared
def close(*, name: str, model: Path | None, lang: str, as_json: bool) -> int:
    """Close a signed round: what was delivered goes on as running, the next round opens, and the period begins with it.

    Follow-up says in which year each commitment started and how much of it is in service. One without data goes on as it
    was agreed and is marked assumed; one that was dropped can be chosen again. What was learnt of effects is used by plans that
    are told so: the command says how.
    """
    from rmscenario.reporting.language import Lang, say  # noqa: PLC0415  takes a second to import
    from rmscenario.reporting.rounds import contradictions_text  # noqa: PLC0415
    from rmscenario.rounds.closing import close_round  # noqa: PLC0415
    from rmscenario.rounds.progress import progressed  # noqa: PLC0415
    from rmscenario.rounds.rows import FollowUp  # noqa: PLC0415
    from rmscenario.rounds.store import read_round  # noqa: PLC0415
    from rmscenario.tables.parts import RoundState  # noqa: PLC0415
    from rmscenario.workflow.learning import overlay_file  # noqa: PLC0415

    place = _of(name, model)
    before = read_round(place, name).state
    seen = close_round(place, name)
    count = sum(each.start is not None for each in seen)
    key = "round.closed.one" if count == 1 else "round.closed"
    code = _said(place, name, key, lang, as_json, new=before is not RoundState.CLOSED, count=count)
    closed = read_round(place, name)
    if contradictions := contradictions_text(closed.region, progressed(closed), Lang(lang)):
        click.echo(contradictions, err=True)
    if closed.of(FollowUp):
        learnt = overlay_file(Path("runs"), name).as_posix()
        click.echo(say("round.learn", Lang(lang), round=name, model=place.as_posix(), path=learnt), err=True)
    return code


@command.command("status")
@click.argument("name", metavar="[ROUND]", required=False)
@_shared
def status(*, name: str | None, model: Path | None, lang: str, as_json: bool) -> int:
    """Say how the rounds of a region stand, or one of them with its commitments."""
    from rmscenario import tables  # noqa: PLC0415  takes half a second to import
    from rmscenario.cli.carried_out import print_json  # noqa: PLC0415
    from rmscenario.errors import ExitCode  # noqa: PLC0415
    from rmscenario.learning.measured import measured  # noqa: PLC0415
    from rmscenario.reporting.language import Lang  # noqa: PLC0415
    from rmscenario.reporting.rounds import round_text, rounds_text, standing_row  # noqa: PLC0415
    from rmscenario.rounds.status import standing  # noqa: PLC0415

    place, language = _of(name, model), Lang(lang)
    found = standing(place, name, measured)
    if as_json:
        print_json({"rounds": [standing_row(each) for each in found]})
    else:
        region = tables.load(place)
        text = rounds_text(region, found, language) if name is None else round_text(region, found[0], language)
        click.echo(text, nl=False)
    return int(ExitCode.DONE)
