"""What a model or scenario says before it is planned, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.plan import judged_open, left_open
from rmscenario.region import Region
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import (
    Lang,
    measured,
    name,
    number,
    percent,
    percent_asked,
    say,
    scale_of,
)
from rmscenario.reporting.results import FOOTPRINT, measure_of, quantity_name
from rmscenario.reporting.risk_words import outcome_on_draws, shares_of_draws
from rmscenario.reporting.text import wrap

if TYPE_CHECKING:
    from rmscenario.explain.limits import LimitReach
    from rmscenario.explain.moves import MovesNothing
    from rmscenario.explain.reach import Reach
    from rmscenario.plan import Certified, CertifiedJoint


def check_text(
    *,
    title: str,
    region: Region,
    reached: Sequence[Reach],
    together: CertifiedJoint | None,
    fresh_draws: int,
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
    if together is not None:
        lines += wrap(_together(region, together, lang))
    if fresh_draws:
        alone = any(found.plan.certified(found.target) is not None for found in reached)
        how = "check.reach.risk.how" if alone else "check.reach.together.how"
        lines += wrap(say(how, lang, draws=number(fresh_draws, lang)))
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

    certified = found.plan.certified(found.target)
    if certified is not None:
        sentence = _under_risk(found, certified, amount, lang)
    else:
        sentence = say(
            f"check.reach.{found.verdict.value}",
            lang,
            earliest=amount(found.earliest),
            cap=amount(found.cap),
            background=amount(found.background),
            year=found.year,
        )
    if found.verdict.value == "doubtful" and any(row.half_life is not None for row in region.initiatives):
        sentence += f" {say('check.reach.decay', lang, year=found.year)}"
    words = {"name": name(target, lang), "quantity": quantity_name(region, target, lang), "sentence": sentence}
    # An amount of a goal that is told in amounts says of what; the footprint's unit does so by itself.
    of_what = target.reduction is None and target.quantity != FOOTPRINT
    text = say("check.reach.target.of" if of_what else "check.reach.target", lang, **words)
    return f"{text} {say('check.reach.no_plan', lang)}" if found.no_plan else text


def _under_risk(found: Reach, certified: Certified, amount: Callable[[float], str], lang: Lang) -> str:
    """What everything at its earliest comes to on fresh draws, by the measure that the target is judged by."""
    if found.verdict.value == "met_already":
        without = amount(certified.judged_background)
        return say(
            "check.reach.risk.met_already",
            lang,
            outcome=outcome_on_draws(without, certified.confidence, certified.level, lang),
            planned=amount(found.background),
            cap=amount(found.cap),
        )
    lines = [
        say(
            "check.reach.risk",
            lang,
            outcome=outcome_on_draws(amount(certified.judged), certified.confidence, certified.level, lang),
            planned=amount(found.earliest),
            cap=amount(found.cap),
            **shares_of_draws(
                lang, certified.confidence, reached=certified.probability, low=certified.low, high=certified.high
            ),
        ),
        say(f"check.reach.risk.{found.verdict.value}", lang),
    ]
    share, judged = (certified.low, certified.high), (certified.judged_low, certified.judged_high)
    if judged_open(certified.confidence, found.cap, share=share, judged=judged):
        lines.append(say("summary.judged.close", lang))
    return " ".join(lines)


def _together(region: Region, together: CertifiedJoint, lang: Lang) -> str:
    """What the starts that bring one of them furthest reach of all targets together."""
    names = {row.target: name(row, lang) for row in region.active_targets}
    lines = [
        say(
            "check.reach.together",
            lang,
            names=", ".join(f"“{names[target]}”" for target in together.targets),
            wanted=percent_asked(together.confidence, lang),
            **shares_of_draws(
                lang, together.confidence, reached=together.probability, low=together.low, high=together.high
            ),
        ),
        say(f"check.reach.risk.{'within_reach' if together.met else 'doubtful'}", lang),
    ]
    if left_open((together.low, together.high), together.confidence):
        lines.append(say("summary.judged.close", lang))
    return " ".join(lines)


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
