"""Uniform draws that belong to names."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pytest
from scipy.stats import kstest

from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, name_keys, uniforms

NAMES = [f"effect:E{number:02d}" for number in range(60)]
WORD = 0xFFFF_FFFF_FFFF_FFFF
GOLDEN = 0x9E3779B97F4A7C15


def splitmix_output(word: int) -> int:
    """The output function of SplitMix64 in plain integers."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
    return word ^ (word >> 31)


def plain_uniforms(name: str, seed: int, replicate: int, sampler: Sampler) -> list[float]:
    """The same draws in plain Python."""
    digest = blake2b(name.encode(), digest_size=8, key=seed.to_bytes(8, "little")).digest()
    stream = splitmix_output(int.from_bytes(digest, "little") ^ splitmix_output((replicate + 1) * GOLDEN & WORD))
    words = [splitmix_output((stream + number * GOLDEN) & WORD) for number in range(1, REPLICATE + 1)]
    if sampler is Sampler.RANDOM:
        return [((word >> 11) + 0.5) / 2**53 for word in words]
    shuffled = sorted((word >> 32, cell, word & 0x3F_FFFF) for cell, word in enumerate(words))
    return [((cell << 22) + within + 0.5) / 2**32 for _, cell, within in shuffled]


@pytest.mark.parametrize("sampler", list(Sampler))
def test_draws_are_those_of_a_plain_python_generator(sampler: Sampler) -> None:
    draws = uniforms(name_keys(["effect:E01", "background:æl"], 7), 3, sampler)
    assert draws[0].tolist() == plain_uniforms("effect:E01", 7, 3, sampler)
    assert draws[1].tolist() == plain_uniforms("background:æl", 7, 3, sampler)


@pytest.mark.parametrize("sampler", list(Sampler))
def test_other_names_and_other_order_leave_a_names_draws_bit_equal(sampler: Sampler) -> None:
    alone = uniforms(name_keys(["unit:AUH"], 0), 5, sampler)[0]
    among = uniforms(name_keys([*NAMES, "unit:AUH", *NAMES[:3]], 0), 5, sampler)[len(NAMES)]
    assert np.array_equal(alone, among)


def test_seed_and_replicate_change_every_draw() -> None:
    first = uniforms(name_keys(NAMES, 0), 0, Sampler.SOBOL)
    assert not (first == uniforms(name_keys(NAMES, 1), 0, Sampler.SOBOL)).any()
    assert not (first == uniforms(name_keys(NAMES, 0), 1, Sampler.SOBOL)).any()


def test_a_set_has_one_draw_in_each_of_its_cells() -> None:
    draws = uniforms(name_keys(NAMES, 11), 2, Sampler.SOBOL)
    cells = np.sort((draws * REPLICATE).astype(np.int64), axis=1)
    assert np.array_equal(cells, np.tile(np.arange(REPLICATE), (len(NAMES), 1)))


def test_within_its_cell_a_draw_is_uniform() -> None:
    draws = uniforms(name_keys(NAMES, 11), 2, Sampler.SOBOL)
    assert kstest((draws * REPLICATE % 1.0).ravel(), "uniform").pvalue > 0.001


@pytest.mark.parametrize("sampler", list(Sampler))
def test_names_are_independent_of_each_other_and_of_their_order(sampler: Sampler) -> None:
    keys = name_keys(NAMES, 3)
    draws = np.concatenate([uniforms(keys, number, sampler) for number in range(8)], axis=1)
    count = draws.shape[1]
    both = np.corrcoef(draws)[np.triu_indices(len(NAMES), 1)]
    assert np.abs(both).max() * np.sqrt(count) < 4.9  # 1,770 pairs: chance of a larger one about 0.2 %
    assert abs(np.std(both) * np.sqrt(count) - 1.0) < 0.1
    following = [np.corrcoef(line[:-1], line[1:])[0, 1] for line in draws]
    assert np.abs(following).max() * np.sqrt(count) < 4.5


def test_a_sum_over_names_is_integrated_almost_without_error() -> None:
    keys = name_keys(NAMES, 5)
    error = {
        sampler: np.std([np.exp(uniforms(keys, number, sampler)).sum(axis=0).mean() for number in range(20)])
        for sampler in Sampler
    }
    assert error[Sampler.SOBOL] < error[Sampler.RANDOM] / 300


def test_a_product_is_no_worse_than_with_independent_draws() -> None:
    keys = name_keys(NAMES[:2], 5)
    means = [np.prod(uniforms(keys, number, Sampler.SOBOL) - 0.5, axis=0).mean() for number in range(200)]
    assert np.std(means) == pytest.approx(1 / 12 / np.sqrt(REPLICATE), rel=0.2)
