"""The report of a run: one file that holds all it shows, in both languages, and nothing of it is asked from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rmscenario.reporting.catalogue import TEXTS
from rmscenario.run_folder import read_run
from rmscenario.tables import load
from rmscenario.workflow import report as workflow
from rmscenario.workflow.interrupts import Interrupted
from tests.cli.running import FEW, TUTORIAL, call, files
from tests.project.files import ROOT, VENDORED

#: [bytes] A report can be sent by mail.
MOST = 5 * 2**20
#: Names that would be something else than text if they could.
NASTY = {
    "formula": "=1+1",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "places": "{{ 7*7 }} {name} {a}",
    "right to left": "עברית 1+1",
}
#: The parts of the report.
PARTS = ("now", "ahead", "sure", "analyses", "missing", "cost", "units", "sources")
#: What every dossier holds: headings and tables.
DOSSIER = {
    "da": {
        "Hvad enheden skriver under på", "Hvorfor", "Siden sidste aftaleperiode", "Indsatser, enheden skriver under på",
        "Ton CO₂e", "Penge pr. år, 1.000 kr.", "Årsværk pr. år", "Milepæle", "Indikatorer",
        "Koncernfælles indsatser, andre bærer", "Forudsætninger, andre leverer", "Dokumentation",
    },
    "en": {
        "What the unit signs", "Why", "Since the last round", "Initiatives that the unit signs", "Tonnes of CO₂e",
        "Money per year, DKK 1,000", "Full-time equivalents per year", "Milestones", "Indicators",
        "Group-wide initiatives that others carry", "Prerequisites from others", "Evidence",
    },
}  # fmt: skip
VOID = {"meta", "img", "br", "hr", "input", "link"}


@dataclass
class Element:
    """An element: its name, attributes, text and what is in it."""

    tag: str
    attributes: dict[str, str]
    below: list[Element] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Element]:
        yield self
        for element in self.below:
            yield from element.walk()

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.walk() if element.tag == tag]

    @property
    def words(self) -> str:
        """Its text and that of everything in it."""
        return " ".join(" ".join(element.text for element in self.walk()).split())

    def __contains__(self, kind: str) -> bool:
        return kind in self.attributes.get("class", "").split()


class Tree(HTMLParser):
    """Reads a page into elements, and refuses what is not closed as it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("page", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs)
        self.open[-1].below.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


