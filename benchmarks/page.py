"""The results as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.numbers import number, percent, table
from benchmarks.page_draws import draws
from benchmarks.page_extensive import extensive
from benchmarks.page_risk import under_risk
from benchmarks.page_worlds import worlds

Results = Mapping[str, Mapping[str, Any]]

INTRODUCTION = """\
# Benchmarks

Written by `python -m benchmarks`, `python -m benchmarks.beside`, `python -m benchmarks.risk` and `python -m benchmarks.worlds`; the
figures are in `results.json`. Regions but that of the worlds are synthetic, drawn from a fixed seed:
overlapping effects, segments, lifts, prerequisites, exclusions, and money, staff and starts that each allow about half of
what could be done; the targets lie beyond reach and their shortfall has a price. Seconds are CPU seconds of one
process (HiGHS on one thread), so that other work on the machine counts little; compare ratios rather than seconds.
Asserted on the way: tables come back, `verify` agrees with the plan, bounds are no higher than incumbents, every way
of building the matrix has the same LP value (S), and both evaluations of a draw agree.
"""


def page(results: Results) -> str:
    """The whole page, from what has been measured."""
    parts = [INTRODUCTION]
    for title, section in (
        ("Phases", _phases),
        ("Planning", _planning),
        ("Planning under risk", under_risk),
        ("Build and hand over", _handover),
        ("Adding reductions up", _additive),
        ("The extensive form", extensive),
        ("Worlds", worlds),
        ("Draws", draws),
        ("A probability", _chance),
        ("Commands", _commands),
        ("Machine", _machine),
    ):
        if lines := section(results):
            parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


def _having(results: Results, kind: str) -> dict[str, Any]:
    return {size: results[size][kind] for size in ("S", "M", "L") if kind in results.get(size, {})}


def _phases(results: Results) -> list[str]:
    found = _having(results, "phases")
    if not found:
        return []
    sizes = [f"{size} [s]" for size in found]
    order = ("write tables", "read tables", "build", "hand over", "solve", "assess", "verify", "compare", "stress")
    rows = [[name, *(number(each["seconds"].get(name)) for each in found.values())] for name in (*order, "report")]
    facts = [
        [name, *(f"{each[key]:,}" if key in each else "–" for each in found.values())]
        for name, key in (("options", "options"), ("states", "states"), ("products", "products"), ("draws", "draws"))
    ]
    lines = table(["", *sizes], [*facts, *rows])
    verified = [difference for each in found.values() for difference in each.get("verify", {}).values()]
    if verified:
        lines += ["", f"Largest relative difference between plan and verification: {max(verified):.1e}."]
    return lines


def _planning(results: Results) -> list[str]:
    plans = {size: each["plan"] for size, each in _having(results, "phases").items()}
    lines = []
    if plans:
        rows = [
            [
                size,
                percent(results[size]["asked"]["gap"], 1),
                number(results[size]["asked"]["seconds"]),
                number(each["seconds"]),
                percent(each["gap"]),
                number(each["incumbent"], 6),
                number(each["bound"], 6),
                number(each["relaxation"], 6),
                str(each["rounds"]),
                f"{each['cuts']:,}",
            ]
            for size, each in plans.items()
            if each["incumbent"] is not None
        ]
        head = ["", "gap asked", "within [s]", "took [s]", "gap", "incumbent", "bound", "LP bound", "rounds", "cuts"]
        if rows:
            lines = [
                *table(head, rows),
                "",
                "Incumbent and bounds in million DKK; the gap is relative to absolute cost.",
            ]
        for size, each in plans.items():
            if each["incumbent"] is None:
                lines += [
                    "",
                    f"{size}: asked for a gap of {percent(results[size]['asked']['gap'], 1)} within "
                    f"{number(results[size]['asked']['seconds'])} s, it holds no plan when it ends after "
                    f"{number(each['seconds'])} s; its bound is {number(each['bound'], 7)} million DKK.",
                ]
    for size, each in _having(results, "seeds").items():
        told = [
            f"{plan['seed']}: {'no plan' if plan['gap'] is None else percent(plan['gap'])} in {number(plan['seconds'])} s"
            for plan in each["plans"]
        ]
        lines += ["", f"{size} from other seeds, on which nothing was tuned, gap by seed: {'; '.join(told)}."]
    for size, each in _having(results, "plan").items():
        within = f"{size}: within {number(results[size]['asked']['seconds'])} s"
        if each["bound"] is None:
            lines += ["", f"{within} the linear relaxation is not solved once: no bound, no plan."]
            continue
        held = (
            "no plan"
            if each["incumbent"] is None
            else f"a plan of {number(each['incumbent'], 7)} million DKK, gap {percent(each['gap'])}"
        )
        lines += [
            "",
            f"{within} a bound of {number(each['bound'], 7)} million DKK from the linear relaxation, and {held}; it "
            f"ended after {number(each['seconds'])} s.",
        ]
    return lines


def _handover(results: Results) -> list[str]:
    found = _having(results, "handover")
    if not found:
        return []
    sizes = [f"{name} [s]" for name in found]
    ours = [
        (label, key)
        for label, key in (
            ("ours: tables to rows", "build"),
            ("ours: rows, objective and first cuts into HiGHS", "hand_over"),
            ("ours: both", "build_and_hand_over"),
        )
    ]
    seconds = [[label, *(number(each["ours_seconds"][key]) for each in found.values())] for label, key in ours]
    facts = [
        [name, *(f"{each['matrix'][name]:,}" for each in found.values())] for name in ("rows", "columns", "entries")
    ]
    names = list(dict.fromkeys(name for each in found.values() for name in each["multiples"]))
    multiples = [[name, *(number(each["multiples"].get(name)) for each in found.values())] for name in names]
    return [
        *table(["", *sizes], [*facts, *seconds]),
        "",
        "The same matrix, as multiples of NumPy triples → compressed rows → `passModel` (medians of one run). The other ways",
        "are given the arrays; ours computes them as well, from options, structure and money.",
        "",
        *table(["", *found], multiples),
        *(
            [
                "",
                "At L the direct way alone stands beside ours: stated in blocks as here, linopy would pad the cuts and groups to",
                "28 GiB, and Pyomo keeps an object for every entry.",
            ]
            if "L" in found
            else []
        ),
    ]


def _additive(results: Results) -> list[str]:
    found = _having(results, "additive")
    if not found:
        return []
    rows = [
        [label, *(percent(each[key]) for each in found.values())]
        for label, key in (
            ("reduction of the planner's plan, overstated by", "overstated_on_plan"),
            ("reduction of the additive plan, overstated by", "overstated_on_additive_plan"),
            ("additive plan above what it was asked to reach, of what it was to reach", "missed_of_target"),
            ("the same, of the base", "missed_of_base"),
        )
    ]
    return [
        "The additive model has the same rows and costs, adds reductions up (at most all of a source), and is asked for the cheapest",
        "plan that reaches in the target year what the planner's plan truly reaches.",
        "",
        *table(["", *found], rows),
    ]


def _chance(results: Results) -> list[str]:
    lines = []
    for size, each in _having(results, "chance").items():
        for key, said in (("sure", "every start on time"), ("risky", "starts late or cancelled in some draws")):
            found = each[key]
            rows = [
                [
                    f"{way['way']}, {way['replicates']} × 1,024",
                    f"{way['error']:.1e}",
                    number(way["seconds"]),
                ]
                for way in found["ways"]
            ]
            lines += [
                f"{size}, {said}: a probability of {percent(found['probability'], 4)} (± {found['within']:.0e}), root mean "
                f"squared error over {each['repeats']} seeds.",
                "",
                *table(["points", "error [1]", "took [s]"], rows),
                "",
            ]
    return lines[:-1]


def _commands(results: Results) -> list[str]:
    found = results.get("reference", {}).get("commands")
    if found is None:
        return []
    rows = [
        [
            f"{each['after']:g}",
            number(each["work"]),
            number(each["clock"]),
            str(each["code"]),
            "yes" if each["kept"] else "no",
        ]
        for each in found["interrupts"]
    ]
    return [
        f"`rmscenario --help` prints within {number(found['help'])} s of the clock.",
        "",
        "`rmscenario run scenarios/reference.toml`, interrupted after some seconds of work:",
        "",
        *table(["after [s]", "work until its end [s]", "clock until its end [s]", "exit code", "plan kept"], rows),
    ]


def _machine(results: Results) -> list[str]:
    machines: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for size, kinds in results.items():
        for kind, each in kinds.items():
            if "measured_on" in each:
                machines.setdefault(tuple(each["measured_on"].items()), []).append(f"{size} {kind}")
    return [
        f"- {', '.join(kinds)}: " + " · ".join(f"{name} {value}" for name, value in machine)
        for machine, kinds in machines.items()
    ]
