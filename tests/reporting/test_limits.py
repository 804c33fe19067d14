"""Limits in words."""

from __future__ import annotations

import pytest

from rmscenario.region import Region
from rmscenario.reporting.language import Lang
from rmscenario.reporting.limits import LimitWords, binds
from rmscenario.verify import LimitRow, recompute
from tests.regions import plan, region

MODEL = region(
    units=[
        {"unit": "A", "name_da": "Sygehus Å", "name_en": "Hospital A"},
        {"unit": "B", "name_da": "Sygehus B", "name_en": "Hospital B"},
    ],
    initiatives=[
        {"initiative": "X", "name_da": "Lys", "name_en": "Light", "latest": 2029},
        {"initiative": "Y", "name_da": "Varme", "name_en": "Heat"},
    ],
    targets=[{"target": "T", "name_da": "Mindre", "name_en": "Less", "level": 500.0, "year": 2030, "hard": True}],
    effects=[("X", "el", 0.1)],
    levels=[("Y", 0.5), ("Y", 1.0)],
    money=[("X", "capex", 200.0), ("Y", "opex", 100.0)],
    skills=[{"skill": "eng", "name_da": "Teknikere", "name_en": "Engineers"}],
    staff=[("Y", "eng", "run", 4.0)],
    budgets=[("capex", year, 100.0, None) for year in (2027, 2028, 2030)] + [("opex", 2029, 60.0, "A")],
    staff_capacity=[("eng", 2030, 2.0, "A")],
    start_limits=[("R1", None, 1)],
    prerequisites=[("Y", "X", 1)],
    exclusions=[("X", "Y")],
    duties=[("X", "A", 2028)],
    minimum_starts=[("track", "A", 1)],
    tracks=[{"track": "track", "name_da": "Spor", "name_en": "Track"}],
    outlay_shares=[("A", 0.95)],
    rounds=[("R1", 2027, 2028, "open"), ("R2", 2029, 2030, "later")],
)


def limits(model: Region) -> dict[str, LimitRow]:
    return {row.name: row for row in recompute(model, plan(("X", "A", 2027), ("Y", "A", 2029, 0.5))).limits}


@pytest.mark.parametrize(
    ("name", "danish", "english", "unit"),
    [
        ("capex region 2027", "Anlæg, hele regionen, 2027", "Capex, the whole region, 2027", "kr."),
        ("opex A 2029", "Drift, Sygehus Å, 2029", "Opex, Hospital A, 2029", "kr."),
        ("staff eng A 2030", "Teknikere, Sygehus Å, 2030", "Engineers, Hospital A, 2030", "årsværk"),
        ("starts B R1", "Starter i 2027–2028: Sygehus B", "Starts in 2027–2028: Hospital B", "starter"),
        ("target T 2030", "Mål: Mindre, 2030", "Target: Less, 2030", "tCO2e/a"),
        (
            "start of Y:A in 2029 at 0.5",
            "Start i 2029 på niveau 50\u00a0%: Y Varme, Sygehus Å",
            "Start in 2029 at level 50%: Y Heat, Hospital A",
            "",
        ),
        (
            "Y:A needs X by 2028",
            "Y Varme, Sygehus Å: X Lys er startet senest 2028",
            "Y Heat, Hospital A: X Light has started by 2028",
            "",
        ),
        (
            "X:A excludes Y:A",
            "X Lys, Sygehus Å, udelukker Y Varme, Sygehus Å",
            "X Light, Hospital A, excludes Y Heat, Hospital A",
            "",
        ),
        (
            "duty X:A by 2028",
            "Besluttet, senest 2028: X Lys, Sygehus Å",
            "Decided, by 2028 at the latest: X Light, Hospital A",
            "",
        ),
        (
            "minimum starts track A",
            "Mindste antal starter: Spor, Sygehus Å",
            "Fewest starts: Track, Hospital A",
            "starter",
        ),
        ("outlay share A", "Loft over udgifter, Sygehus Å", "Cap on outlay, Hospital A", "kr."),
    ],
)
def test_a_limit_is_named_in_the_language_of_the_run(name: str, danish: str, english: str, unit: str) -> None:
    row = limits(MODEL)[name]
    in_danish = LimitWords(MODEL, Lang.DA)
    assert (in_danish.label(row), in_danish.unit(row)) == (danish, unit)
    assert LimitWords(MODEL, Lang.EN).label(row) == english


def test_every_limit_of_a_region_has_words_without_places_left_open() -> None:
    words = LimitWords(MODEL, Lang.DA)
    labels = [words.label(row) for row in limits(MODEL).values()]
    assert len(labels) > 20
    assert not [label for label in labels if "{" in label]


def test_limits_that_differ_in_their_year_alone_are_said_together() -> None:
    found = limits(MODEL)
    rows = [found[f"capex region {year}"] for year in (2027, 2028, 2030)] + [found["opex A 2029"]]
    assert [(label, len(alike)) for label, alike in LimitWords(MODEL, Lang.EN).together(rows)] == [
        ("Capex, the whole region, 2027–2028, 2030", 3),
        ("Opex, Hospital A, 2029", 1),
    ]
    starts = [found["starts A R1"], found["starts B R1"]]
    assert [label for label, _ in LimitWords(MODEL, Lang.DA).together(starts)] == [
        "Starter i 2027–2028: Sygehus Å, Sygehus B"
    ]


def test_a_limit_binds_where_a_hundredth_of_it_or_less_is_left() -> None:
    row = limits(MODEL)["starts A R1"]
    assert (row.left, row.right, binds(row)) == (1.0, 1.0, True)
    assert not binds(limits(MODEL)["starts B R1"])
