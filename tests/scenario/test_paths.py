"""Which files a scenario may name, and what is said where it may not or where there is none."""

from __future__ import annotations

import pytest

from rmscenario.errors import InputError
from rmscenario.scenario import load
from tests.scenario.conftest import BASE, Project

PATHS = [
    ("extends", "/etc/base.toml", "'/etc/base.toml'"),
    ("extends", "~/base.toml", "'~/base.toml'"),
    ("extends", "..\\\\base.toml", "'..\\base.toml'"),
    ("extends", "C:base.toml", "'C:base.toml'"),
    ("model", "", "a blank"),
]


@pytest.mark.parametrize(("key", "path", "found"), PATHS)
def test_paths_are_relative_and_written_with_slashes(project: Project, key: str, path: str, found: str) -> None:
    project.write("x", f'{key} = "{path}"\n', head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        f"scenarios/x.toml:3: {key}: found {found}, expected a path relative to this file, with `/` between folders; "
        'write e.g. "../models/tiny"'
    )


@pytest.mark.parametrize(("key", "path"), [("extends", "../../outside.toml"), ("model", "../../outside")])
def test_paths_cannot_leave_the_project(project: Project, key: str, path: str) -> None:
    (project.root.parent / "outside.toml").write_text(BASE, encoding="utf-8")
    (project.root.parent / "outside").mkdir()
    project.write("x", f'{key} = "{path}"\n', head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        f"scenarios/x.toml:3: {key}: found '{path}', which leaves the project, expected a path inside the folder that "
        "holds `models/` and this file; move the scenario or what it names into the project"
    )


def test_symbolic_links_cannot_leave_the_project(project: Project) -> None:
    (project.root / "models" / "small").rename(project.root.parent / "elsewhere")
    (project.root / "models" / "small").symlink_to(project.root.parent / "elsewhere")
    assert project.fault("base").startswith(
        "scenarios/base.toml:3: model: found '../models/small', which leaves the project, "
    )


def test_a_circle_of_extends_is_shown_whole(project: Project) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        project.write(name, "", head=f'title_da = "T"\ntitle_en = "T"\nextends = "{other}.toml"\n')
    assert project.fault("a") == (
        "scenarios/c.toml:3: extends: found a circle (scenarios/a.toml → scenarios/b.toml → scenarios/c.toml → "
        "scenarios/a.toml), expected a chain that ends; remove one `extends`"
    )


def test_what_is_extended_must_be_there(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nextends = "bse.toml"\n')
    assert project.fault("x") == (
        "scenarios/x.toml:3: extends: found 'scenarios/bse.toml', which is no file, expected a scenario file (.toml); "
        "check the path"
    )


def test_a_model_that_is_no_folder_is_a_fault(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nmodel = "../models/smal"\n')
    assert project.fault("x") == (
        "scenarios/x.toml:3: model: found '../models/smal', which is no folder, expected the folder of a region's tables; "
        "check the path; it is relative to this file"
    )


def test_a_scenario_without_a_model_is_a_fault(project: Project) -> None:
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\n')
    assert project.fault("x") == (
        'scenarios/x.toml: found no model, expected a file with `model`, e.g. model = "../models/tiny"; name one'
    )


def test_combined_scenarios_are_of_one_model_and_named_once(project: Project) -> None:
    (project.root / "models" / "other").mkdir()
    project.write("x", "", head='title_da = "T"\ntitle_en = "T"\nmodel = "../models/other"\n')
    assert project.fault("base", "x", "base") == (
        "scenarios/base.toml: found the same scenario twice, expected each scenario once; name it once\n"
        "scenarios/x.toml:3: model: found '../models/other', expected the model that scenarios/base.toml names; "
        "combine scenarios of one model, or leave `model` out"
    )


def test_a_model_folder_can_only_come_first(project: Project) -> None:
    folder = project.root / "models" / "small"
    with pytest.raises(InputError) as caught:
        load([project.root / "scenarios" / "base.toml", folder])
    assert str(caught.value) == (
        f"{folder}: found a folder, expected a scenario file; a model folder can only come first, the scenario files after it"
    )


def test_a_missing_scenario_is_a_fault(project: Project) -> None:
    assert project.fault("nope") == (
        "scenarios/nope.toml: found 'scenarios/nope.toml', which is no file, expected a scenario file (.toml); check the path"
    )
    with pytest.raises(InputError, match=r"^scenario: found no scenario, expected the path"):
        load([])
