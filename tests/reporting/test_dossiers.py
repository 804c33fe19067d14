"""Dossiers: what each unit signs and why, in Word and as a workbook."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from rmscenario import run_folder as rf
from rmscenario import tables
from rmscenario.assessment import assess
from rmscenario.errors import InputError
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.agreements.contents import agreements
from rmscenario.reporting.dossiers import Dossier, dossiers, page
from rmscenario.reporting.dossiers.contents import Ahead, Since
from rmscenario.reporting.dossiers.document import _fit, document
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.dossiers.template import default_template
from rmscenario.reporting.dossiers.warnings import warned
from rmscenario.reporting.language import Lang, money
from rmscenario.reporting.results import Result
from rmscenario.rounds.asked import SENT
from rmscenario.rounds.held import held_by_plan, held_by_round
from rmscenario.rounds.rows import CommitmentMoney
from rmscenario.rounds.signing import amend_round, sign_round
from rmscenario.rounds.store import Round, read_round
from rmscenario.signposts import Alert, Miss, Observable, Reserve, Reserves, Restriction, Sign, Signpost, Signposts
from rmscenario.tables.parts import RoundState
from rmscenario.workflow.analyses import signposts_of
from rmscenario.workflow.dossiers import proposing_run, write_template
from tests.project.files import ROOT
from tests.rounds.dossiers import fill, propose_run, proposed, read, run_of, sent
from tests.rounds.rounds import DAY, NAME, SIGNED, planned, tiny, write

FORMULA = "=1+1"
#: [words] What two pages of text hold, set as the template sets it.
TWO_PAGES = 900


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Path]:
    return proposed(tmp_path_factory.mktemp("dossiers"), planned())


def result(run: Any) -> Result:
    return Result(title="Prøven", region=run.region, plan=run.plan, assessment=assess(run.region, run.plan))


def all_of(place: tuple[Path, Any, Path], posts: tuple[Signposts, ...] | None = None) -> tuple[Round, list[Dossier]]:
    model, run, _ = place
    found = read_round(model, NAME)
    return found, list(dossiers(held_by_round(found), result(run), posts))


def paragraphs(path: Path) -> Iterator[str]:
    for paragraph in docx.Document(str(path)).paragraphs:
        yield paragraph.text


def test_every_commitment_is_answered_by_one_unit_with_the_money_of_the_round(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    answered = [entry.question.proposed.commitment for dossier in made for entry in dossier.answers]
    assert sorted(answered) == sorted(row.commitment for row in found.commitments)
    for kind in MoneyKind:
        for year in found.agreed.years:
            expected = sum(row.amount for row in found.of(CommitmentMoney) if (row.kind, row.year) == (kind, year))
            total = sum(entry.money.get((kind, year), 0.0) for dossier in made for entry in dossier.borne)
            assert total == pytest.approx(expected)


def test_a_units_part_of_the_plan_is_that_of_its_agreement_and_the_parts_and_the_rest_make_the_plan(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    of_run = result(place[1])
    for dossier, agreement in zip(made, agreements(of_run, made[0].round), strict=True):
        own = sum(line.tonnes[dossier.report_year].in_plan for line in agreement.own)
        assert dossier.own_tonnes == pytest.approx(own)
        assert dossier.plan_tonnes == pytest.approx(
            float(of_run.assessment["tonnes_in_plan"].sel(year=dossier.report_year).sum())
        )


def test_what_runs_goes_on_and_what_is_proposed_is_new(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    for dossier in made:
        new = [initiative for how, initiative, _ in dossier.since if how is Since.NEW]
        assert new == [entry.initiative.initiative for entry in dossier.answers]
    running = [(row.unit, row.initiative) for d in made for how, _, row in d.since if how is Since.GOES_ON and row]
    assert running == [(row.unit, row.initiative) for row in found.region.running]


def test_what_would_be_proposed_makes_the_dossiers_of_the_proposal(place: tuple[Path, Any, Path]) -> None:
    _, made = all_of(place)
    run = place[1]
    open_round = next(row for row in run.region.rounds if row.round == NAME)
    drafted = dossiers(held_by_plan(run.region, run.plan, open_round, dated=DAY), result(run), None)
    assert [replace(dossier, state=RoundState.PROPOSED) for dossier in drafted] == made
    assert {dossier.state for dossier in drafted} == {RoundState.OPEN}
    headings = [heading for heading, _ in page(drafted[0], run.region, Lang.EN, scenario="", run="").parts]
    assert "How the unit answers" not in headings


def test_every_commitment_has_its_milestones_in_their_order(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    shown = {
        str(row[0]).split()[0]: row[1]
        for d in made
        for row in dict(sheets(d, found.region, Lang.EN))["milestones"].rows
    }
    assert set(shown) == {entry.initiative.initiative for d in made for entry in d.borne}
    led = next(e for d in made for e in d.own if e.initiative.initiative == "P1")
    assert [row.dated for row in led.milestones] == sorted(row.dated for row in led.milestones)
    assert str(shown["P1"]).startswith(f"Started 01/01/{led.question.now.start}; ")


def test_a_sentence_counts_what_is_new_and_the_table_holds_what_was_there_before(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    for dossier in made:
        rows = dict(sheets(dossier, found.region, Lang.EN))["since"].rows
        assert [row[0] for row in rows] == ["goes on"] * len(rows)
        ((_, (text,)),) = (
            part
            for part in page(dossier, found.region, Lang.EN, scenario="", run="").parts
            if part[0] == "Since the last round"
        )
        new = sum(how is Since.NEW for how, _, _ in dossier.since)
        going = len(dossier.since) - new
        said = ["" if not new else "one initiative is new" if new == 1 else f"{new} initiatives are new"]
        said += ["" if not going else "one goes on" if going == 1 else f"{going} go on"]
        assert text.lower() == ", ".join(filter(None, said)) + "."


def test_the_sentence_on_costs_says_what_the_whole_plan_saves_on_the_units_consumption(
    place: tuple[Path, Any, Path],
) -> None:
    found, made = all_of(place)
    for dossier in made:
        metered = sum(amount for (_, year), amount in dossier.metered.items() if year in found.agreed.years)
        why = dict(page(dossier, found.region, Lang.EN, scenario="", run="").parts)["Why"]
        (cost,) = (text for text in why if text.startswith("It costs the unit"))
        said = f"the whole plan saves {money(metered, Lang.EN)} on its consumption"
        assert (said in cost) == (metered > 0)


def test_what_adds_emissions_is_said_with_its_reason_and_what_is_decided_for_later_with_its_year(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    region = place[1].region
    entry = next(e for e in made[0].own if e.decided and e.tonnes)
    year = made[0].report_year
    adding = replace(entry, tonnes={year: entry.tonnes[year].model_copy(update={"in_plan": -35.4})})
    later = Ahead(initiative="T1", latest=2029, start=2029, tonnes=-12.0)
    texts = [
        text
        for _, part in page(replace(made[0], own=(adding,), ahead=(later,)), region, Lang.EN, scenario="", run="").parts
        for text in part
    ]
    name = f"{entry.initiative.initiative} {entry.initiative.name_en}"
    assert f"{name} adds 35 t CO₂e in {year}; it is there because the region has decided it." in texts
    (ahead,) = (text for text in texts if text.startswith("The region has decided T1 "))
    assert ahead.endswith(f"it starts after this round, in 2029, and it adds 12 t CO₂e in {year}.")


def test_what_is_decided_is_said_to_be(place: tuple[Path, Any, Path]) -> None:
    found, made = all_of(place)
    decided = {(row.initiative, row.unit) for row in found.region.duties}
    told = {(e.initiative.initiative, d.unit) for d in made for e in d.answers if e.decided}
    assert told == {(initiative, unit) for initiative, unit in decided if unit is not None}
    rows = dict(sheets(made[0], found.region, Lang.EN))["signs"].rows
    assert {row[4] for row in rows if str(row[1]).startswith("P1")} == {"proposed; decided"}


def test_a_signed_round_has_dossiers_without_a_sheet_for_answers_and_with_what_amendments_added(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    sign_round(model, NAME, dated=SIGNED)
    row = {
        "commitment": "A1", "round": NAME, "initiative": "T1", "unit": "HJEM", "status": "signed", "level": "1",
        "start": "2028", "dated": "2027-05-01", "replaces": "", "reference": "A-invented", "grade": "assumption",
        "note": "",
    }  # fmt: skip
    amend_round(model, NAME, write(tmp_path / "amendment.csv", row))
    folder = sent(model, run, tmp_path / "signed")
    book = openpyxl.load_workbook(folder / "HJEM.xlsx")
    assert "Svar" not in book.sheetnames
    shown = {cells[1].value: cells[4].value for cells in book["Indsatser"].iter_rows()}
    assert shown["T1 Elvarebiler"] == "underskrevet"
    assert any("Aftaleperioden er underskrevet" in text for text in paragraphs(folder / "HJEM.docx"))


def test_what_rules_each_other_out_is_named_in_the_place_of(place: tuple[Path, Any, Path]) -> None:
    _, made = all_of(place)
    pump = next(e for d in made for e in d.own if e.initiative.initiative == "P2")
    assert (pump.rules_out, pump.supersedes) == (("P3",), ())


def test_the_document_has_headings_tables_with_repeated_headers_alternative_texts_language_and_size(
    place: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, run, folder = place
    found, made = all_of(place)
    for lang, at in ((Lang.DA, folder), (Lang.EN, sent(model, run, tmp_path, Lang.EN))):
        dossier = next(each for each in made if each.unit == "HUS")
        expected = page(dossier, run.region, lang, scenario="", run="")
        opened = docx.Document(str(at / "HUS.docx"))
        section = opened.sections[0]
        assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
        headings = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        shown = [sheet for _, sheet in expected.tables]
        assert headings == [*(heading for heading, _ in expected.parts), *(sheet.title for sheet in shown)]
        assert opened.paragraphs[0].text == expected.title == opened.core_properties.title
        filled = [sheet for sheet in shown if sheet.rows]
        assert len(opened.tables) == len(filled)
        for table, sheet in zip(opened.tables, filled, strict=True):
            assert [cell.text for cell in table.rows[0].cells] == [column.heading for column in sheet.columns]
            assert len(table.rows) == 1 + len(sheet.rows)
            properties = table.rows[0]._tr.trPr
            assert properties is not None
            assert properties.find(qn("w:tblHeader")) is not None
            caption = table._tbl.tblPr.find(qn("w:tblCaption"))
            assert caption is not None
            assert caption.get(qn("w:val")) == sheet.title
        spoken = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        assert spoken is not None
        assert spoken.get(qn("w:val")) == ("da-DK" if lang is Lang.DA else "en-GB")
        assert found.name == NAME


def test_equal_input_gives_equal_bytes(place: tuple[Path, Any, Path], tmp_path: Path) -> None:
    model, run, folder = place
    again = sent(model, run, tmp_path)
    for path in (*folder.glob("*.docx"), *folder.glob("*.xlsx")):
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_a_text_that_begins_with_an_equals_sign_stays_text_in_both(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    for name in ("tracks", "units", "initiatives"):
        path = model / f"{name}.csv"
        text = path.read_text("utf-8")
        for word in ("El, vand & varme", "Sygehuset", "LED-belysning"):
            text = text.replace(f'"{word}"', f"'{FORMULA}").replace(word, f"'{FORMULA}")
        path.write_text(text, encoding="utf-8")
    assert FORMULA in {row.name_da for row in tables.load(model).tracks}
    run = run_of(model, tmp_path / "runs", planned())
    propose_run(model, run)
    read(model, fill(sent(model, run, tmp_path / "first") / "HUS.xlsx", {f"{NAME}.P2.HUS": {"comment": FORMULA}}))
    folder = sent(model, run, tmp_path / "second")
    for path in folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            sheets_ = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets_)
    cells = [cell for sheet in openpyxl.load_workbook(folder / "HUS.xlsx") for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == FORMULA]
    assert len(found) > 3
    assert {cell.data_type for cell in found} == {"s"}
    opened = docx.Document(str(folder / "HUS.docx"))
    assert any(cell.text == FORMULA for table in opened.tables for row in table.rows for cell in row.cells)


def test_the_workbook_is_locked_but_for_the_answers_which_have_lists(place: tuple[Path, Any, Path]) -> None:
    book = openpyxl.load_workbook(place[2] / "HUS.xlsx")
    assert book[SENT].sheet_state == "veryHidden"
    assert all(sheet.protection.sheet for sheet in book)
    open_cells = [
        (sheet.title, cell.column_letter)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    ]
    assert sorted(set(open_cells)) == [("Svar", letter) for letter in "GHIJ"]
    rules = book["Svar"].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "textLength"}
    sources = {str(rule.formula1) for rule in rules if rule.type == "list"}
    assert '"accepteret,ændret,afvist"' in sources
    for source in sources - {'"accepteret,ændret,afvist"'}:
        sheet, _, cells = source.partition("!")
        values = [row[0].value for row in book[sheet][cells.replace("$", "")]]
        assert values in ([2027, 2028], [2028], [0.5, 1], [1])


def test_the_row_of_headings_is_as_high_as_its_longest_heading(place: tuple[Path, Any, Path]) -> None:
    sheet = openpyxl.load_workbook(place[2] / "HUS.xlsx")["Ton"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "indsats")
    assert head[1].value == "2028 i planen"
    assert len("2028 i planen") > sheet.column_dimensions["B"].width > len("2028 i")
    assert sheet.row_dimensions[head[0].row].height == pytest.approx(2 * 15)


def test_texts_with_markup_braces_and_signs_that_no_document_holds_are_shown_as_they_are(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    shown = page(made[0], place[1].region, Lang.DA, scenario="<w:p/> {{ title }} & \x1b]", run="")
    filled = document(default_template(), shown, Lang.DA, file="t")
    opened = docx.Document(BytesIO(filled))
    assert any("<w:p/> {{ title }} & ]" in paragraph.text for paragraph in opened.paragraphs)


def own_template(place: Path, text: str) -> Path:
    made = docx.Document()
    made.add_paragraph(text)
    path = place / "templates" / "dossier.docx"
    path.parent.mkdir(exist_ok=True)
    made.save(str(path))
    return path


def test_a_region_replaces_the_template_by_its_own(tmp_path: Path) -> None:
    model, run, folder = proposed(tmp_path, planned())
    own_template(model, "Kære {{ unit }}: {{ table_of.signs.rows|length }} linjer")
    assert tables.load(model) is not None
    folder = sent(model, run, tmp_path / "own")
    assert list(paragraphs(folder / "HUS.docx")) == ["Kære Sygehuset: 3 linjer"]
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found a template of the region"):
        write_template(model)


@pytest.mark.parametrize(
    "text",
    ["{{ chairman }}", "{{ ''.__class__.__mro__ }}", "{% for x in parts %}", "{{ title.format.__globals__ }}"],
)
def test_a_template_that_asks_for_more_than_a_dossier_has_is_refused_and_nothing_is_written(
    text: str, tmp_path: Path
) -> None:
    model, run, _ = proposed(tmp_path, planned())
    own_template(model, text)
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found .* expected a Word template with the fields"):
        sent(model, run, tmp_path / "own")
    assert not (tmp_path / "own" / NAME).exists()


def test_a_template_that_is_no_document_is_refused(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    own_template(model, "").write_bytes(b"no document")
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found a document that cannot be read"):
        sent(model, run, tmp_path / "own")


def test_the_template_that_comes_with_the_package_is_written_once_and_gives_the_same_document(tmp_path: Path) -> None:
    model, run, folder = proposed(tmp_path, planned())
    write_template(model)
    again = sent(model, run, tmp_path / "own")
    assert (again / "HUS.docx").read_bytes() == (folder / "HUS.docx").read_bytes()


def test_a_dossier_of_another_run_than_the_one_proposed_is_refused(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    other = run_of(model, tmp_path / "other", type(run.plan)(starts=run.plan.starts[:-1]))
    with pytest.raises(InputError, match="another run than the one that was proposed"):
        sent(model, other, tmp_path / "own")


def posts(unit: str) -> Signposts:
    seen = Observable(sign=Sign.EFFECT, years=(2028,), initiative="P1")
    alert = Alert(
        observable=seen, year=2028, known=2028, above=False, trigger=0.8, planned=1.0,
        hits=0.9, false_alarms=0.1, miss_if=0.75, miss_if_not=0.1,
    )  # fmt: skip
    best = Reserve(
        initiative="T1", units=(unit,), start=2029, full=2030, removed=10.0, in_service=1.0, capex=1e6, breaks=()
    )
    reserves = Reserves(call=2029, best=best, removed=(("T1", 10.0),), removed_together=10.0)
    box = Restriction(observable=seen, above=False, value=0.8, planned=1.0, quasi_p=0.01, reproduced=1.0, alert=alert)
    post = Signpost(coverage=0.8, density=0.7, mass=0.2, restrictions=(box,), mean=1.0, alert=alert, reserves=reserves)
    return Signposts(
        target="total-67", year=2030, draws=1000, miss=Miss.CAP, expected_background=False, level=1.0, missed=0.3,
        planned=1.0, mean=1.0, posts=(post,),
    )  # fmt: skip


def test_warnings_and_reserves_are_shown_where_they_were_computed_and_said_not_to_be_where_they_were_not(
    place: tuple[Path, Any, Path],
) -> None:
    region = place[1].region
    target = region.targets[0].target
    _, without = all_of(place)
    assert "warnings" not in dict(sheets(without[0], region, Lang.EN))
    texts = [text for _, part in page(without[0], region, Lang.EN, scenario="", run="tiny").parts for text in part]
    assert any("have not been computed for the run tiny" in text for text in texts)
    _, made = all_of(place, (replace(posts("HUS"), target=target),))
    for dossier in made:
        table = dict(sheets(dossier, region, Lang.EN))["warnings"]
        ((trigger, known, reserve, here),) = table.rows
        assert str(trigger).startswith("the effect of P1 LED lighting is below 80.0% of the planned one: then ")
        assert known == "at the end of 2028"
        assert str(reserve).startswith("T1 ")
        assert here == ("yes" if dossier.unit == "HUS" else "no")


def test_a_warning_of_a_plan_that_always_misses_names_the_level_it_warns_of(place: tuple[Path, Any, Path]) -> None:
    region = place[1].region
    found = replace(posts("HUS"), target=region.targets[0].target, miss=Miss.WORST, level=90_000.0, planned=80_000.0)
    first, second = warned((replace(found, posts=found.posts * 2),), region, Lang.EN)
    assert first.trigger.endswith(
        "then 2030 ends above 90.0\u00a0kt\u00a0CO₂e in 75% of the draws (the plan expects 80.0\u00a0kt\u00a0CO₂e)"
    )
    assert ", and no earlier warning has come true: then 2030 ends" in second.trigger


def test_signposts_are_read_from_the_analysis_beside_the_run_if_it_is_of_that_run(tmp_path: Path) -> None:
    _, run, _ = proposed(tmp_path, planned())
    assert signposts_of(run) is None
    for inputs, found in ((run.manifest.outputs, (posts("HUS"),)), ({}, None)):
        with rf.new_run(tmp_path / "runs" / ".analyses" / "tiny", "signposts") as draft:
            rf.write_json(draft.folder / "signposts.json", {"targets": [{"signposts": asdict(posts("HUS"))}]})
            rf.write_manifest(draft.folder, made="", command=(), versions={}, inputs=inputs, options={}, seconds={})
            draft.whole = True
        assert signposts_of(run) == found


def test_a_run_that_moved_to_the_history_is_shown_with_the_signposts_of_its_former_place(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    with rf.new_run(tmp_path / "runs" / ".analyses" / "tiny", "signposts") as draft:
        found = replace(posts("HUS"), target=run.region.targets[0].target)
        rf.write_json(draft.folder / "signposts.json", {"targets": [{"signposts": asdict(found)}]})
        rf.write_manifest(
            draft.folder, made="", command=(), versions={}, inputs=run.manifest.outputs, options={}, seconds={}
        )
        draft.whole = True
    before = sent(model, run, tmp_path / "before")
    assert "Advarsler" in openpyxl.load_workbook(before / "HUS.xlsx").sheetnames
    run_of(model, run.folder.parent, type(run.plan)(starts=run.plan.starts[:-1]))
    moved = rf.read_run(proposing_run(read_round(model, NAME), run.folder.parent))
    assert moved.plan == run.plan
    after = sent(model, moved, tmp_path / "after")
    assert [path.read_bytes() for path in sorted(after.glob("*.[dx]*"))] == [
        path.read_bytes() for path in sorted(before.glob("*.[dx]*"))
    ]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[Dossier]]:
    at = tmp_path_factory.mktemp("reference")
    model = at / "models" / "reference"
    shutil.copytree(ROOT / "models" / "midtjylland", model)
    run = run_of(model, at / "runs")
    propose_run(model, run)
    return run, list(dossiers(held_by_round(read_round(model, NAME)), result(run), None))


@pytest.mark.parametrize("lang", Lang)
def test_no_unit_of_the_reference_region_gets_more_than_two_pages_of_text(
    reference: tuple[Any, list[Dossier]], lang: Lang
) -> None:
    run, made = reference
    assert len(made) == 11
    for dossier in made:
        shown = page(dossier, run.region, lang, scenario=run.scenario.title_da, run=run.name)
        texts = [text for heading, part in shown.parts for text in (heading, *part)]
        texts += [sheet.note for _, sheet in shown.tables]
        assert sum(len(re.findall(r"\S+", text)) for text in texts) < TWO_PAGES


def test_initiatives_of_the_social_track_are_signed_like_any_other_and_have_no_tonnes(
    reference: tuple[Any, list[Dossier]],
) -> None:
    run, made = reference
    social = [e for d in made for e in d.answers if e.initiative.track == "social"]
    acting = {row.initiative for row in run.region.effects}
    assert social
    for entry in social:
        assert entry.indicators
        assert bool(entry.tonnes) == (entry.initiative.initiative in acting)


def test_numbers_stand_on_one_line_where_long_words_ask_for_more_than_the_page() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=6)
    texts = ("Speciallægekonsultationsydelser " * 3).split(" ")[:3]
    for cells, row in zip(
        (row.cells for row in table.rows),
        ((*texts, "2027", "2028", "2030"), (*texts, "110.088", "0", "1")),
        strict=True,
    ):
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    section = made.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(150), Mm(18), Mm(18)
    _fit(table, section)
    widths = [column.width or 0 for column in table.columns]
    assert sum(widths) <= Mm(150 - 36) + len(widths) * Twips(1)  # a document holds widths in whole twips
    for width, digits in zip(widths[3:], (7, 4, 4), strict=True):
        assert width >= digits * Mm(1.9)
    assert min(widths[:3]) > max(widths[3:])
