"""What a run says beside its summary: why something is missing, what cannot wait, what the last tonnes cost."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose

from rmscenario.reporting.language import HARD_SPACE, Lang, measured, number, percent, say, scale_of
from rmscenario.reporting.targets import Summary, TargetWords
from rmscenario.reporting.text import Told, told_lines
from rmscenario.reporting.under_risk import at_modes

#: [1] A price of the relaxation that differs by less from the scenario's own price of a shortfall is that price.
SAME_PRICE = 1e-6
#: [1] Share of the base below which nothing is said to be left: it would show as 0.0 %, and fall by 100.0 % a year.
NOTHING_LEFT = 0.0005
#: [1] Share of the base below which what is left is shown with a decimal.
FEW_LEFT = 0.01


def beyond_text(summary: Summary, lang: Lang) -> str:
    """What cannot wait, and what the last tonnes cost, where the run looked, for the terminal."""
    lines = [line for told in beyond(summary, lang) for line in ("", *told_lines(told))]
    return "\n".join(lines) + "\n" if lines else ""


def beyond(summary: Summary, lang: Lang, *, hints: bool = True) -> list[Told]:
    """What a shortfall is made of, what cannot wait, how strong the background must be, and what the last tonnes cost.

    Parameters
    ----------
    hints : bool
        Whether to say how to find what the run did not look for.
    """
    units = {row["id"]: row for row in summary["targets"]}
    parts: list[Told] = []
    if (split := summary.get("shortfalls")) and split["plan"][split["target"]] > 0:
        parts.append(_shortfall(split, units[split["target"]], lang))
    if timing := summary.get("timing"):
        parts.append(_timing(timing, units[timing["target"]], summary["starts"], lang))
    if cast := summary.get("backcast"):
        aim = units[cast["target"]]
        sentences = (say("summary.backcast.scale", lang), *at_modes(aim, lang), *_backcast(cast, aim, lang))
        parts.append(Told(heading=say("summary.backcast", lang), sentences=sentences))
    if summary["starts"] and summary["targets"] and (hints or summary.get("last_tonnes")):
        sentences = tuple(_last_tonnes(summary, units, lang))
        parts.append(Told(heading=say("summary.last_tonnes", lang), sentences=sentences))
    return parts


def _shortfall(split: Summary, target: Summary, lang: Lang) -> Told:
    """What a shortfall is made of."""
    said = TargetWords(target, lang)
    parts = {
        "all": split["plan"][split["target"]],
        "price": split["price_and_other_aims"],
        "limits": split["limits"],
        "unknown": split["no_known_initiative"],
    }
    words = {key: said.amount(value) for key, value in parts.items()}
    text = say("summary.shortfall.parts", lang, name=said.name, **words)
    return Told(heading=say("summary.shortfall", lang), sentences=(*at_modes(target, lang), text))


def _timing(timing: Summary, target: Summary, starts: int, lang: Lang) -> Told:
    """What the next round gives, and what a year's delay costs."""
    amount = TargetWords(target, lang).amount
    share = timing["reduction_of_next_round"] / timing["reduction"] if timing["reduction"] > 0 else 0.0
    following = say(
        "summary.timing.next",
        lang,
        end=timing["round_end"],
        now=amount(timing["reduction_at_round_end"]),
        share=percent(share, lang),
        year=timing["year"],
    )
    late = say(
        "summary.timing.late",
        lang,
        lost=amount(timing["reduction"] - timing["reduction_a_year_late"]),
        year=timing["year"],
        count=number(timing["starts_that_cannot_wait"], lang),
        loss=_whole(timing["loss_said"], target["unit"], lang),
        starts=number(starts, lang),
    )
    return Told(heading=say("summary.timing", lang), sentences=(*at_modes(target, lang), following, late))


def _last_tonnes(summary: Summary, units: Mapping[str, Summary], lang: Lang) -> list[str]:
    """The price of the last tonnes, or how to find it; and beside it, under its own name, what the relaxation says."""
    found = summary.get("last_tonnes")
    if not found:
        lines = [say("summary.last_tonnes.unknown", lang)]
    elif found["per_tonne_in_year"] is None or found["per_tonne_over_period"] is None:
        lines = [say("summary.last_tonnes.none", lang)]
    else:
        target = units[found["target"]]
        scale = scale_of(target["unit"], found["amount"], lang)
        lines = [
            *at_modes(target, lang),
            say(
                "summary.last_tonnes.price",
                lang,
                amount=measured(found["amount"] * scale.factor, scale.unit, lang),
                in_year=_kroner(found["per_tonne_in_year"], lang),
                over_period=_kroner(found["per_tonne_over_period"], lang),
                year=found["year"],
            ),
        ]
        if not found["certain"]:
            lines.append(say("summary.last_tonnes.uncertain", lang))
    aim = str((summary.get("timing") or {}).get("target"))
    price = ((summary.get("solver") or {}).get("relaxation_prices") or {}).get(aim)
    if price is None:
        return lines
    unit = scale_of(units[aim]["unit"], 1.0, lang).per_year
    words = {"price": _kroner(price, lang), "unit": unit, "name": units[aim][f"name_{lang.value}"]}
    own = units[aim].get("shortfall_price")
    key = (
        "summary.relaxation" if own is None or not isclose(price, own, rel_tol=SAME_PRICE) else "summary.relaxation.own"
    )
    return [*lines, say(key, lang, **words)]


def _whole(amount: float, measure: str, lang: Lang) -> str:
    """An amount without decimals."""
    return f"{number(amount, lang)} {scale_of(measure, amount, lang).unit}".replace(" ", HARD_SPACE)


def _backcast(cast: Summary, target: Summary, lang: Lang) -> list[str | tuple[str, ...]]:
    """How strong the background must be, and what that means for each group of categories."""
    words = TargetWords(target, lang)
    said: list[str | tuple[str, ...]] = []
    for part in ("everything", "planned"):
        found = cast[part]
        if found is None:
            continue
        amounts = {key: words.amount(found[key]) for key in ("at_mode", "at_strong", "at_strongest")}
        strength = cast["strongest"] if found["least"] is None else found["least"]
        text = say(
            "summary.backcast.missed" if found["least"] is None else "summary.backcast.met",
            lang,
            starts=say(f"summary.backcast.{part}", lang),
            name=words.name,
            strength=number(strength, lang, 2),
            **amounts,
        )
        said += [text, tuple(_decline(row, cast["year"], lang) for row in cast[f"{part}_declines"])]
    return said


def _decline(decline: Summary, year: int, lang: Lang) -> str:
    """How fast a group of categories must fall."""
    return say(
        "summary.backcast.gone" if decline["left"] < NOTHING_LEFT else "summary.backcast.decline",
        lang,
        group=decline.get(f"group_{lang.value}") or decline["group"],
        yearly=percent(decline["yearly"], lang, 1),
        left=percent(decline["left"], lang, int(decline["left"] < FEW_LEFT)),
        year=year,
        mode=percent(decline["left_at_mode"], lang),
    )


def _kroner(amount: float, lang: Lang) -> str:
    scale = scale_of("DKK", 1.0, lang)
    return measured(amount * scale.factor, scale.unit, lang)
