"""The part of the page on plans by the mean of a tail beside the extensive form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.numbers import number, percent, table

Results = Mapping[str, Mapping[str, Any]]


def extensive(results: Results) -> list[str]:
    """Both side by side, case by case."""
    found = results.get("extensive", {})
    if not found:
        return []
    lines = [
        "The first target holds in the mean of the worst tenth of the draws, priced. The extensive form states every product in",
        "every draw exactly, without cuts; both plan on the same draws. Values in million DKK, computed exactly from each plan on all",
        "draws; the gap is relative to absolute cost, the ratio is that of all CPU seconds; where the solver was stopped before it",
        "was done, or without having proved its plan, it is a least one. Both are given as many CPU seconds; a solver that does not",
        "ask is stopped by the clock.",
        "",
    ]
    head = ["", "options", "draws", "", "incumbent", "bound", "gap", "took [s]", "ratio"]
    rows = []
    peers = results.get("mpi-sppy", {})
    for name, each in found.items():
        more = "" if each["extensive"].get("optimal") else "> "
        stated = each["asked"].get("stated")
        form = "extensive form" if stated is None else f"extensive form of the {stated} worst"
        rows += [
            _row(name, each, "planner", each["ours"], "1"),
            _row(name, each, form, each["extensive"], more + number(each["ratio"])),
        ]
        if peers.get(name, {}).get("status") == "optimal":
            peer = {"seconds": peers[name]["build"] + peers[name]["solve"], **peers[name]}
            ratio = number(peer["seconds"] / each["ours"]["seconds"])
            rows.append(_row(name, each, f"mpi-sppy {peer['version']}, its extensive form", peer, ratio))
    lines += table(head, rows)
    for name, each in found.items():
        lines += ["", _said(name, each)]
    for name, each in peers.items():
        lines += ["", _sppy(name, each)]
    return lines


def _row(name: str, case: Mapping[str, Any], who: str, one: Mapping[str, Any], ratio: str) -> list[str]:
    """What one came to on a case."""
    gap = None
    if one.get("incumbent") is not None and one.get("bound") is not None:
        gap = max(0.0, one["incumbent"] - one["bound"]) / case["scale"]
    return [
        name.split(",", maxsplit=1)[0],
        f"{case['options']:,}",
        f"{case['asked']['draws']:,}",
        who,
        number(one.get("incumbent"), 7),
        number(one.get("bound"), 7),
        percent(gap),
        number(one["seconds"]),
        ratio,
    ]


def _said(name: str, each: Mapping[str, Any]) -> str:
    form, size = each["extensive"], each["extensive"]["matrix"]
    died = "".join(
        f"In {one['way']} it was not whole within the memory allowed: the process ended {_after(one)}. "
        for one in each["died"]
    )
    return (
        f"{name}: {_given(each)}{size['rows']:,} rows, {size['columns']:,} columns, {size['entries']:,} entries. {died}Stated in "
        f"{number(form['state'])} s, handed over ({form['way']}) in {number(form['hand_over'])} s, solved for "
        f"{number(form.get('solve'))} s of at most {number(each['asked']['seconds'])}. {_came(each)}"
        f"{number(form['peak_bytes'] / 2**30)} GiB at most."
    )


def _given(each: Mapping[str, Any]) -> str:
    stated, draws = each["asked"].get("stated"), each["asked"]["draws"]
    if stated is None:
        return ""
    return (
        f"both begin with the plan for expected values ({number(each['begun']['value'], 7)}, made in "
        f"{number(each['begun']['seconds'])} s, which count for both). Of the {draws:,} draws the extensive form states the {stated} "
        "that are worst at that plan: its bound holds for all, as no tail taken from fewer draws is worse than the worst of all. "
    )


def _came(each: Mapping[str, Any]) -> str:
    """What the solver made of the form, step by step."""
    form = each["extensive"]
    if each["asked"].get("stated") is None:
        held = "" if form.get("incumbent") is not None else " It holds no plan when it ends."
        return (
            f"HiGHS ended: {form['searched']['status']}.{held} "
            if "searched" in form
            else f"It ended: {form['died']}. "
        )
    if "relaxed" not in form:
        return f"It ended before its relaxation was solved: {form['died']}. "
    relaxed, values = form["relaxed"], form["values"]
    said = (
        f"The relaxation was solved by {relaxed['solver']} for {number(relaxed['seconds'])} s, {relaxed['iterations']} iterations "
        f"({relaxed['status']}); its multipliers prove the bound. "
    )
    if "rounded" in values:
        said += f"The plan nearest to it costs {number(values['rounded'], 7)}. "
    if "searched" in form:
        searched = form["searched"]
        said += (
            f"From the better of that and the first plan HiGHS searched among the {searched['states']:,} states that either holds or "
            f"that the relaxation takes a part of, for {number(searched['seconds'])} s ({searched['status']})"
        )
        said += f": {number(values['choice'], 7)}. " if "choice" in values else ", and holds no plan. "
    elif "died" in form:
        said += f"It ended there: {form['died']}. "
    return said


def _after(one: Mapping[str, Any]) -> str:
    step = "while it solved" if "handed_over" in one else "while the model was handed over"
    return f"{step}, after {number(one.get('hand_over'))} s, at {number(one['peak_bytes'] / 2**30)} GiB ({one['died']})"


def _sppy(name: str, each: Mapping[str, Any]) -> str:
    if "version" not in each:
        return f"{name}, mpi-sppy: {each.get('died', 'it said nothing')}."
    return (
        f"{name}, mpi-sppy {each['version']}, `ExtensiveForm` of one scenario for each draw, HiGHS through its interface: "
        f"incumbent {number(each.get('incumbent'), 7)}, bound {number(each['bound'], 7)} ({each['status']}), made in "
        f"{number(each['build'])} s, solved in {number(each['solve'])} s, {number(each['peak_bytes'] / 2**30)} GiB at most."
    )
