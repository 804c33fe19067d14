"""From a round's follow-up to a scenario that is laid over the region, and to what a new plan changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.learning.effects import realised_quantiles
from rmscenario.learning.overlay import Words, overlay, reference_of
from rmscenario.learning.replanned import Because, replanned
from rmscenario.learning.round import LearntRound, learn_round
from rmscenario.plan import Plan
from rmscenario.planning.judging import Judge
from rmscenario.planning.planner import Mode, PlannerOptions, plan_region
from rmscenario.planning.problem import build_problem
from rmscenario.planning.rows import stacked
from rmscenario.region import Region
from rmscenario.reporting.analyses.learnt import LearntWords, observation_rows
from rmscenario.reporting.language import Lang
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp
from rmscenario.rounds.store import read_round
from rmscenario.scenario import load
from rmscenario.uncertainty import Marginal, Scores, effect_marginals
from rmscenario.uncertainty.marginals import SCORE_95
from rmscenario.worlds.stages import stages_of
from tests.rounds.rounds import NAME, observation, propose, sign, tiny, write

WORDS = Words(title_da="Lært", title_en="Learnt", reference="Learnt", note="", measured="{mode}", derived="{mode}")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny region with a signed round: lights give half of what was promised, heat pumps less than half."""
    place = tmp_path_factory.mktemp("learnt")
    found = tiny(place)
    propose(found)
    sign(found)
    rows = (
        observation(commitment=f"{NAME}.P1.HUS", indicator="I-P1", value=54, measure="kWh/m2", standard_error="0,5"),
        observation(commitment=f"{NAME}.P1.HUS"),
        observation(commitment=f"{NAME}.P2.HUS", indicator="I-P2", value=30, measure="%", standard_error=3),
        observation(commitment=f"{NAME}.P2.HUS"),
        observation(commitment=f"{NAME}.C1.HUS", indicator="I-C1", value=20, measure="%"),
    )
    import_follow_up(found, NAME, write(place / "follow_up.csv", *rows))
    return found


@pytest.fixture(scope="module")
def learnt(model: Path) -> LearntRound:
    at = read_round(model, NAME)
    return learn_round(at.region, at.commitments, at.of(CommitmentIndicator), at.of(FollowUp))


@pytest.fixture(scope="module")
def laid_over(model: Path, learnt: LearntRound) -> Region:
    path = model.parent.parent / "learnt.toml"
    path.write_text(overlay("models/tiny", NAME, learnt.effects, {"P1", "P2"}, WORDS), encoding="utf-8")
    scenario = load([path])
    changed = {(each.table, each.key, each.column) for each in scenario.touched}
    for each in learnt.effects:
        key = tuple(str(getattr(each.row, name) or "") for name in type(each.row).key)
        assert {("effects", key, column) for column in each.differs} <= changed  # each changed value is listed
    return scenario.region


def test_every_value_of_the_follow_up_is_an_observation_or_listed_with_its_reason(learnt: LearntRound) -> None:
    assert len(learnt.heard.observations) == 2
    assert len(learnt.heard.silent) == 3


def test_the_region_with_the_overlay_has_the_learnt_quantiles(laid_over: Region, learnt: LearntRound) -> None:
    wanted = realised_quantiles(learnt.learnt.initiative)
    names = [promise.initiative for promise in learnt.learnt.promises]
    at = Scores.of(np.asarray([-SCORE_95, 0.0, SCORE_95]))
    marginals = effect_marginals(laid_over)
    cut = {id(each.row) for each in learnt.effects if each.cut}
    checked = 0
    for number, name in enumerate(names):
        own = learnt.promised[name]
        for row, mean in zip(own.rows, own.means, strict=True):
            found = next(each for each in learnt.effects if each.row == tables_row(learnt, row, name))
            if id(found.row) not in cut:
                assert marginals[row].quantiles(at) == pytest.approx(mean * wanted[:, number], abs=2e-3)
                checked += 1
    assert checked >= 5


def tables_row(learnt: LearntRound, row: int, name: str) -> object:
    own = [each for each in learnt.effects if each.row.initiative == name]
    return own[learnt.promised[name].rows.index(row)].row


def test_what_was_measured_and_what_was_derived_says_so(laid_over: Region, learnt: LearntRound) -> None:
    changed = {id(each.row) for each in learnt.effects if each.differs}
    assert changed
    grades = {row.initiative: row.grade.value for row in laid_over.effects if row.reference == reference_of(NAME)}
    assert {name for name, grade in grades.items() if grade == "measured"} == {"P1", "P2"}
    assert set(grades) == set(learnt.promised)


