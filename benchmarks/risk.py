"""`python -m benchmarks.risk`: plans under risk beside the deterministic plan of the same region to the same gap."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from benchmarks.kept import FOLDER, read_results, write_results
from benchmarks.machine import measured_on
from benchmarks.risk_process import GAP, LEVEL, SECONDS
from benchmarks.sizes import SIZES, Size

#: Numbers of planning draws.
DRAWS = (2_000, 20_000, 100_000)
#: Other seeds, each planned with so many draws.
SEEDS, DRAWS_OF_SEEDS = (1, 2, 3, 4, 5), 20_000


def measure_risk(
    size: Size, draws: tuple[int, ...], seeds: tuple[int, ...], say: Callable[[str], None]
) -> dict[str, Any]:
    """Seconds, gaps, parts, phases and memory of all plans, one after another, each in a process of its own."""

    def asked(kind: str, given: float, seed: int = size.seed) -> dict[str, Any]:
        say(f"seed {seed}: {kind}, {given:g}")
        command = [sys.executable, "-m", "benchmarks.risk_process", size.name, str(seed), kind, str(given)]
        answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return answer

    return {
        "gap": GAP,
        "level": LEVEL,
        "seconds": SECONDS,
        "deterministic": asked("deterministic", GAP),
        "deterministic_further": {"asked": size.gap} | asked("deterministic", size.gap),
        "plans": [asked("under risk", number) for number in draws],
        "seeds": [
            {
                "seed": seed,
                "deterministic": asked("deterministic", GAP, seed),
                "under_risk": asked("under risk", DRAWS_OF_SEEDS, seed),
            }
            for seed in seeds
        ],
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--draws", multiple=True, type=int, default=DRAWS, help="Numbers of planning draws.")
@click.option(
    "--seed", "seeds", multiple=True, type=int, default=SEEDS, help="Other seeds, on which nothing was tuned."
)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where results are kept."
)
def main(draws: tuple[int, ...], seeds: tuple[int, ...], folder: Path) -> None:
    """Measure size S; what other runs measured stays as it was."""
    results = read_results(folder)
    measured = measure_risk(SIZES["S"], draws, seeds, lambda step: click.echo(step, err=True))
    results.setdefault("S", {})["risk"] = measured | {"measured_on": measured_on()}
    write_results(folder, results)


if __name__ == "__main__":
    main()
