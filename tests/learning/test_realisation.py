"""Realisations learnt in simulated regions whose effects are known, and what must hold in any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from rmscenario.learning import realisation
from rmscenario.learning.realisation import Curse, Learnt, Promise, Realised, curse, learn
from tests.learning.simulated import Simulated, simulated

REGIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Over all regions: which truths lie within their 90 % interval, and errors of what was learnt and of promises."""

    inside: np.ndarray
    learnt: np.ndarray
    promised: np.ndarray
    chosen: np.ndarray
    bias: np.ndarray


@cache
def judged(*, first: int | None = None, optimism: float = 1.2, regions: int = REGIONS, curse: bool = True) -> Judged:
    """Learn in every region, from all observations or from the first, with the winner's curse or as if there were none."""
    with pytest.MonkeyPatch.context() as patch:
        if not curse:
            patch.setattr(realisation, "CURSE_SPREAD", 1e-6)
            patch.setattr(realisation, "curse", lambda all_: Curse(standing=np.zeros(len(all_)), slope=0.0))
        return _judged(first, optimism, regions)


def _judged(first: int | None, optimism: float, regions: int) -> Judged:
    found: list[tuple[np.ndarray, ...]] = []
    for number in range(regions):
        region = simulated(np.random.default_rng([7, number]), optimism=optimism)
        learnt = learn(region.promises, region.observations[:first], region.options)
        below = learnt.option.below(region.true / region.promised)
        expected = learnt.option.expected
        found.append(
            (
                (below > 0.05) & (below < 0.95),
                expected * region.promised - region.true,
                region.promised - region.true,
                region.chosen,
                expected - region.true / region.promised,
            )
        )
    inside, errors, before, chosen, bias = (np.concatenate(part) for part in zip(*found, strict=True))
    return Judged(inside=inside, learnt=errors, promised=before, chosen=chosen, bias=bias)


def test_in_200_regions_intervals_cover_the_truth_and_errors_are_far_below_those_of_promises() -> None:
    found = judged()
    for part in (np.ones(len(found.inside), dtype=bool), found.chosen, ~found.chosen):
        assert found.inside[part].mean() >= 0.87
        assert (found.learnt[part] ** 2).mean() <= 0.7 * (found.promised[part] ** 2).mean()


@pytest.mark.parametrize("optimism", [1.0, 1.2])
def test_one_observation_is_no_worse_than_promises_too_good_or_not(optimism: float) -> None:
    found = judged(first=1, optimism=optimism)
    assert (found.learnt**2).mean() <= (found.promised**2).mean()