def test_what_is_certain_or_adds_elsewhere_stays(model: Path, laid_over: Region) -> None:
    before = {(row.initiative, row.category): row for row in tables.load(model).effects}
    after = {(row.initiative, row.category): row for row in laid_over.effects}
    for key in (("P2", "power"), ("C2", "power")):
        assert after[key] == before[key]


def test_one_slip_that_came_through_is_named_and_leaves_what_is_learnt_nearly_as_it_was(
    model: Path, learnt: LearntRound
) -> None:
    at = read_round(model, NAME)
    rows = at.of(FollowUp)
    true = next(row for row in rows if row.indicator == "I-P2")
    slip = true.model_copy(update={"value": 3000.0, "commitment": f"{NAME}.P2.HJEM"})
    found = learn_round(at.region, at.commitments, at.of(CommitmentIndicator), (*rows, slip))
    told = {each["commitment"]: each for each in observation_rows(found)}
    assert [name for name, each in told.items() if each["outlier"]] == [f"{NAME}.P2.HJEM"]
    assert told[f"{NAME}.P2.HJEM"]["counted_error"] > 10 * told[f"{NAME}.P2.HJEM"]["error"]
    assert told[f"{NAME}.P1.HUS"]["counted_error"] == told[f"{NAME}.P1.HUS"]["error"]
    assert np.abs(found.learnt.initiative.expected - learnt.learnt.initiative.expected).max() < 0.1
    for lang, words in ((Lang.EN, "is far off what all else leads to expect"), (Lang.DA, "ligger langt fra")):
        (said,) = [line for line in LearntWords(found, at.region, lang).lead() if words in line]
        assert said.startswith(f"{NAME}.P2.HJEM, I-P2, 2028-12-31")
        assert not [line for line in LearntWords(learnt, at.region, lang).lead() if words in line]


def test_a_follow_up_that_says_nothing_of_effects_changes_nothing(model: Path) -> None:
    at = read_round(model, NAME)
    found = learn_round(at.region, at.commitments, at.of(CommitmentIndicator), ())
    assert found.effects == ()


def test_changes_of_the_plan_are_exact_and_so_are_their_causes(model: Path, laid_over: Region) -> None:
    """Every start that differs is there, once; each worth is that of the same change evaluated in regions of its own."""
    before = tables.load(model)
    options = PlannerOptions(mode=Mode.PRICED)
    former, new = plan_region(before, options).plan, plan_region(laid_over, options).plan
    moves = replanned(before, laid_over, former, new, Mode.PRICED)
    old = {(start.initiative, start.unit): (start.start, start.level) for start in former.starts}
    now = {(start.initiative, start.unit): (start.start, start.level) for start in new.starts}
    differing = {key: (old.get(key), now.get(key)) for key in old | now if old.get(key) != now.get(key)}
    none = (None, None)
    assert {
        (move.initiative, move.unit): ((move.start, move.level), (move.new_start, move.new_level)) for move in moves
    } == {key: (was or none, becomes or none) for key, (was, becomes) in differing.items()}
    assert moves
    for move in moves:
        own = tuple(
            late if late.initiative == move.initiative else early
            for early, late in zip(before.effects, laid_over.effects, strict=True)
        )
        for region, worth in (
            (before, move.worth),
            (replace(before, effects=own), move.worth_own),
            (replace(before, effects=laid_over.effects), move.worth_all),
        ):
            assert worth == pytest.approx(alone(region, former, new, (move.initiative, move.unit)), abs=1.0)
        if move.because is Because.OWN:
            assert move.worth <= 0 < move.worth_own


def alone(region: Region, former: Plan, new: Plan, option: tuple[str, str]) -> float:
    """What one change of a plan lowers the priced objective by [DKK]."""
    problem = build_problem(region)
    table = problem.frame.structure.table
    old, now = table.choice(former), table.choice(new)
    moved = old.copy()
    number = table.index(*option)
    moved[number] = now[number]
    *_, stage = stages_of(problem, Mode.PRICED, old)
    judge = Judge(frame=problem.frame, rows=stacked(problem.rows, problem.frame.columns))
    return (judge.value(stage.objective, old) - judge.value(stage.objective, moved)) * 1e6


def test_the_same_plan_has_no_changes(model: Path) -> None:
    region = tables.load(model)
    plan = plan_region(region).plan
    assert replanned(region, region, plan, plan, Mode.PRICED) == ()


def test_marginals_of_effects_are_those_that_draws_take(model: Path) -> None:
    region = tables.load(model)
    assert effect_marginals(region)[0] == Marginal(
        distribution=next(row.distribution for row in region.uncertainty if row.subject == "P1"),
        low=0.15,
        mode=0.2,
        high=0.25,
    )
