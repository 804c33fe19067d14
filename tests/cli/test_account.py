"""`rmscenario account`: what a published series has changed, from the command line."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.running import call, files
from tests.project.files import ROOT

MODEL = ROOT / "models" / "midtjylland"


@cache
def told(lang: str) -> str:
    """What is said of the reference region, on one line."""
    result = call("account", MODEL, "--lang", lang)
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The account as JSON, and its folder."""
    folder = tmp_path_factory.mktemp("account")
    return call("account", MODEL, "--out", folder, "--json"), folder


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Own effort is −4.28 kt CO₂e of it (−10.5 kt CO₂e to 0 kt CO₂e). The rest is no own effort"),
        ("da", "Egen indsats er −4,28 kt CO₂e af det (−10,5 kt CO₂e til 0 kt CO₂e). Resten er ikke egen indsats"),
    ],
)
def test_the_fall_of_the_published_series_is_said_to_be_no_own_effort(lang: str, said: str) -> None:
    text = told(lang)
    assert said in text
    assert ("is method" if lang == "en" else "er metode") in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "da",
            "“Klimaregnskab, 2017-metoden” i nyeste metode: faktoren er ikke offentliggjort, den er antaget (Antagelse: ",
        ),
        ("en", "“Account, 2017 method” in the newest method: the factor is not published, it is assumed (Assumption: "),
    ],
)
def test_a_series_that_an_assumed_factor_re_expresses_is_marked(lang: str, said: str) -> None:
    text = told(lang)
    assert said in text
    assert text.count(said.split(":")[1]) == 1  # the other factors are derived from what is published


def test_page_figure_and_json_are_written_where_they_are_asked_for(written: tuple[Result, Path]) -> None:
    result, folder = written
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert content == json.loads((folder / "account-all.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} == {f"account-all.{end}" for end in ("json", "md", "svg", "png")}
    assert abs(content["left_over"]) < 1.0
    assert sum(row["change"] for row in content["moved"]) == pytest.approx(-304_000, abs=1.0)
    assert "![" in (folder / "account-all.md").read_text(encoding="utf-8")


def test_the_figure_is_the_same_bytes_each_time(written: tuple[Result, Path], tmp_path: Path) -> None:
    call("account", MODEL, "--out", tmp_path, "--json")
    assert files(tmp_path) == files(written[1])


def test_a_boundary_without_figures_is_an_error_that_says_what_to_do() -> None:
    result = call("account", MODEL, "--boundary", "waste-water")
    assert result.exit_code == 3
    assert "found no figure over 'waste-water' from 2018 on in '2020-method'" in result.stderr
    assert "expected at least two; add published figures, or choose another boundary" in result.stderr
