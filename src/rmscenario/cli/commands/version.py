"""`rmscenario version`."""

from __future__ import annotations

import json

import click

from rmscenario import __version__
from rmscenario.cli import options


@click.command("version")
@options.as_json
def command(*, as_json: bool) -> int:
    """Say which version this is; with --json also those of Python and the libraries."""
    if not as_json:
        click.echo(f"rmscenario {__version__}")
        return 0
    from rmscenario.workflow.manifest import versions  # noqa: PLC0415  not needed for the one line

    click.echo(json.dumps(versions(), indent=2))
    return 0
