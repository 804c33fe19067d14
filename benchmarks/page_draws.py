"""The part of the page on draws: rates beside other ways, where the time goes, and what the machine could do at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.numbers import number, percent, table

Results = Mapping[str, Mapping[str, Any]]


def draws(results: Results) -> list[str]:
    """Rates beside other ways, where the time goes, the machine's limit, and memory."""
    lines = []
    found = {size: each["draws"] for size, each in results.items() if "draws" in each}
    if found:
        lines += [*_draws_a_second(found), "", *_draw_phases(found), "", *_draw_limits(found), ""]
    for size, kinds in results.items():
        if (each := kinds.get("memory")) is None:
            continue
        lines += [
            f"{size}: {each['draws']:,} draws in {number(each['peak_bytes'] / 2**20)} MiB at most "
            f"({number(each['peak_bytes_of_1000'] / 2**20)} MiB for a thousand), {number(each['seconds'])} s.",
            "",
        ]
    return lines[:-1]


def _draws_a_second(found: Mapping[str, Any]) -> list[str]:
    """Rates, and multiples of other ways."""
    whole = "the whole stress test, set-up included"
    rows = [
        *(
            [name, *(f"{each[key]:,}" for each in found.values())]
            for name, key in (("starts", "starts"), ("inputs", "inputs"))
        ),
        ["draws of that test", *(f"{each['draws']:,}" for each in found.values())],
        ["its set-up [s]", *(number(each["set_up"]) for each in found.values())],
        [whole, *(number(each["engine"]) for each in found.values())],
        ["the stress test, set-up apart", *(number(1 / each["draw"]) for each in found.values())],
        ["plain Python loop", *(number(each["plain"]) for each in found.values())],
        ["EMA Workbench, running that loop", *(number(each["workbench"]) for each in found.values())],
        ["whole stress test, times plain loop", *(number(each["engine"] / each["plain"]) for each in found.values())],
        ["set-up apart, times plain loop", *(number(1 / each["draw"] / each["plain"]) for each in found.values())],
        [
            "set-up apart, times workbench",
            *(number(1 / each["draw"] / each["workbench"]) for each in found.values()),
        ],
    ]
    return [
        "Draws a second of one processor: plan and background on the same draws, exact products, own sums and statistics. S is its",
        "plan; at M and L every option is started once. The plain loop and the workbench are given their draws, keep no",
        "statistics and compute no cost.",
        "",
        *table(["", *found], rows),
    ]


def _seconds(each: Mapping[str, Any]) -> float:
    return float(sum(each["phases"].values()))


def _draw_phases(found: Mapping[str, Any]) -> list[str]:
    """Where the time of a draw goes."""
    rows = [
        [name, *(percent(each["phases"][name] / _seconds(each), 2) for each in found.values())]
        for name in next(iter(found.values()))["phases"]
    ]
    total = ["all phases [µs]", *(number(1e6 * _seconds(each)) for each in found.values())]
    whole = ["a draw, one replicate after the other [µs]", *(number(1e6 * each["draw"]) for each in found.values())]
    return ["Where a draw's time goes:", "", *table(["", *found], [*rows, total, whole])]


def _draw_limits(found: Mapping[str, Any]) -> list[str]:
    """Work of a draw, counted; what the machine needs for it at least; and the share of that limit reached."""
    kinds = (
        ("uniforms", "uniforms", "uniforms"),
        ("normal scores", "scores", "scores"),
        ("quantiles", "quantiles", "quantiles"),
        ("operations", "operations", "multiply_adds"),
    )
    # One machine: other work on it can only lower a rate, so the best of the sizes' runs is its limit.
    best = {name: max(each["limits"][name] for each in found.values()) for name in next(iter(found.values()))["limits"]}
    rows = []
    for name, counted, rate in kinds:
        rows.append([f"{name} of a draw", *(f"{each['counted'][counted]:,}" for each in found.values())])
        rows.append([f"{name}, million a second", *(number(best[rate] / 1e6) for each in found.values())])
    needed = {
        size: sum(each["counted"][counted] / best[rate] for _, counted, rate in kinds) for size, each in found.items()
    }
    moved = {size: each["counted"]["bytes"] / best["bytes"] for size, each in found.items()}
    rows += [
        ["bytes of a draw, if no cache held any", *(f"{each['counted']['bytes']:,.0f}" for each in found.values())],
        ["bytes, million a second", *(number(best["bytes"] / 1e6) for each in found.values())],
        ["limit by arithmetic [µs a draw]", *(number(1e6 * value) for value in needed.values())],
        ["limit by memory [µs a draw]", *(number(1e6 * value) for value in moved.values())],
        ["limit, draws a second", *(number(1 / max(needed[size], moved[size])) for size in found)],
        [
            "share of it reached",
            *(percent(max(needed[size], moved[size]) / found[size]["draw"], 2) for size in found),
        ],
    ]
    return [
        "The machine's limit, the best of the same runs, one thread: uniforms by the bare counter generator, normal scores and",
        "quantiles from the first cache, multiplications and additions as fused pairs that stay in registers, bytes by a triad",
        "through memory. A draw needs at least the four kinds of arithmetic one after the other, or its bytes, whichever takes",
        "longer. What lies beyond: uniforms are ordered, one in each cell "
        f"({number(best['stratified'] / 1e6)} million a second for {number(best['uniforms'] / 1e6)};",
        f"NumPy's Philox makes {number(best['numpy_uniforms'] / 1e6)}); how each start comes is chosen; multiplication and "
        "addition stay two instructions,",
        f"{number(best['operations'] / best['multiply_adds'])} of the rate, so that a draw is the same on every machine; "
        "and loops over 256 draws wait for the caches.",
        "",
        *table(["", *found], rows),
    ]
