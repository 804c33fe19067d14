"""The two commands of the README do all the set-up, and the second one is what CI runs."""

from __future__ import annotations

import os
import re
import shlex

from tests.project.files import README, ROOT

COMMANDS = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)


def test_there_are_two_commands_of_one_line_each_the_second_runs_the_tests() -> None:
    assert len(COMMANDS) == 2
    run, test = (shlex.split(command) for command in COMMANDS)
    assert run[-3:] == [".venv/bin/rmscenario", "run", "scenarios/reference.toml"]
    assert test[test.index("&&", test.index("-e")) + 1 :][:3] == [".venv/bin/python", "-m", "pytest"]


def test_both_commands_take_packages_with_hashes_only_and_name_files_that_exist() -> None:
    for command in COMMANDS:
        installs = [part for part in command.split(" && ") if "pip install" in part]
        assert len(installs) == 2
        assert "--require-hashes -r" in installs[0]
        assert "--no-deps --no-build-isolation" in installs[1]
        files = re.findall(r"\S+\.(?:txt|toml)\b", command)
        assert files
        assert all((ROOT / file).is_file() for file in files)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    (pattern,) = re.findall(r"grep -E '(.*)' README\.md", text)
    assert re.findall(f"{pattern}.*", README, re.MULTILINE) == COMMANDS[1:]
    assert "set -euo pipefail" in text
    assert os.access(script, os.X_OK)
