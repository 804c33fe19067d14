"""A plan's worlds from end to end: the same however they are divided, and consistent with each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rmscenario.blocks import BlockFolder, Kept, Pool
from rmscenario.options.options import NONE
from rmscenario.planning.problem import build_problem
from rmscenario.regret.run import Regret, find_regret
from rmscenario.regret.shares import Kind, kind_of, option_shares
from rmscenario.reporting.analyses.regret_files import regret_content
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import Delivered
from rmscenario.worlds import WorldsOf
from tests.worlds.uncertain import planned_worlds

HERE = Pool(workers=1)


def worlds_of(seed: int) -> WorldsOf:
    of = planned_worlds(seed, 200, sampler=Sampler.SOBOL)
    assert of is not None
    return of


def found(seed: int, count: int = 20, **how: object) -> Regret:
    regret = find_regret(worlds_of(seed), count, **({"pool": HERE} | how))  # type: ignore[arg-type]
    assert regret is not None
    return regret


def test_two_workers_give_the_bytes_of_one_in_any_blocks(tmp_path: Path) -> None:
    alone = json.dumps(regret_content(found(3, 12)))
    shared = found(3, 12, pool=Pool(workers=2), block=5, blocks=Kept(above=tmp_path))
    assert json.dumps(regret_content(shared)) == alone
    assert len(BlockFolder(tmp_path, worlds_of(3).key).read()) == 12


def test_a_stopped_run_says_so_and_goes_on_to_the_same_result(tmp_path: Path) -> None:
    asked = iter([False] * 4)
    part = found(3, 12, block=3, blocks=Kept(above=tmp_path), stop=lambda: next(asked, True))
    assert part.interrupted
    assert part.worlds == 4
    assert found(3, 12, block=5, blocks=Kept(above=tmp_path)) == found(3, 12)


def test_another_plan_seed_or_figure_has_another_key() -> None:
    one = worlds_of(3)
    price = one.region.targets[0].model_copy(update={"priority": 7})
    others = [
        replace(one, seed=one.seed + 1),
        replace(one, plan=replace(one.plan, starts=one.plan.starts[1:])),
        replace(one, region=replace(one.region, targets=(price, *one.region.targets[1:]))),
    ]
    assert len({one.key, *(other.key for other in others)}) == 4
    again = planned_worlds.__wrapped__(3, 200, sampler=Sampler.SOBOL)  # made anew
    assert again is not None
    assert again.key == one.key


@pytest.mark.parametrize("seed", [1, 3, 5, 8])
def test_no_policy_beats_clairvoyance_and_the_value_of_information_is_not_negative(seed: int) -> None:
    regret = found(seed)
    by_name = {policy.name: policy for policy in regret.policies}
    for policy in regret.policies:
        assert policy.expected_dkk is not None
        assert policy.expected_dkk_bound is not None
        assert policy.expected_dkk >= 0.0
        assert policy.expected_dkk_bound >= policy.expected_dkk
    assert by_name["clairvoyant"].expected_dkk == 0.0
    adaptive, fixed = by_name["adaptive"], by_name["fixed"]
    assert adaptive.expected_dkk is not None
    assert fixed.expected_dkk is not None
    assert fixed.expected_dkk_error is not None
    assert adaptive.expected_dkk <= fixed.expected_dkk + 2 * fixed.expected_dkk_error
    assert regret.value is not None
    assert regret.value.evpi.high >= 0.0
    assert regret.value.eev - regret.value.ws.high == pytest.approx(fixed.expected_dkk / 1e6, rel=1e-9, abs=1e-9)


def test_json_has_what_the_command_promises() -> None:
    content = json.loads(json.dumps(regret_content(found(3, 10)), allow_nan=False))
    assert {"initiative", "unit", "share", "class"} <= set(content["options"][0])
    assert [policy["name"] for policy in content["policies"]] == ["fixed", "adaptive", "clairvoyant"]
    assert {"expected_regret_dkk", "max_regret_dkk", "expected_regret_t"} <= set(content["policies"][0])
    assert set(content["value_of_information"]) >= {"ev", "eev", "ws", "rp", "evpi", "vss"}


def test_shares_count_the_worlds_in_which_a_start_comes() -> None:
    of = worlds_of(3)
    table = build_problem(of.region).frame.structure.table
    option = next(n for n, one in enumerate(table.options) if one.running is None and table.state_range(n))
    state = table.first_state[option]
    worlds = 40
    chosen = np.full((worlds, len(table.options)), NONE)
    chosen[10:, option] = state
    delivered = np.zeros((worlds, len(table.options)), dtype=np.int8)
    delivered[:8, option] = Delivered.NEVER
    decisive = np.arange(worlds, dtype=np.float64)
    shares = option_shares(
        table,
        plan=table.nothing_new(),
        chosen=chosen,
        untargeted=np.full_like(chosen, NONE),
        delivered=delivered,
        names=("noise", "decisive"),
        scores=np.stack([np.random.default_rng(0).normal(size=worlds), decisive]),
    )
    one = next(share for share in shares if (share.initiative, share.unit) == table.options[option].key)
    assert one.worlds == 32
    assert one.share == pytest.approx(30 / 32)
    assert one.kind is Kind.NEEDED
    assert one.starts == ((table.states[state].start, 30 / 32),)
    assert all(other.kind is Kind.NEVER for other in shares if other is not one)


def test_the_input_that_decides_is_found_with_its_split_and_direction() -> None:
    of = worlds_of(3)
    table = build_problem(of.region).frame.structure.table
    option = next(n for n, one in enumerate(table.options) if one.running is None and table.state_range(n))
    worlds, dice = 200, np.random.default_rng(1)
    scores = dice.normal(size=(30, worlds))
    chosen = np.full((worlds, len(table.options)), NONE)
    chosen[scores[17] < 0.3, option] = table.first_state[option]
    shares = option_shares(
        table,
        plan=table.nothing_new(),
        chosen=chosen,
        untargeted=np.full_like(chosen, NONE),
        delivered=np.zeros((worlds, len(table.options)), dtype=np.int8),
        names=tuple(f"input-{number}" for number in range(30)),
        scores=scores,
    )
    one = next(share for share in shares if (share.initiative, share.unit) == table.options[option].key)
    assert one.kind is Kind.DEPENDS
    assert one.decided is not None
    assert one.decided.input == "input-17"
    assert one.decided.correlation < -0.8
    assert one.decided.right == 1.0
    assert one.decided.split == pytest.approx(float((scores[17] < 0.3).mean()))


def test_kinds_follow_the_shares() -> None:
    assert [kind_of(share, without) for share, without in ((0.95, 0.9), (0.9, 0.2), (0.5, 0.9), (0.0, 0.0))] == [
        Kind.PAYS,
        Kind.NEEDED,
        Kind.DEPENDS,
        Kind.NEVER,
    ]
