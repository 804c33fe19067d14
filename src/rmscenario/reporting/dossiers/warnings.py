"""What warns of a miss of the plan and what is called then, one line for each warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, measured, name, percent, say, scale_of
from rmscenario.reporting.results import measure_of
from rmscenario.signposts import Alert, Miss, Reserve, Signposts


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning in words: what is seen, when it is known, what is in reserve then, and the units that would start it."""

    trigger: str
    known: str
    reserve: str
    units: tuple[str, ...]


def warned(found: Sequence[Signposts], region: Region, lang: Lang) -> tuple[Warned, ...]:
    """The warnings of a plan's signposts, each once."""
    subjects = Subjects(region, lang)
    rows = []
    for posts in found:
        for place, post in enumerate(posts.posts):
            if post.alert is None:
                continue
            reserve = None if post.reserves is None else post.reserves.best
            rows.append(
                Warned(
                    trigger=_trigger(post.alert, posts, region, subjects, lang, left=place > 0),
                    known=say("dossier.known", lang, year=post.alert.known),
                    reserve=_reserve(reserve, subjects, lang),
                    units=() if reserve is None else reserve.units,
                )
            )
    return tuple(dict.fromkeys(rows))


def _trigger(alert: Alert, posts: Signposts, region: Region, subjects: Subjects, lang: Lang, *, left: bool) -> str:
    """When a warning comes true, and what then; `left`: among the draws that no earlier signpost has."""
    target = next(row for row in region.targets if row.target == posts.target)
    scale = scale_of(measure_of(region, target), max(posts.level, posts.planned), lang)
    level, planned = (measured(value * scale.factor, scale.unit, lang) for value in (posts.level, posts.planned))
    return say(
        "dossier.trigger" if posts.miss is Miss.CAP else "dossier.trigger.level",
        lang,
        observable=subjects.observable(alert.observable, alert.year).rstrip(","),
        side=say("signposts.above" if alert.above else "signposts.below", lang),
        value=subjects.value(alert.observable, alert.trigger),
        left=say("dossier.trigger.left", lang) if left else "",
        target=name(target, lang),
        level=level,
        planned=planned,
        year=posts.year,
        miss_if=percent(alert.miss_if, lang),
    )


def _reserve(reserve: Reserve | None, subjects: Subjects, lang: Lang) -> str:
    if reserve is None:
        return say("dossier.reserve.none", lang)
    return say(
        "dossier.reserve",
        lang,
        initiative=subjects.initiative(reserve.initiative),
        units=subjects.units(reserve.units),
        start=reserve.start,
    )
