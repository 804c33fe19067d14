"""`python -m benchmarks.under_risk`: plans under risk beside the best of all choices of 300 random regions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import process_time
from typing import Any

import click
import numpy as np

from benchmarks.machine import measured_on
from tests.risk.brute import EQUAL, Compared, by_all_together, by_confidence, by_hard_together, by_hard_wishes, by_tail
from tests.risk.known import coverages, known_probability
from tests.risk.regions import numerous

FILE = Path(__file__).parent / "under_risk.json"
#: Most choices of a region: all of them are computed in every draw.
MOST = 2048
HARD, HARD_TOGETHER = "hard targets in a share of the draws", "hard targets together in a share of the draws"
KINDS = ("mean or tail", "confidence", "confidence of all together", HARD, HARD_TOGETHER, "intervals")
#: Regions after which what was found is kept.
KEPT = 20
#: Seeds of the intervals, and replicates of draws of each.
SEEDS, REPLICATES = 200, 8


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--regions", default=300, help="Regions of 7 to 10 options, 200 to 400 draws each.")
@click.option(
    "--bounded", default=100, help="Regions, the last ones, whose lower bound is computed as well, draw by draw."
)
@click.option("--kind", "wanted", multiple=True, type=click.Choice(KINDS), default=KINDS, help="What is measured.")
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help="Where results are kept.")
def main(regions: int, bounded: int, wanted: tuple[str, ...], file: Path) -> None:
    """Compare kinds of plans with enumeration, and intervals with a known probability; the rest stays as it was."""
    results: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if "intervals" in wanted:
        held = {name: asdict(one) for name, one in coverages(SEEDS, REPLICATES).items()}
        results["intervals"] = {"seeds": SEEDS, "draws": REPLICATES * 1024, "probability": known_probability()} | held
    seeds = list(numerous(regions, MOST)) if len(wanted) > ("intervals" in wanted) else []
    kinds: dict[str, Callable[[int, bool], Compared | None]] = {
        "mean or tail": lambda seed, _: by_tail(seed, MOST),
        "confidence": lambda seed, bound: by_confidence(seed, MOST, bounded=bound),
        "confidence of all together": lambda seed, bound: by_all_together(seed, MOST, bounded=bound),
        HARD: lambda seed, _: by_hard_wishes(seed, MOST),
        HARD_TOGETHER: lambda seed, _: by_hard_together(seed, MOST),
    }
    for name, compare in kinds.items():
        if name not in wanted:
            continue
        begin = process_time()
        found: list[Compared] = []
        for number, seed in enumerate(seeds):
            one = compare(seed, number >= regions - bounded)
            found += [] if one is None else [one]
            if (number + 1) % KEPT == 0 or number + 1 == len(seeds):
                seconds = round(process_time() - begin)
                results[name] = _said(found) | {"measured_on": measured_on(), "cpu_seconds": seconds}
                click.echo(f"{name}: {results[name]}", err=True)
                _write(file, results)
    _write(file, results)


def _write(file: Path, results: dict[str, Any]) -> None:
    file.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _said(found: list[Compared]) -> dict[str, Any]:
    planned = [one for one in found if one.reached is not None]
    extra = np.asarray([one.extra for one in planned])
    bounds = [one for one in planned if np.isfinite(one.proven)]
    return {
        "compared": len(found),
        "planned": len(planned),
        "no_plan_though_there_is_one": sum(one.reached is None and bool(np.isfinite(one.best)) for one in found),
        "equal_to_the_best": sum(one.is_best for one in planned),
        "mean_extra": float(extra.mean()),
        "largest_extra": float(extra.max()),
        "bounds": len(bounds),
        "bounds_above_the_best": sum(one.proven > EQUAL * one.wide for one in bounds),
        "median_bound_below": float(np.median([-one.proven / max(1.0, abs(one.best)) for one in bounds]))
        if bounds
        else None,
    }


if __name__ == "__main__":
    main()
