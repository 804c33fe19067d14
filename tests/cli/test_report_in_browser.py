"""The report as its readers meet it: in a browser, by keyboard, on a phone and on paper."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from rmscenario.run_folder import read_run
from tests.cli.running import call

BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium is installed here; install it to open the report")
#: [px] A screen and a phone.
WIDTHS = (1280, 390)
#: Impacts of faults that keep somebody from reading.
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container or a root user has no sandbox to give; the page is ours, and asks nothing from anywhere.
        arguments = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 or os.environ.get("CI") else []
        started = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def written(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the tutorial."""
    out = tmp_path_factory.mktemp("opened")
    assert call("report", tutorial, "--out", out).exit_code == 0
    return out / "report.html"


@pytest.fixture
def opened(browser: Browser, written: Path) -> Iterator[Page]:
    """The report on a screen; what the console says or the page asks for fails the test."""
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": 900})
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url))
    page.goto(written.as_uri())
    yield page
    assert told == [written.as_uri()]
    page.close()


def speak(page: Page, lang: str) -> None:
    page.click(f'.report:not([hidden]) [data-language="{lang}"]')


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.report:not([hidden]) details').forEach((fold) => (fold.open = true))")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_is_drawn_in_both_languages_and_the_page_scrolls_one_way(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    for lang in ("da", "en"):
        speak(opened, lang)
        unfold(opened)
        charts = opened.locator(f"#report-{lang} .chart")
        opened.wait_for_function(
            "(lang) => [...document.querySelectorAll(`#report-${lang} .chart`)].every((chart) => chart.querySelector('svg path'))",
            arg=lang,
        )
        assert charts.count() > 8
        assert opened.evaluate("document.documentElement.scrollWidth") == width
        assert opened.evaluate("document.documentElement.lang") == lang


@pytest.mark.parametrize("lang", ["da", "en"])
def test_axe_finds_nothing_serious(opened: Page, lang: str) -> None:
    for width in WIDTHS:
        opened.set_viewport_size({"width": width, "height": 900})
        speak(opened, lang)
        unfold(opened)
        found = [fault for fault in Axe().run(opened).response["violations"] if fault["impact"] in SERIOUS]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_the_language_changes_title_text_and_focus_and_is_not_remembered(opened: Page) -> None:
    danish = opened.title()
    speak(opened, "en")
    assert opened.title() != danish
    assert opened.locator("h1:visible").inner_text() == opened.title()
    focused = "document.activeElement.closest('.report').lang + document.activeElement.dataset.language"
    assert opened.evaluate(focused) == "enen"
    assert opened.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_address_of_a_units_dossier_unfolds_it_in_its_language(browser: Browser, written: Path) -> None:
    page = browser.new_page(viewport={"width": WIDTHS[1], "height": 900})
    page.goto(f"{written.as_uri()}#en-unit-HUS")
    dossier = page.locator("#en-unit-HUS")
    dossier.locator("table").first.wait_for(state="visible")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("Math.round(document.getElementById('en-unit-HUS').getBoundingClientRect().top)") in range(900)
    page.evaluate("location.hash = '#da-unit-HUS'")
    page.locator("#da-unit-HUS table").first.wait_for(state="visible")
    assert not dossier.is_visible()
    page.close()


def test_filters_narrow_table_chart_and_count(opened: Page, tutorial: Path) -> None:
    run = read_run(tutorial)
    track_of = {row.initiative: row.track for row in run.region.initiatives}
    unit = max(run.region.units, key=lambda row: sum(start.unit == row.unit for start in run.plan.starts)).unit
    own = opened.evaluate(
        "[...document.querySelectorAll('#da-figure-schedule tbody tr')].map((row) => ({...row.dataset}))"
    )
    assert len(own) == len(run.plan.starts)
    mine = [row for row in own if row["unit"] == unit]
    opened.select_option("#da-figure-schedule-unit", unit)
    rows = opened.locator("#da-figure-schedule tbody tr:not([hidden])")
    assert rows.count() == len(mine) > 0
    assert opened.locator("#da-figure-schedule .count").inner_text().split()[1] == str(len(mine))
    track = track_of[next(start.initiative for start in run.plan.starts if start.unit == unit)]
    opened.select_option("#da-figure-schedule-track", track)
    both = [row for row in mine if row["track"] == track]
    assert rows.count() == len(both) > 0
    opened.select_option("#da-figure-schedule-unit", "")
    opened.select_option("#da-figure-schedule-track", "")
    assert rows.count() == len(own)


def test_values_stand_beside_the_pointer_as_in_the_table(opened: Page) -> None:
    figure = opened.locator("#da-ahead figure").first
    chart = figure.locator(".chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    opened.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.6 * box["height"])
    bubble = figure.locator(".bubble")
    bubble.wait_for()
    year, *lines = bubble.inner_text().splitlines()
    row = figure.locator("tbody tr", has=opened.locator(f"th:text-is('{year}')"))
    values = row.locator("td").all_text_contents()
    assert any(line.partition(": ")[2].split("\u00a0")[0].partition(",")[0] in " ".join(values) for line in lines)


def test_the_keyboard_skips_to_the_content_and_unfolds_and_filters(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "da-main"
    fold = opened.locator("#da-now details summary").first
    fold.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#da-now details").first.get_attribute("open") is not None
    opened.locator("#da-figure-schedule-unit").focus()
    opened.keyboard.press("ArrowDown")
    assert opened.locator("#da-figure-schedule-unit").input_value()


def test_paper_shows_everything_at_its_own_width_and_the_screen_is_as_before(opened: Page, tmp_path: Path) -> None:
    shut = "document.querySelectorAll('.report:not([hidden]) details:not([open])').length"
    before = opened.evaluate(shut)
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.evaluate(shut) == 0
    widths = opened.evaluate(
        "[...document.querySelectorAll('#report-da .chart svg')].map((drawn) => drawn.clientWidth)"
    )
    assert len(widths) == opened.locator("#report-da .chart").count()
    assert set(widths) == {636}
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.evaluate(shut) == before > 0
    opened.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_without_scripts_all_sentences_and_tables_are_there(browser: Browser, written: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written.as_uri())
    assert page.locator("#report-da noscript").count() == 1
    assert page.locator("#report-da table").count() > 8
    assert page.locator("#report-da .lead").is_visible()
    context.close()
