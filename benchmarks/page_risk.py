"""The part of the page on plans under risk beside the deterministic plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.numbers import number, percent, table

Results = Mapping[str, Mapping[str, Any]]


def under_risk(results: Results) -> list[str]:
    """Time, gap, parts, phases and memory by the number of planning draws."""
    lines: list[str] = []
    for size, found in results.items():
        if "risk" in found:
            lines += ["", *_of_size(size, found["risk"])]
    return lines[1:]


def _of_size(size: str, found: Mapping[str, Any]) -> list[str]:
    sure, further, plans = found["deterministic"], found["deterministic_further"], found["plans"]
    every = [sure, *plans]

    def multiples(of: float, seconds: list[float]) -> list[str]:
        return [
            "1.0" if of == sure["seconds"] else f"{sure['seconds'] / of:.1f}",
            *(f"{one / of:.1f}" for one in seconds),
        ]

    whole = [float(plan["seconds"]) for plan in plans]
    planned = [float(plan["seconds"] - plan["parts"]["certification"]) for plan in plans]
    alone = [float(plan["parts"]["plan"]) for plan in plans]
    rows = [
        ["took [s]", *(number(one["seconds"]) for one in every)],
        ["multiple of the deterministic plan", *multiples(sure["seconds"], whole)],
        ["the same, without certification", *multiples(sure["seconds"], planned)],
        ["the same, of the search under risk alone", *multiples(sure["seconds"], alone)],
        [
            f"multiple of the deterministic plan to {percent(further['asked'], 1)}",
            *multiples(further["seconds"], whole),
        ],
        ["gap", *(percent(one["gap"]) for one in every)],
        ["incumbent", *(number(one["incumbent"], 6) for one in every)],
        ["bound", *(number(one["bound"], 6) for one in every)],
        ["tail groups", "–", *(str(plan["tail_groups"]) for plan in plans)],
        ["peak memory [MiB]", *(number(one["peak_bytes"] / 2**20) for one in every)],
    ]
    parts = list(dict.fromkeys(name for plan in plans for name in plan["parts"]))
    phases = list(dict.fromkeys(name for one in every for name in one["phases"]))
    rows += [[f"{name} [s]", "–", *(number(plan["parts"].get(name)) for plan in plans)] for name in parts]
    rows += [[f"within: {name} [s]", *(number(one["phases"].get(name)) for one in every)] for name in phases]
    return [
        f"{size} to a gap of {percent(found['gap'], 1)}, one target held in the mean of the worst "
        f"{percent(1 - found['level'], 2)} of the draws. Beside the search under risk the time is that of the draws, of the",
        "plan for expected values that the search begins with, and of the certification of both on 51,200 fresh draws. Past "
        f"{number(found['seconds'])} s a search is stopped and keeps what it holds.",
        "",
        *table(["", "deterministic", *(f"{plan['draws']:,} draws" for plan in plans)], rows),
        *_of_seeds(size, found.get("seeds", ())),
    ]


def _of_seeds(size: str, seeds: Sequence[Mapping[str, Any]]) -> list[str]:
    """The same for regions from other seeds."""
    if not seeds:
        return []
    rows = []
    for one in seeds:
        sure, plan = one["deterministic"], one["under_risk"]
        rows.append(
            [
                str(one["seed"]),
                *(text for each in (sure, plan) for text in (number(each["seconds"]), percent(each["gap"]))),
                f"{plan['seconds'] / sure['seconds']:.1f}",
                f"{plan['parts']['plan'] / sure['seconds']:.1f}",
            ]
        )
    draws = f"{seeds[0]['under_risk']['draws']:,} draws"
    heads = ["seed", "deterministic [s]", "its gap", f"{draws} [s]", "its gap", "multiple", "search alone"]
    return ["", f"{size} from other seeds, on which nothing was tuned:", "", *table(heads, rows)]
