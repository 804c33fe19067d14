"""Dependencies: declared, pinned, hashed, from no named index."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import pairwise

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.files import ROOT, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PINNED = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-test.txt")}
DECLARED = {
    "requirements.txt": [*PROJECT["dependencies"], *EXTRAS["pinned"]],
    "requirements-test.txt": [*PROJECT["dependencies"], *EXTRAS["pinned"], *EXTRAS["test"]],
}


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+) \\$", text, re.MULTILINE))


@pytest.mark.parametrize("name", PINNED)
def test_every_line_is_a_pin_a_hash_or_a_comment(name: str) -> None:
    pin, checksum = r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+ \\", r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    lines = PINNED[name].splitlines()
    assert [line for line in lines if not re.fullmatch(rf"{pin}|{checksum}| *#.*", line)] == []
    for line, following in pairwise(lines):
        if re.fullmatch(pin, line):
            assert re.fullmatch(checksum, following), f"{line}: no hash"


@pytest.mark.parametrize("name", PINNED)
def test_every_declared_dependency_is_pinned_and_its_lower_bound_is_the_version_tested(name: str) -> None:
    found = pins(PINNED[name])
    for text in DECLARED[name]:
        declared = Requirement(text)
        pinned = found.get(canonicalize_name(declared.name))
        assert pinned is not None, f"{declared.name} is not pinned"
        assert str(declared.specifier) == f">={pinned}"


def test_tests_run_on_the_versions_that_planners_get() -> None:
    planners, tests = (pins(text) for text in PINNED.values())
    assert planners.items() <= tests.items()


def test_every_import_of_the_package_is_a_declared_dependency() -> None:
    imported = set()
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                imported.add(node.module.split(".")[0])
    imported -= {*sys.stdlib_module_names, "rmscenario"}
    known = packages_distributions()
    used = {canonicalize_name(name) for module in imported for name in known[module]}
    assert used == {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
