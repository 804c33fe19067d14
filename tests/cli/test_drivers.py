"""Analyses of a run: what drives it and what warns of a miss, written beside the run, which stays as it is."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from rmscenario.cli.terminal import Terminal
from rmscenario.reporting.language import Lang, measured, percent, scale_of
from rmscenario.run_folder import HISTORY, read_manifest, read_run
from tests.cli.running import beside, call, content, files


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """An analysis, the run it is of, and what was said."""

    run: Path
    folder: Path
    result: Result

    @property
    def content(self) -> dict[str, Any]:
        return content(self.folder)

    @property
    def page(self) -> str:
        return (self.folder / f"{self.folder.name}.md").read_text("utf-8")

    @property
    def said(self) -> str:
        """What was said, on one line with plain spaces."""
        return plain(self.result.stdout)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def analysed(command: str, tutorial: Path, runs: Path, *arguments: str) -> Analysed:
    run = Path(shutil.copytree(tutorial, runs / "tutorial"))
    result = call(command, run, *arguments)
    assert result.exit_code == 0, result.stderr
    return Analysed(run=run, folder=beside(runs, command), result=result)


@pytest.fixture(scope="module")
def driven(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    return analysed("drivers", tutorial, tmp_path_factory.mktemp("driven"), "--lang", "en")


@pytest.fixture(scope="module")
def posted(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    return analysed("signposts", tutorial, tmp_path_factory.mktemp("posted"), "--lang", "en")


@pytest.mark.parametrize("name", ["driven", "posted"])
def test_the_run_stays_as_it_is_and_the_analysis_says_which_run_it_is_of(
    name: str, tutorial: Path, request: pytest.FixtureRequest
) -> None:
    found: Analysed = request.getfixturevalue(name)
    assert files(found.run) == files(tutorial)
    manifest = read_manifest(found.folder)
    assert set(manifest.outputs) | {"manifest.json"} == set(files(found.folder))
    assert manifest.inputs == read_run(found.run).manifest.outputs
    assert found.result.stderr.endswith("written: " + found.folder.as_posix() + "\n")


def test_the_parts_of_each_target_close_on_the_residual_of_the_run(driven: Analysed) -> None:
    rows = {row["id"]: row for row in read_run(driven.run).summary["targets"]}
    assert driven.content["targets"][0]["id"] == "total-30"
    assert {target["id"] for target in driven.content["targets"]} == set(rows)
    for target in driven.content["targets"]:
        split = target["split"]
        moved = sum(change["planned"] for change in split["changes"])
        assert math.isclose(split["base"] + moved, rows[target["id"]]["residual"], rel_tol=1e-9, abs_tol=1e-6)
        assert math.isclose(split["base"] + sum(change["mean"] for change in split["changes"]), split["mean"])
        if split["deviation"] > 0:
            assert math.isclose(sum(change["spread"] for change in split["changes"]), 1.0)


def test_in_order_the_new_initiatives_are_what_the_plan_adds_to_doing_nothing_more(driven: Analysed) -> None:
    rows = {row["id"]: row for row in read_run(driven.run).summary["targets"]}
    told = {target["id"]: target["split"]["changes"] for target in driven.content["targets"]}
    for identifier in ("total-30", "energy-20", "scopes-1-2-25"):
        (new,) = (change["planned_in_order"] for change in told[identifier] if change["piece"] == "new")
        row = rows[identifier]
        assert new < 0
        assert math.isclose(new, row["residual"] - row["residual_background"], rel_tol=1e-9)


def test_own_effort_apart_from_background_leads_the_page_in_the_figures_of_the_file(driven: Analysed) -> None:
    target = driven.content["targets"][0]
    split = target["split"]
    scale = scale_of(target["unit"], target["base"], Lang.EN)

    def amount(pieces: set[str]) -> str:
        tonnes = sum(change["planned"] for change in split["changes"] if change["piece"] in pieces)
        return plain(measured(tonnes * scale.factor, scale.unit, Lang.EN))

    sentence = (
        f"Own effort gives {amount({'new', 'running'})} (new initiatives {amount({'new'})}, running ones "
        f"{amount({'running'})}), the background {amount({'background'})}"
    )
    for text in (driven.said, plain(driven.page)):
        assert sentence in text
        order = [
            text.index(word) for word in (sentence, "How weak the background may be", "What the spread comes from")
        ]
        assert order == sorted(order)
        assert order[-1] < text.index("Initiatives that cost most to lose")
    assert "The plan is fixed" in driven.said
    assert "linear between the years of the tables" in driven.said


def test_every_target_stands_on_the_page_with_its_figure(driven: Analysed) -> None:
    for target in driven.content["targets"]:
        assert f"## {target['name_en']}" in driven.page
        if target["split"]["deviation"] > 0:
            picture = f"drivers-{target['id']}.svg"
            assert f"]({picture})" in driven.page
            svg = (driven.folder / picture).read_text("utf-8")
            assert target["name_en"] in svg
            assert (driven.folder / picture).with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_a_run_analysed_again_gives_the_same_bytes_and_the_earlier_analysis_is_kept(
    driven: Analysed, tmp_path: Path
) -> None:
    runs = Path(shutil.copytree(driven.run.parent, tmp_path / "runs"))
    before = files(beside(runs, "drivers"))
    assert call("drivers", runs / "tutorial", "--lang", "en").exit_code == 0
    after = files(beside(runs, "drivers"))
    assert {name for name in before if before[name] != after.get(name)} <= {"manifest.json"}
    (earlier,) = beside(runs, HISTORY).iterdir()
    assert files(earlier) == before


def test_an_interrupted_analysis_keeps_what_was_drawn_and_says_so(
    tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Terminal.answers

    def pressed(self: Terminal, done: int, total: int) -> None:
        answers(self, done, total)
        if done == 1:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Terminal, "answers", pressed)
    result = call("drivers", tutorial, "--out", tmp_path / "here", "--json", "--lang", "en")
    assert result.exit_code == 130, result.stderr
    said = json.loads(result.stdout)
    assert said["interrupted"]
    assert said["analysis"] == (tmp_path / "here" / "drivers").as_posix()
    assert said["draws"] == 2048  # one pair of replicates
    (first, *_) = said["targets"][0]["independent"]
    assert (first["total"][1], first["total"][2]) == (None, None)  # one pair has no interval
    assert read_manifest(tmp_path / "here" / "drivers").outputs.keys() == {"drivers.json", "drivers.md"}
    page = (tmp_path / "here" / "drivers" / "drivers.md").read_text("utf-8")
    assert "Interrupted: the answers rest on the draws made until then" in page
    assert "nan" not in page
    assert "inf" not in page.replace("information", "")


def test_a_signpost_is_a_sentence_with_trigger_date_and_both_probabilities(posted: Analysed) -> None:
    told = 0
    for target in posted.content["targets"]:
        for post in target["signposts"]["posts"]:
            alert = post["alert"]
            if alert is None:
                continue
            told += 1
            side = "above" if alert["above"] else "below"
            trigger = percent(alert["trigger"], Lang.EN, 1)
            both = f"{percent(alert['miss_if'], Lang.EN)}, otherwise of {percent(alert['miss_if_not'], Lang.EN)}"
            wanted = (f"is {side} {trigger} of", f"the plan misses with a probability of {both}")
            found = [part for part in posted.said.split(". ") if all(words in part for words in wanted)]
            assert found, wanted
            assert alert["known"] == alert["year"] + (alert["observable"]["sign"] == "background")
            assert str(alert["known"]) in found[0]
            assert alert["miss_if"] > alert["miss_if_not"]
            assert post["reserves"]["call"] == alert["known"] + 1
    assert told >= 2
    assert [row["signposts"]["expected_background"] for row in posted.content["targets"]] == [False, True]
    assert "Real levels wobble from year to year" in posted.said


def test_the_reserve_is_told_with_its_tonnes_its_start_and_whether_it_breaks_a_limit(posted: Analysed) -> None:
    target = posted.content["targets"][0]
    scale = scale_of(target["unit"], target["base"], Lang.EN)
    best = target["signposts"]["posts"][0]["reserves"]["best"]
    removed = plain(measured(best["removed"] * scale.factor, scale.unit, Lang.EN))
    assert f"Then call {best['initiative']} " in posted.said
    assert f"started in {best['start']} it removes {removed} in {target['year']}" in posted.said
    assert ("That breaks no limit." in posted.said) == (not best["breaks"])


def test_targets_are_chosen_by_id_and_one_that_is_none_is_refused(tutorial: Path, tmp_path: Path) -> None:
    result = call("signposts", tutorial, "--target", "nothing", "--out", tmp_path)
    assert result.exit_code == 3
    assert result.stderr.startswith(
        "rmscenario: --target: found 'nothing', expected a target of tutorial with its year"
    )
    assert "total-30" in result.stderr
    assert list(tmp_path.iterdir()) == []
    result = call("signposts", tutorial, "--target", "energy-20", "--target", "energy-20", "--out", tmp_path, "--json")
    assert result.exit_code == 0, result.stderr
    assert [row["id"] for row in json.loads(result.stdout)["targets"]] == ["energy-20", "energy-20"]
    assert "når baggrunden går som ventet" in (tmp_path / "signposts" / "signposts.md").read_text("utf-8")


def test_a_run_that_was_changed_is_not_analysed(tutorial: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(tutorial, tmp_path / "tutorial"))
    (run / "plan.csv").write_bytes(b"")
    for command in ("drivers", "signposts"):
        result = call(command, run)
        assert result.exit_code == 3
        assert "tutorial/plan.csv: found other content than was written" in result.stderr
    assert not (tmp_path / ".analyses").exists()
