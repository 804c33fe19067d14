"""Help: quick, complete, and the page that is written from it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from rmscenario import __version__
from rmscenario.cli.commands.stress import LARGEST_SEED, MOST_DRAWS
from rmscenario.cli.document import cli_page
from rmscenario.cli.group import cli
from rmscenario.scenario import StressOptions
from tests.cli.running import call
from tests.project.files import ROOT

NAMES = [
    "check",
    "plan",
    "run",
    "stress",
    "verify",
    "compare",
    "drivers",
    "signposts",
    "regret",
    "wait",
    "confidence",
    "round",
    "worth",
    "learn",
    "report",
    "export",
    "account",
    "init",
    "version",
]
HEAVY = ("numpy", "scipy", "pydantic", "pyomo", "highspy", "xarray", "matplotlib", "rich", "pint", "openpyxl")


def commands() -> dict[str, click.Command]:
    context = cli.make_context("rmscenario", ["version"])
    return {name: command for name in cli.list_commands(context) if (command := cli.get_command(context, name))}


def test_all_commands_are_listed() -> None:
    assert list(commands()) == NAMES
    said = call("-h").stdout
    assert re.findall(r"^  (\w+) {2,}", said.partition("Commands:")[2], re.MULTILINE) == NAMES


@pytest.mark.parametrize("arguments", [["--help"], *([name, "-h"] for name in NAMES)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom rmscenario.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_long_and_says_what_it_does_and_its_default(name: str) -> None:
    for option in commands()[name].params:
        if not isinstance(option, click.Option):
            continue
        assert any(word.startswith("--") for word in option.opts)
        assert option.help
        assert option.help.endswith(".")
        assert option.is_flag or option.multiple or option.show_default


def test_ranges_are_those_of_the_stress_options() -> None:
    StressOptions(draws=MOST_DRAWS, seed=LARGEST_SEED)
    for wrong in ({"draws": MOST_DRAWS + 1}, {"seed": LARGEST_SEED + 1}):
        with pytest.raises(ValueError, match="less than or equal"):
            StressOptions.model_validate(wrong)


def test_the_page_of_the_command_line_is_current() -> None:
    page = ROOT / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == cli_page(), "run: python -m rmscenario.cli.document docs/cli.md"


def test_the_version_is_said_alone_and_with_the_libraries() -> None:
    assert call("version").stdout == f"rmscenario {__version__}\n"
    said = json.loads(call("version", "--json").stdout)
    assert said["rmscenario"] == __version__
    assert {"python", "highspy", "numpy"} <= set(said)


def test_init_writes_a_region_that_check_asks_to_be_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert call("init", folder, "--xlsx").exit_code == 0
    assert (tmp_path / "new.xlsx").is_file()
    result = call("check", folder)
    assert result.exit_code == 3
    assert "region.toml: region: found no such key, expected Id of the region; add it" in result.stderr
    again = call("init", folder)
    assert again.exit_code == 3
    assert "new: found region.toml and 38 more files of a region already" in again.stderr


def test_init_fills_the_folder_it_is_called_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = call("init", ".", "--xlsx")
    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "here.xlsx"]
    assert (tmp_path / "here" / "region.toml").is_file()
    assert not list((tmp_path / "here").glob(".*"))
