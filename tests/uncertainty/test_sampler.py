"""Uniform draws that belong to names."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pytest
from scipy.stats import kstest

from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, name_keys, uniforms
from rmscenario.uncertainty.kernel import philox

NAMES = [f"effect:E{number:02d}" for number in range(60)]
#: Known answers of Philox4x32-10 that its authors publish with the Random123 library: counter, key, output, all as
#: words of 32 bits.
PUBLISHED = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
LOW = 0xFFFF_FFFF


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


def plain_philox(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 in plain integers."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        one, other = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (other >> 32) ^ b ^ k, other & LOW, (one >> 32) ^ d ^ m, one & LOW
        k, m = (k + 0x9E3779B9) & LOW, (m + 0xBB67AE85) & LOW
    return [a, b, c, d]


def plain_uniforms(name: str, seed: int, replicate: int, sampler: Sampler) -> list[float]:
    """The same draws in plain Python."""
    digest = int.from_bytes(blake2b(name.encode(), digest_size=8, key=seed.to_bytes(8, "little")).digest(), "little")
    drawn: list[int] = []
    for pair in range(REPLICATE // 2):
        a, b, c, d = plain_philox([pair, replicate & LOW, replicate >> 32, 0], [digest & LOW, digest >> 32])
        drawn += [(a << 32) | b, (c << 32) | d]
    if sampler is Sampler.RANDOM:
        return [((word >> 11) + 0.5) / 2**53 for word in drawn]
    shuffled = sorted((word >> 32, cell, word & 0x3F_FFFF) for cell, word in enumerate(drawn))
    return [((cell << 22) + within + 0.5) / 2**32 for _, cell, within in shuffled]


@pytest.mark.parametrize(("counter", "key", "output"), PUBLISHED)
def test_the_generator_gives_the_published_answers(counter: str, key: str, output: str) -> None:
    low, high = words(key)
    drawn = np.asarray(words(counter), dtype=np.uint64)[:, None].repeat(3, axis=1)
    philox(drawn, np.uint64(low | high << 32))
    assert drawn.T.tolist() == [words(output)] * 3
    assert plain_philox(words(counter), words(key)) == words(output)


@pytest.mark.parametrize("sampler", list(Sampler))
def test_draws_are_those_of_a_plain_python_generator(sampler: Sampler) -> None:
    for replicate in (3, 5 << 32 | 1):
        draws = uniforms(name_keys(["effect:E01", "background:æl"], 7), replicate, sampler)
        assert draws[0].tolist() == plain_uniforms("effect:E01", 7, replicate, sampler)
        assert draws[1].tolist() == plain_uniforms("background:æl", 7, replicate, sampler)


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
