"""What a model or scenario says before it is planned, and what a run says beside its summary, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import (
    HARD_SPACE,
    Lang,
    measured,
    money,
    name,
    number,
    percent,
    probability,
    say,
    scale_of,
)
from rmscenario.reporting.results import measure_of
from rmscenario.reporting.text import wrap

if TYPE_CHECKING:
    from rmscenario.explain.limits import LimitReach
    from rmscenario.explain.moves import MovesNothing
    from rmscenario.explain.reach import Reach

Summary = Mapping[str, Any]


def check_text(
    *,
    title: str,
    region: Region,
    reached: Sequence[Reach],
    limits: Iterable[LimitReach],
    moves: Sequence[MovesNothing],
    shares: Mapping[str, Mapping[str, float]],
    lang: Lang,
) -> str:
    """What can be reached, which limits can bind, which initiatives move nothing, what the figures rest on."""
    counts = {"units": region.units, "initiatives": region.initiatives, "targets": region.active_targets}
    sizes = {key: number(len(rows), lang) for key, rows in counts.items()}
    lines = wrap(say("check.sound", lang, title=title, **sizes), "")
    if not region.settings.confirmed:
        lines.append(NOT_CONFIRMED[lang.value])
    lines += ["", say("check.reach", lang)]
    for found in reached:
        lines += wrap(_reach(region, found, lang))
    lines += ["", say("check.limits", lang), *_limits(limits, lang)]
    lines += ["", say("check.moves", lang), *_moves(moves, lang)]
    lines += ["", say("check.evidence", lang), *_evidence(shares, lang)]
    return "\n".join(lines) + "\n"


def _reach(region: Region, found: Reach, lang: Lang) -> str:
    target = next(row for row in region.active_targets if row.target == found.target)
    scale = scale_of(measure_of(region, target), max(abs(found.base), abs(found.bare)), lang)

    def amount(value: float) -> str:
        change = found.change(value)
        relative = target.reduction is not None and change is not None and target.form.value != "cumulative"
        return percent(change or 0.0, lang, 1) if relative else measured(value * scale.factor, scale.unit, lang)

    sentence = say(
        f"check.reach.{found.verdict.value}",
        lang,
        earliest=amount(found.earliest),
        cap=amount(found.cap),
        background=amount(found.background),
        year=found.year,
    )
    text = say("check.reach.target", lang, name=name(target, lang), sentence=sentence)
    return f"{text} {say('check.reach.no_plan', lang)}" if found.no_plan else text


def _limits(limits: Iterable[LimitReach], lang: Lang) -> list[str]:
    rows = list(limits)
    everyone, binding = Counter(row.family for row in rows), Counter(row.family for row in rows if row.can_bind)
    return [
        line
        for family, count in everyone.items()
        for line in wrap(
            say(
                "check.limits.family",
                lang,
                family=say(f"family.{family.value}", lang),
                binding=number(binding[family], lang),
                rows=number(count, lang),
            )
        )
    ]


def _moves(moves: Sequence[MovesNothing], lang: Lang) -> list[str]:
    lines = []
    for one, several, rows in (
        ("check.moves.with_role.one", "check.moves.with_role", [row.initiative for row in moves if row.has_role]),
        (
            "check.moves.without_role.one",
            "check.moves.without_role",
            [row.initiative for row in moves if not row.has_role],
        ),
    ):
        if rows:
            lines += wrap(
                say(one if len(rows) == 1 else several, lang, count=number(len(rows), lang), names=", ".join(rows))
            )
    return lines or wrap(say("check.moves.none", lang))


def _evidence(shares: Mapping[str, Mapping[str, float]], lang: Lang) -> list[str]:
    lines = []
    for part, grades in shares.items():
        if grades:
            listed = ", ".join(
                f"{say(f'grade.{grade.value}', lang)} {percent(grades[grade.value], lang)}"
                for grade in Grade
                if grade.value in grades
            )
            lines += wrap(say("check.evidence.part", lang, part=say(f"check.evidence.{part}", lang), shares=listed))
    return lines


def beyond_text(summary: Summary, lang: Lang) -> str:
    """What cannot wait, and what the last tonnes cost, where the run looked."""
    lines: list[str] = []
    units = {row["id"]: row for row in summary["targets"]}
    if (split := summary.get("shortfalls")) and split["plan"][split["target"]] > 0:
        target = units[split["target"]]
        scale = scale_of(target["unit"], max(abs(target["base"]), abs(target["residual"])), lang)
        parts = {
            "all": split["plan"][split["target"]],
            "price": split["price_and_other_aims"],
            "limits": split["limits"],
            "unknown": split["no_known_initiative"],
        }
        words = {key: measured(value * scale.factor, scale.unit, lang) for key, value in parts.items()}
        lines += ["", say("summary.shortfall", lang)]
        lines += wrap(say("summary.shortfall.parts", lang, name=target[f"name_{lang.value}"], **words))
    if timing := summary.get("timing"):
        target = units[timing["target"]]
        scale = scale_of(target["unit"], max(abs(target["base"]), abs(target["residual"])), lang)

        def amount(value: float) -> str:
            return measured(value * scale.factor, scale.unit, lang)

        share = timing["reduction_of_next_round"] / timing["reduction"] if timing["reduction"] > 0 else 0.0
        lines += ["", say("summary.timing", lang)]
        lines += wrap(
            say(
                "summary.timing.next",
                lang,
                end=timing["round_end"],
                now=amount(timing["reduction_at_round_end"]),
                share=percent(share, lang),
                year=timing["year"],
            )
        )
        lines += wrap(
            say(
                "summary.timing.late",
                lang,
                lost=amount(timing["reduction"] - timing["reduction_a_year_late"]),
                year=timing["year"],
                count=number(timing["starts_that_cannot_wait"], lang),
                loss=_whole(timing["loss_said"], target["unit"], lang),
                starts=number(summary["starts"], lang),
            )
        )
    if cast := summary.get("backcast"):
        lines += ["", say("summary.backcast", lang), *wrap(say("summary.backcast.scale", lang))]
        lines += _backcast(cast, units[cast["target"]], lang)
    if summary["starts"] and summary["targets"]:
        lines += ["", say("summary.last_tonnes", lang), *_last_tonnes(summary, units, lang)]
    return "\n".join(lines) + "\n" if lines else ""


def _last_tonnes(summary: Summary, units: Mapping[str, Summary], lang: Lang) -> list[str]:
    """The price of the last tonnes, or how to find it; and beside it, under its own name, what the relaxation says."""
    found = summary.get("last_tonnes")
    if not found:
        lines = wrap(say("summary.last_tonnes.unknown", lang))
    elif found["per_tonne_in_year"] is None or found["per_tonne_over_period"] is None:
        lines = wrap(say("summary.last_tonnes.none", lang))
    else:
        target = units[found["target"]]
        scale = scale_of(target["unit"], found["amount"], lang)
        lines = wrap(
            say(
                "summary.last_tonnes.price",
                lang,
                amount=measured(found["amount"] * scale.factor, scale.unit, lang),
                in_year=_kroner(found["per_tonne_in_year"], lang),
                over_period=_kroner(found["per_tonne_over_period"], lang),
                year=found["year"],
            )
        )
        if not found["certain"]:
            lines += wrap(say("summary.last_tonnes.uncertain", lang))
    aim = str((summary.get("timing") or {}).get("target"))
    price = ((summary.get("solver") or {}).get("relaxation_prices") or {}).get(aim)
    if price is None:
        return lines
    unit = scale_of(units[aim]["unit"], 1.0, lang).per_year
    words = {"price": _kroner(price, lang), "unit": unit, "name": units[aim][f"name_{lang.value}"]}
    return [*lines, *wrap(say("summary.relaxation", lang, **words))]


def _whole(amount: float, measure: str, lang: Lang) -> str:
    """An amount without decimals."""
    return f"{number(amount, lang)} {scale_of(measure, amount, lang).unit}".replace(" ", HARD_SPACE)


def _backcast(cast: Summary, target: Summary, lang: Lang) -> list[str]:
    """How strong the background must be, and what that means for each group of categories."""
    scale = scale_of(target["unit"], max(abs(target["base"]), abs(target["residual"])), lang)
    lines = []
    for part in ("everything", "planned"):
        found = cast[part]
        if found is None:
            continue
        amounts = {
            key: measured(found[key] * scale.factor, scale.unit, lang)
            for key in ("at_mode", "at_strong", "at_strongest")
        }
        strength = cast["strongest"] if found["least"] is None else found["least"]
        key = "summary.backcast.missed" if found["least"] is None else "summary.backcast.met"
        lines += wrap(
            say(
                key,
                lang,
                starts=say(f"summary.backcast.{part}", lang),
                name=target[f"name_{lang.value}"],
                strength=number(strength, lang, 2),
                **amounts,
            )
        )
        for decline in cast[f"{part}_declines"]:
            text = say(
                "summary.backcast.decline",
                lang,
                group=decline.get(f"group_{lang.value}") or decline["group"],
                yearly=percent(decline["yearly"], lang, 1),
                left=percent(decline["left"], lang),
                year=cast["year"],
                mode=percent(decline["left_at_mode"], lang),
            )
            lines += wrap(text, "    ")
    return lines


def _kroner(amount: float, lang: Lang) -> str:
    scale = scale_of("DKK", 1.0, lang)
    return measured(amount * scale.factor, scale.unit, lang)


def compare_text(summaries: Mapping[str, Summary], lang: Lang) -> str:
    """Runs as columns: every target any of them has, then starts and money."""
    none = say("compare.none", lang)
    rows: list[tuple[str, list[str]]] = []
    targets = {row["id"]: row for summary in summaries.values() for row in summary["targets"]}
    for identifier, target in targets.items():
        scale = scale_of(target["unit"], max(abs(target["base"]), abs(target["residual"])), lang)
        found = [
            next((row for row in summary["targets"] if row["id"] == identifier), None) for summary in summaries.values()
        ]
        label = say("compare.residual", lang, name=target.get(f"name_{lang.value}") or identifier)
        rows.append(
            (label, [measured(row["residual"] * scale.factor, scale.unit, lang) if row else none for row in found])
        )
        rows.append(
            (
                say("compare.shortfall", lang),
                [measured(row["shortfall"] * scale.factor, scale.unit, lang) if row else none for row in found],
            )
        )
        if any(row and row.get("share") for row in found):
            wanted = percent(next(row["share"]["wanted"] for row in found if row and row.get("share")), lang)
            shares = [row["share"]["plan"] if row and row.get("share") else None for row in found]
            rows.append(
                (
                    say("compare.share", lang, wanted=wanted),
                    [none if share is None else percent(share, lang) for share in shares],
                )
            )
        if any(row and row["probability_met"] is not None for row in found):
            rows.append(
                (
                    say("compare.probability", lang),
                    [
                        probability(row["probability_met"], lang, (summary.get("stress") or {}).get("draws"))
                        if row and row["probability_met"] is not None
                        else none
                        for row, summary in zip(found, summaries.values(), strict=True)
                    ],
                )
            )
    rows.append((say("compare.starts", lang), [number(summary["starts"], lang) for summary in summaries.values()]))
    year = next(iter(summaries.values()))["cost"]["annual_year"]
    for key, part in (("compare.npv", "npv"), ("compare.annual", "annual"), ("compare.capex", "capex_total")):
        rows.append((say(key, lang, year=year), [money(summary["cost"][part], lang) for summary in summaries.values()]))
    header = (say("compare.column", lang), list(summaries))
    widths = [max(len(cells[number_]) for _, cells in (header, *rows)) for number_ in range(len(summaries))]
    first = min(max(len(label) for label, _ in (header, *rows)), 60)
    lines = [say("compare.title", lang)]
    if not all(summary.get("confirmed", False) for summary in summaries.values()):
        lines.append(NOT_CONFIRMED[lang.value])
    for run, summary in summaries.items():
        lines += wrap(say("compare.legend", lang, name=run, title=summary["titles"][lang.value]), "")
    lines.append("")
    for label, cells in (header, *rows):
        shown = label if len(label) <= first else label[: first - 1] + "…"
        lines.append(
            "  ".join([shown.ljust(first), *(c.rjust(w) for c, w in zip(cells, widths, strict=True))]).rstrip()
        )
    return "\n".join(lines) + "\n"


def verify_text(difference: float, limits: int, lang: Lang) -> str:
    """That a run was recomputed and agrees."""
    return (
        "\n".join(wrap(say("verify.sound", lang, difference=f"{difference:.1e}", limits=number(limits, lang)), ""))
        + "\n"
    )
