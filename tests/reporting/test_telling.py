"""What the command line tells beside its results, in the language of the run."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.planning import Tick
from rmscenario.planning.planner import Mode, PlannerOptions, nearest_objectives, plan_region, priced_objective
from rmscenario.planning.problem import build_problem
from rmscenario.reporting.language import Lang
from rmscenario.reporting.telling import draws_text, end_text, tick_text, touched_text, touched_texts
from rmscenario.scenario.touched import WHOLE_ROW, Touched
from tests.regions import region

MODEL = region(
    sources=[("A", "el", 50_000.0), ("B", "el", 50_000.0), ("A", "el", 400.0, "energy")],
    targets=[
        {"target": "T", "name_da": "Mindre", "name_en": "Less", "level": 40_000.0, "shortfall_price": 100.0},
        {"target": "U", "name_da": "Lidt", "name_en": "Little", "level": 10.0, "quantity": "energy", "priority": 2},
        {"target": "V", "name_da": "Intet", "name_en": "Nothing", "level": 0.0, "priority": 2},
    ],
    effects=[("LED", "el", 0.3)],
    money=[("LED", "opex", 1_000_000.0)],
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def tick(stage: str, **values: Any) -> Tick:
    return Tick(stage=stage, **({"round": 2, "incumbent": None, "bound": None, "gap": None} | values))


@pytest.mark.parametrize(
    ("given", "danish", "english"),
    [
        (
            tick("cost with shortfalls", incumbent=-597.25, bound=-1725.5, gap=0.0175),
            "bedste plan −597 mio. kr. · grænse −1,73 mia. kr. · afstand 1,750 % · runde 2 · pris og manko",
            "incumbent DKK −597 million · bound DKK −1.73 billion · gap 1.750% · round 2 · cost with shortfalls",
        ),
        (
            tick("shortfall 1: T", incumbent=246_400.0, bound=float("-inf"), gap=float("inf")),
            "bedste plan 246 kt CO₂e · runde 2 · manko, Mindre",
            "incumbent 246 kt CO₂e · round 2 · shortfall, Less",
        ),
        (
            tick("shortfall 2: U, V", bound=0.25, round=-3),
            "grænse 25,00 % af udgangspunktet · runde 3 · manko, Lidt, Intet",
            "bound 25.00% of the base · round 3 · shortfall, Little, Nothing",
        ),
        (
            tick("summed emissions", incumbent=1_960_000.0),
            "bedste plan 1.960 kt CO₂e · runde 2 · samlet udledning",
            "incumbent 1,960 kt CO₂e · round 2 · summed emissions",
        ),
    ],
)
def test_a_search_says_incumbent_bound_and_gap_with_their_units(given: Tick, danish: str, english: str) -> None:
    assert plain(tick_text(given, MODEL, Lang.DA)) == danish
    assert plain(tick_text(given, MODEL, Lang.EN)) == english


def test_every_stage_of_the_planner_has_words_and_a_unit() -> None:
    problem = build_problem(MODEL)
    names = [priced_objective(problem).name, *(stage.name for stage, _, _ in nearest_objectives(problem))]
    seen: list[Tick] = []
    for mode in Mode:
        plan_region(MODEL, PlannerOptions(mode=mode), progress=seen.append)
    for stage in {*names, *(one.stage for one in seen)}:
        shown = plain(tick_text(tick(stage, incumbent=1.0), MODEL, Lang.DA))
        value, _, words = shown.partition(" · runde 2 · ")
        assert words != stage
        assert value.endswith(("kr.", "t CO₂e", "% af udgangspunktet")), shown


def test_draws_are_counted_as_the_language_writes_numbers() -> None:
    assert draws_text(8192, 100_000, Lang.DA) == "8.192 af 100.000 trækninger"
    assert draws_text(8192, 100_000, Lang.EN) == "8,192 of 100,000 draws"


def test_a_touched_value_is_said_old_and_new() -> None:
    changed = Touched(table="targets", key=("T",), column="base", old=None, new=2000.0, scenario="try")
    assert touched_text(changed, Lang.DA) == "ændret: targets[T].base: (tom) → 2000 (try)"
    assert touched_text(changed, Lang.EN) == f"touched: {changed}"
    for old, new, danish in (
        ("unit = A", None, "taget ud: unit = A (try)"),
        (None, "unit = A", "ny række: unit = A (try)"),
    ):
        row = Touched(table="duties", key=("X", ""), column=WHOLE_ROW, old=old, new=new, scenario="try")
        assert touched_text(row, Lang.DA) == f"ændret: duties[X,] {danish}"
        assert touched_text(row, Lang.EN) == f"touched: {row}"


def target(identifier: str, *, met: bool = False) -> dict[str, Any]:
    return {"id": identifier, "name_da": f"mål {identifier}", "name_en": f"target {identifier}", "met": met}


def test_an_end_that_is_no_fault_says_why() -> None:
    summary = {"targets": [target("1"), target("2"), target("3", met=True)], "solver": {"termination": "gap_reached"}}
    assert end_text(summary, Lang.DA) == (
        "kode 5: planen er hel og efterregnet, og den når ikke “mål 1” og “mål 2”; det er et resultat, ingen fejl"
    )
    assert end_text(summary, Lang.EN) == (
        "exit code 5: the plan is whole and verified, and misses “target 1” and “target 2”; this is a finding, no fault"
    )
    summary["targets"] = [target(str(number), met=number > 3) for number in range(1, 10)]
    summary["solver"] = {"termination": "node_limit", "gap": 0.0123}
    assert plain(end_text(summary, Lang.EN) or "") == (
        "exit code 5: the plan is whole and verified, and misses 3 of 9 targets and is not proven to the gap asked for "
        "(1.230% reached; --set planning.max_nodes=… searches on); this is a finding, no fault"
    )


def test_a_plan_that_meets_all_targets_within_its_gap_ends_without_a_word() -> None:
    assert end_text({"targets": [target("1", met=True)], "solver": {"termination": "fixed"}}, Lang.DA) is None


def test_a_plan_with_a_confidence_is_not_told_to_search_on_and_its_joint_wish_counts() -> None:
    summary: dict[str, Any] = {
        "targets": [target("1", met=True)],
        "solver": {"termination": "searched", "gap": 1.1},
        "risk": {"joint": {"met": True, "confidence": 0.8}},
    }
    assert end_text(summary, Lang.EN) is None
    summary["risk"]["joint"]["met"] = False
    assert end_text(summary, Lang.EN) == (
        "exit code 5: the plan is whole and verified, and does not meet all targets together in 80% of the draws; this is a "
        "finding, no fault"
    )


def test_many_values_of_one_column_are_said_as_one() -> None:
    rows = [
        Touched(table="initiatives", key=(f"I{n}",), column="earliest", old=None, new=2028, scenario="late")
        for n in range(11)
    ]
    alone = Touched(table="targets", key=("T",), column="base", old=1, new=2, scenario="late")
    first, last = touched_texts([*rows, alone], Lang.EN)
    assert first == (
        "touched: initiatives.earliest, 11 values, such as initiatives[I0].earliest: (blank) → 2028 (late); "
        "all stand in touched.csv"
    )
    assert last == "touched: targets[T].base: 1 → 2 (late)"
    assert len(touched_texts(rows[:3], Lang.EN)) == 3
    assert len(touched_texts(rows[:4], Lang.EN)) == 1


def test_many_touched_columns_are_said_by_table_and_long_rows_are_cut() -> None:
    rows = [
        Touched(table="money", key=(f"I{row}",), column=f"c{row}", old=1, new=2, scenario="late") for row in range(20)
    ]
    alone = Touched(table="duties", key=("I0",), column=WHOLE_ROW, old=None, new="word " * 40, scenario="late")
    first, last = touched_texts([*rows, alone], Lang.EN)
    assert first == "touched: money, 20 values, such as money[I0].c0: 1 → 2 (late); all stand in touched.csv"
    assert last.startswith("touched: duties[I0] new: word word ")
    assert last.endswith("word… (late)")
    assert len(last) < 120