@pytest.fixture(scope="module")
def written(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the tutorial."""
    run = Path(shutil.copytree(tutorial, tmp_path_factory.mktemp("reported") / "tutorial"))
    result = call("report", run)
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.strip())


@pytest.fixture(scope="module")
def page(written: Path) -> Element:
    return Tree(written.read_text("utf-8")).root


def part(page: Element, lang: str) -> Element:
    return next(element for element in page.all("div") if element.attributes.get("id") == f"report-{lang}")


def test_it_stands_beside_the_run_which_stays_as_it_is_and_comes_out_the_same_again(
    written: Path, tutorial: Path
) -> None:
    run = written.parents[2] / "tutorial"
    assert written == run.parent / ".analyses" / "tutorial" / "report.html"
    assert files(run) == files(tutorial)
    before = written.read_bytes()
    assert call("report", run).exit_code == 0
    assert written.read_bytes() == before
    assert len(before) < MOST


def test_it_can_be_written_elsewhere_and_open_in_english(tutorial: Path, tmp_path: Path) -> None:
    result = call("report", tutorial, "--out", tmp_path / "share", "--lang", "en")
    assert result.exit_code == 0
    root = Tree((tmp_path / "share" / "report.html").read_text("utf-8")).root
    assert root.all("html")[0].attributes["lang"] == "en"
    assert "hidden" in part(root, "da").attributes
    assert "hidden" not in part(root, "en").attributes


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    result = call("report", tmp_path)
    assert result.exit_code == 3
    assert not list(tmp_path.iterdir())


def test_interrupted_it_leaves_the_earlier_one(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Path(shutil.copytree(written.parents[2] / "tutorial", tmp_path / "tutorial"))
    assert call("report", run).exit_code == 0
    before = files(tmp_path)

    def interrupted(*_: object) -> str:
        raise Interrupted

    monkeypatch.setattr(workflow, "report", interrupted)
    assert call("report", run).exit_code == 130
    assert files(tmp_path) == before


def test_nothing_in_it_is_asked_from_anywhere(page: Element) -> None:
    for element in page.walk():
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "video", "audio"}
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"{element.tag}: {name}"
            if name in {"href", "src", "action", "data", "srcset"}:
                assert value.startswith("#"), f"{element.tag}: {name}={value}"
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_the_policy_stands_first_and_lets_the_scripts_of_the_report_alone(page: Element) -> None:
    metas = page.all("meta")
    policy = metas[1].attributes["content"]
    assert metas[1].attributes["http-equiv"] == "Content-Security-Policy"
    assert policy.startswith("default-src 'none'; ")
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    scripts = [script for script in page.all("script") if script.attributes.get("type") != "application/json"]
    assert [base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode() for script in scripts] == allowed
    assert "unsafe-eval" not in policy
    assert "script-src 'sha256-" in policy


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_figure_has_a_finding_a_chart_and_a_table(page: Element, lang: str) -> None:
    (content,) = (script for script in page.all("script") if script.attributes.get("id") == "content")
    drawn = json.loads(content.text)[lang]["figures"]
    figures = part(page, lang).all("figure")
    assert len(figures) == len(drawn) > 8
    for figure in figures:
        (chart,) = (element for element in figure.all("div") if "chart" in element)
        assert chart.attributes["data-figure"] in drawn
        assert chart.attributes["role"] == "img"
        assert chart.attributes["aria-label"]
        (finding,) = (element for element in figure.all("p") if "finding" in element)
        assert finding.words
        assert figure.attributes["aria-labelledby"] == finding.attributes["id"]
        (table,) = figure.all("table")
        assert table.all("caption")[0].words
        assert len(table.all("tr")) > 1


def test_every_table_has_a_caption_and_headers_that_say_what_they_head(page: Element) -> None:
    for table in page.all("table"):
        assert table.below[0].tag == "caption"
        head, body = table.all("thead")[0], table.all("tbody")[0]
        columns = len(head.all("th"))
        assert all(cell.attributes["scope"] == "col" for cell in head.all("th"))
        for row in body.all("tr"):
            assert [cell.attributes.get("scope") for cell in row.below] == ["row"] + [None] * (columns - 1)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_headings_go_down_one_at_a_time_and_the_parts_a_director_asks_for_are_there(page: Element, lang: str) -> None:
    shown = part(page, lang)
    levels = [int(element.tag[1]) for element in shown.walk() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    anchors = {element.attributes["href"][1:] for element in shown.all("nav")[0].all("a")}
    assert anchors == {f"{lang}-{name}" for name in PARTS}
    ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert anchors <= set(ids)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_two_landmarks_have_the_same_name(page: Element, lang: str) -> None:
    named = {
        element.attributes["id"]: element.words for element in part(page, lang).walk() if "id" in element.attributes
    }
    landmarks = [named[element.attributes["aria-labelledby"]] for element in part(page, lang).all("section")]
    assert len(landmarks) > 8
    assert len(set(landmarks)) == len(landmarks)


def test_no_text_of_one_language_stands_in_the_part_of_the_other(page: Element) -> None:
    shown = {lang: part(page, lang).words + " " + " ".join(
        value for element in part(page, lang).walk() for value in element.attributes.values()
    ) for lang in ("da", "en")}  # fmt: skip
    for key, text in TEXTS.items():
        plain = " ".join(text.da.split()), " ".join(text.en.split())
        if "{" in text.da or plain[0] == plain[1] or min(map(len, plain)) < 8:
            continue
        assert not re.search(rf"\b{re.escape(plain[1])}\b", shown["da"]), key
        assert not re.search(rf"\b{re.escape(plain[0])}\b", shown["en"]), key


def test_references_of_the_regions_own_have_their_titles_in_the_language_of_the_part(
    page: Element, written: Path
) -> None:
    (own,) = read_run(written.parents[2] / "tutorial").region.references
    assert own.title in part(page, "en").words
    assert own.title not in part(page, "da").words
    assert own.title_da is not None
    assert own.title_da in part(page, "da").words
    assert own.note in part(page, "en").words


def test_each_unit_has_its_dossier_and_every_source_its_grades(page: Element, written: Path) -> None:
    region = read_run(written.parents[2] / "tutorial").region
    folds = {element.attributes.get("id"): element for element in page.all("details")}
    assert {f"{lang}-unit-{unit.unit}" for lang in ("da", "en") for unit in region.units} <= set(folds)
    for lang, wanted in DOSSIER.items():
        for unit in region.units:
            dossier = folds[f"{lang}-unit-{unit.unit}"]
            headings = {element.words for element in dossier.all("h4")}
            shown = headings | {caption.words for caption in dossier.all("caption")}
            shown |= {strong.words.rstrip(":") for strong in dossier.all("strong")}  # a table without rows
            assert wanted <= shown
    assert {f"{lang}-assumed" for lang in ("da", "en")} <= set(folds)


def test_it_shows_the_key_sentences_of_analyses_beside_the_run_and_the_commands_of_the_others(
    written: Path, tmp_path: Path
) -> None:
    run = Path(shutil.copytree(written.parents[2] / "tutorial", tmp_path / "tutorial"))
    assert call("drivers", run, "--no-figures").exit_code == 0
    assert call("report", run).exit_code == 0
    analysis = tmp_path / ".analyses" / "tutorial"
    content = json.loads((analysis / "drivers" / "drivers.json").read_text("utf-8"))
    root = Tree((analysis / "report.html").read_text("utf-8")).root
    for lang, heading in (("da", "Hvad der driver udfaldet"), ("en", "What drives the outcome")):
        (found,) = (item for item in root.all("section") if item.attributes.get("id") == f"{lang}-drivers")
        assert found.all("h3")[0].words == heading
        shown = [element.words for element in found.all("li")]
        assert shown == [" ".join(sentence.split()) for sentence in content["key_sentences"][lang]]
        (around,) = (item for item in root.all("section") if item.attributes.get("id") == f"{lang}-analyses")
        for command in ("confidence", "regret", "wait", "signposts"):
            assert f"“rmscenario {command} tutorial”" in around.words
        assert "“rmscenario drivers tutorial”" not in around.words
    other = Path(shutil.copytree(analysis, tmp_path / ".analyses" / "other"))
    manifest = other / "drivers" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("plan.csv", "other.csv"), "utf-8")
    shutil.copytree(run, tmp_path / "other")
    assert call("report", tmp_path / "other").exit_code == 0
    assert "“rmscenario drivers other”" in (other / "report.html").read_text("utf-8")


def test_names_stay_text_whatever_they_look_like(tmp_path: Path) -> None:
    region = load(ROOT / "models" / "tiny")
    rows = dict(zip(
        (f"initiatives[{region.initiatives[0].initiative}]", f"initiatives[{region.initiatives[1].initiative}]",
         f"units[{region.units[0].unit}]", f"tracks[{region.tracks[0].track}]"), NASTY, strict=True,
    ))  # fmt: skip
    sets = [word for where, kind in rows.items() for name in ("name_da", "name_en")
            for word in ("--set", f"{where}.{name}={NASTY[kind]}")]  # fmt: skip
    result = call("plan", TUTORIAL, "--out", tmp_path, "--no-figures", *FEW, *sets)
    assert result.exit_code == 5, result.stderr
    assert call("report", tmp_path / "tutorial").exit_code == 0
    text = (tmp_path / ".analyses" / "tutorial" / "report.html").read_text("utf-8")
    root = Tree(text).root
    assert len(root.all("script")) == 3
    assert root.all("img") == []
    for lang in ("da", "en"):
        for name in NASTY.values():
            assert " ".join(name.split()) in part(root, lang).words
    (content,) = (script for script in root.all("script") if script.attributes.get("id") == "content")
    assert not set("<>&\u2028\u2029") & set(content.text)
    named: list[Any] = [item["name"] for figure in json.loads(content.text)["da"]["figures"].values()
                        for item in figure["option"]["baseOption"]["series"]]  # fmt: skip
    assert NASTY["right to left"] in named


def test_the_library_is_the_file_that_the_decision_names() -> None:
    (decision,) = (ROOT / "docs" / "decisions").glob("*-charts-of-the-report.md")
    said = re.search(r"\b[0-9a-f]{64}\b", decision.read_text("utf-8"))
    assert said is not None
    library = (VENDORED / "echarts.common.min.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() == said.group()
    assert b"</script" not in library
    assert {path.name for path in VENDORED.iterdir()} >= {"LICENSE", "NOTICE"}
