"""`rmscenario init`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options


@click.command("init")
@click.argument("folder", metavar="FOLDER", type=options.FOLDER)
@click.option(
    "--xlsx",
    is_flag=True,
    help="Also write region.xlsx beside the folder: the same tables as sheets, with lists to choose from.",
)
@options.lang
def command(*, folder: Path, xlsx: bool, lang: str) -> int:
    """Write an empty region to fill in: region.toml and the header of every table."""
    from rmscenario.errors import ExitCode, Fault, InputError  # noqa: PLC0415  takes half a second to import
    from rmscenario.reporting.language import Lang, say  # noqa: PLC0415
    from rmscenario.run_folder import whole_files  # noqa: PLC0415
    from rmscenario.tables import refuse_taken, write_empty_region, write_template  # noqa: PLC0415

    named = folder if folder.name not in ("", "..") else folder.resolve()
    book = named.with_name(f"{folder.resolve().name}.xlsx")
    if xlsx and book.exists():
        fault = Fault(
            file=book.name,
            found="the file already",
            expected="none of that name",
            remedy="move it away, or choose another folder",
        )
        raise InputError([fault])
    refuse_taken(folder)
    with whole_files(folder, what="the region", remedy="choose another folder") as draft:
        write_empty_region(draft)
        if xlsx:
            write_template(book)
    for path in (folder, book) if xlsx else (folder,):
        click.echo(say("terminal.written", Lang(lang), path=path.as_posix()))
    return int(ExitCode.DONE)
