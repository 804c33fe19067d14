"""The table of docs/what-ifs.md, written from run folders.

Run every scenario first (`rmscenario run scenarios/NAME.toml --out runs`), then
`python -m benchmarks.what_ifs runs docs/what-ifs.md`: what stands between the two marks of the page is replaced.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
HEAD = (
    "| Scenario | New starts | Target of the 67 % kind | Residual 2030, kt | Shortfall, kt | 9 of 10 outcomes, kt | P(met) "
    "| Reduction reached with 80 % certainty | Energy and transport 2030, kt | Net present value, mio. DKK | Gross cost, "
    "mio. DKK | Cashable savings, mio. DKK | Avoided purchases, mio. DKK | Gap |"
)


def row(summary: dict[str, Any]) -> str:
    """One scenario as a row."""
    targets = {target["id"]: target for target in summary["targets"]}
    total, local = targets["total-67"], targets["energy-transport-96"]
    cost, million = summary["cost"], 1e6
    reduction = 1.0 - total["cap"] / total["base"]
    reached = 1.0 - total["residual"] / total["base"]
    certain = total["reduction_with_certainty"]["0.8"]
    gap = summary["solver"]["gap"] if summary["solver"] else None
    cells = [
        f"`{summary['scenario']}`",
        f"{summary['starts']}",
        f"−{reduction:.0%}",
        f"{total['residual'] / 1e3:.1f} (−{reached:.1%})",
        f"{total['shortfall'] / 1e3:.1f}",
        f"{total['p05'] / 1e3:.0f}–{total['p95'] / 1e3:.0f}",
        f"{total['probability_met']:.1%}",
        f"−{certain:.1%}",
        f"{local['residual'] / 1e3:.1f}",
        f"{cost['npv'] / million:,.0f}",
        f"{cost['gross'] / million:,.0f}",
        f"{cost['savings_cashable'] / million:,.0f}",
        f"{cost['savings_avoided'] / million:,.0f}",
        "given" if gap is None else f"{gap:.2%}",
    ]
    return "| " + " | ".join(cells) + " |"


def main(runs: Path, page: Path) -> None:
    """Replace the table of the page."""
    summaries = [
        json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        for folder in sorted(runs.iterdir())
        if (folder / "summary.json").exists()
    ]
    order = {"nothing-more": 0, "reference": 1, "nearest": 2, "all-in": 3}
    summaries.sort(key=lambda summary: (order.get(summary["scenario"], 9), summary["scenario"]))
    lines = [HEAD, "|---|" + "---:|" * 13, *(row(summary) for summary in summaries)]
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