def test_initiatives_that_were_passed_over_are_not_pulled_down_by_what_is_seen_of_the_chosen() -> None:
    found = judged()
    assert abs(found.bias[~found.chosen].mean()) < 0.02
    without = judged(regions=REGIONS // 4, curse=False)
    assert without.bias[~without.chosen].mean() < -0.08


def small(observations: tuple[Realised, ...]) -> Learnt:
    """Two initiatives of one type and one of another, in two units."""
    promises = [
        Promise(initiative="a", kind="k", size=0.2, spread=0.1),
        Promise(initiative="b", kind="k", size=0.2, spread=0.1),
        Promise(initiative="c", kind="l", size=0.0, spread=0.3),
    ]
    return learn(promises, observations, [(name, unit) for name in "abc" for unit in ("u", "v")])


SEEN = (
    Realised(option=("a", "u"), value=0.6, error=0.1),
    Realised(option=("a", "v"), value=0.7, error=0.2),
    Realised(option=("b", "v"), value=0.9, error=0.1),
)


def test_without_observations_everything_is_expected_to_be_as_promised() -> None:
    found = small(())
    assert found.option.expected == pytest.approx(np.ones(6))
    assert found.moved.shape == (6, 0)


def test_what_each_observation_moves_adds_up() -> None:
    found = small(SEEN)
    assert found.moved.sum(axis=1) == pytest.approx(found.option.expected - 1.0, abs=1e-12)
    assert found.initiative_moved.sum(axis=1) == pytest.approx(found.initiative.expected - 1.0, abs=1e-12)


def test_an_initiative_is_the_mean_of_its_options() -> None:
    found = small(SEEN)
    assert found.initiative.expected == pytest.approx(found.option.expected.reshape(3, 2).mean(axis=1))


def test_neither_the_order_of_observations_nor_that_of_options_matters() -> None:
    found, other = small(SEEN), small(SEEN[::-1])
    assert other.option.expected == pytest.approx(found.option.expected, rel=1e-12)
    assert other.option.quantiles(0.05) == pytest.approx(found.option.quantiles(0.05), rel=1e-9)


def test_the_surer_a_value_is_the_nearer_the_posterior_comes_to_it() -> None:
    far = [
        small((Realised(option=("a", "u"), value=0.5, error=error),)).option.expected[0] for error in (1.0, 0.3, 0.01)
    ]
    assert far == sorted(far, reverse=True)
    assert far[-1] == pytest.approx(0.5, abs=0.01)


def test_one_slip_moves_what_is_learnt_by_a_bounded_amount_and_is_named() -> None:
    """Whatever the slip, what is learnt is nearly what it is without the value; at its worst a slip moves little more."""
    right = small(SEEN)
    assert right.outliers == ()
    for slip in (-300.0, -24.0, -3.0, 9.0, 730.0):
        found = small((*SEEN, Realised(option=("b", "u"), value=slip, error=0.05)))
        assert found.outliers == (3,)
        assert found.errors[:3].tolist() == [0.1, 0.2, 0.1]
        assert np.abs(found.option.expected - right.option.expected).max() < 0.2
        assert np.abs(found.initiative.quantiles(0.05) - right.initiative.quantiles(0.05)).max() < 0.3
    far, farther = (
        small((*SEEN, Realised(option=("b", "u"), value=slip, error=0.05))).option.expected for slip in (-30.0, -300.0)
    )
    assert np.abs(farther - right.option.expected).max() < 0.2 * np.abs(far - right.option.expected).max()


def test_a_value_is_far_off_by_what_the_others_lead_to_expect_of_it() -> None:
    """One value alone is judged by the prior: mean 1, variance of all that it loads on and of its error."""
    found = small((Realised(option=("a", "u"), value=0.8, error=0.1),)).pooled
    assert found.off == pytest.approx([-0.2])
    spread = 0.20**2 + 0.15**2 + 0.10**2 + 0.10**2 + 0.1**2  # mean, type, unit, rest, own: squares of half-normals
    assert found.off_deviation == pytest.approx([(spread + 0.1**2) ** 0.5], rel=1e-2)
    both = small((SEEN[0], SEEN[2])).pooled  # the second as the first leads to expect it
    alone = small(SEEN[:1])
    assert both.off[1] == pytest.approx(0.9 - alone.option.expected[3], rel=1e-6)


def test_an_initiative_of_the_same_type_learns_more_than_one_of_another() -> None:
    found = small((Realised(option=("a", "u"), value=0.5, error=0.05),))
    own, peer, stranger = found.initiative.expected
    assert own < peer < stranger < 1.0


def test_the_curse_is_regression_to_the_mean() -> None:
    """Sizes 1 and e: S = 1/√2 within the type, noise 0.2² of it."""
    promises = [Promise(initiative=name, kind="k", size=size, spread=0.2) for name, size in (("a", 1.0), ("b", np.e))]
    found = curse(promises)
    assert found.standing == pytest.approx(np.asarray([-0.5, 0.5]) * 2**0.5)
    assert found.slope == pytest.approx(-0.04 * 2**0.5)


def test_an_initiative_without_peers_or_size_has_no_standing() -> None:
    found = curse(
        [Promise(initiative=name, kind=name, size=size, spread=0.2) for name, size in (("a", 1.0), ("b", 0.0))]
    )
    assert found.standing.tolist() == [0.0, 0.0]
    assert found.slope == 0.0


def test_the_simulated_regions_are_as_asked_for() -> None:
    regions: list[Simulated] = [simulated(np.random.default_rng([7, number])) for number in range(REGIONS)]
    chosen = np.concatenate([region.chosen for region in regions])
    ratio = np.concatenate([region.true / region.promised for region in regions])
    assert ratio[chosen].mean() < ratio[~chosen].mean() - 0.1  # the chosen looked better than they are
    assert 10 < np.mean([len(region.observations) for region in regions]) < 60
