"""What follow-up teaches: the table from what was promised to what is now expected, for readers and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rmscenario.learning.effects import NewEffect, realised_quantiles
from rmscenario.learning.observations import Silent
from rmscenario.learning.pooling import FloatArray, Normals
from rmscenario.learning.round import LearntRound
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, number, percent, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.uncertainty.marginals import SCORE_95

#: Columns of `learnt.csv`: realisations in shares of what was promised, and what moved them.
COLUMNS = (
    "initiative", "unit", "observations", "promised_low", "promised_high", "observed", "observed_low", "observed_high",
    "low", "expected", "high", "moved", "moved_own", "moved_initiative", "moved_others",
)  # fmt: skip
#: Columns of `effects.csv`.
EFFECTS = (
    "initiative", "category", "segment", "on", "account", "low", "mode", "high", "new_low", "new_mode", "new_high", "cut",
)  # fmt: skip

Row = dict[str, Any]
#: What is said of a value far off, by its name in the text.
_SHARES = {"value": "realisation", "error": "error", "counted": "counted_error"}


def learnt_rows(found: LearntRound) -> list[Row]:
    """Every observed option, then every initiative (without unit): realisations of the most likely effect [1]."""
    learnt = found.learnt
    seen = {observation.option for observation in learnt.observations}
    options = [n for n, option in enumerate(learnt.options) if option in seen]
    initiatives = list(range(len(learnt.promises)))
    in_option = _quantiles(learnt.option)
    in_initiative = _quantiles(learnt.initiative)
    return [
        *(_row(found, learnt.options[n], in_option[n], learnt.moved[n]) for n in options),
        *(
            _row(found, (learnt.promises[n].initiative, None), in_initiative[n], learnt.initiative_moved[n])
            for n in initiatives
        ),
    ]


def _quantiles(normals: Normals) -> list[tuple[float, float, float]]:
    """Low, mean and high of each row."""
    low, _, high = realised_quantiles(normals).tolist()
    return list(zip(low, normals.expected.tolist(), high, strict=True))


def _row(
    found: LearntRound, of: tuple[str, str | None], posterior: tuple[float, float, float], moved: FloatArray
) -> Row:
    """A row, of an option or (without unit) of an initiative.

    Parameters
    ----------
    posterior : (float, float, float)
        Low, mean and high, of the mean of the distribution.
    moved : array (observation)
    """
    initiative, unit = of
    promised, observations = found.promised[initiative], found.learnt.observations
    scale = 1.0 / promised.planned  # from the mean of the distribution to its most likely value
    same = np.asarray([seen.option[0] == initiative for seen in observations], dtype=bool)
    own = same & np.asarray([seen.option[1] == unit for seen in observations], dtype=bool)
    counted = same if unit is None else own
    values = [
        (seen.value, error)
        for seen, error, used in zip(observations, found.learnt.errors.tolist(), counted, strict=True)
        if used
    ]
    observed = _mean(values)
    low, expected, high = posterior
    return {
        "initiative": initiative,
        "unit": unit,
        "observations": len(values),
        "promised_low": promised.low * scale,
        "promised_high": promised.high * scale,
        "observed": None if observed is None else observed[0] * scale,
        "observed_low": None if observed is None else (observed[0] - SCORE_95 * observed[1]) * scale,
        "observed_high": None if observed is None else (observed[0] + SCORE_95 * observed[1]) * scale,
        "low": low * scale,
        "expected": expected * scale,
        "high": high * scale,
        "moved": float(moved.sum()) * scale,
        "moved_own": float(moved[counted].sum()) * scale,
        "moved_initiative": float(moved[same & ~counted].sum()) * scale,
        "moved_others": float(moved[~same].sum()) * scale,
    }


def _mean(values: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Mean weighted by precision, and its standard error; None of nothing."""
    if not values:
        return None
    precision = np.asarray([error**-2 for _, error in values])
    mean = float(precision @ [value for value, _ in values] / precision.sum())
    return mean, float(precision.sum() ** -0.5)


def effect_rows(effects: Sequence[NewEffect]) -> list[Row]:
    """Every effect that changes, old and new, in the units used inside."""
    return [
        {
            **{name: getattr(each.row, name) for name in (*type(each.row).key, "low", "mode", "high")},
            "new_low": each.low,
            "new_mode": each.mode,
            "new_high": each.high,
            "cut": each.cut,
        }
        for each in effects
        if each.differs
    ]


def observation_rows(found: LearntRound) -> list[Row]:
    """Every value that says something of an effect: its realisation, its error, and the error that it counts with [1]."""
    learnt, outliers = found.learnt, found.learnt.outliers
    return [
        {
            "commitment": seen.commitment.commitment,
            "indicator": seen.row.indicator,
            "observed": seen.row.observed.isoformat(),
            "progress": seen.progress,
            "deployed": seen.deployed,
            "delivery_seen": seen.delivery_seen,
            "lift": seen.lift,
            "realisation": seen.value,
            "error": seen.error,
            "counted_error": seen.error * float(learnt.errors[n]) / learnt.observations[n].error,
            "outlier": n in outliers,
        }
        for n, seen in enumerate(found.heard.observations)
    ]


def silent_rows(silent: Sequence[Silent]) -> list[Row]:
    """Every value that says nothing of an effect, and why."""
    return [
        {
            "commitment": each.row.commitment,
            "indicator": each.row.indicator,
            "account": each.row.account,
            "observed": each.row.observed.isoformat(),
            "value": each.row.value,
            "why": each.why.value,
        }
        for each in silent
    ]


def common(found: LearntRound) -> Row:
    """What holds of all initiatives: mean realisation, the slope on how good a promise looks, spreads between groups."""
    pooled = found.learnt.pooled
    quantiles = realised_quantiles(pooled.coefficients)
    said: Row = {
        name: {
            "expected": float(pooled.coefficients.expected[n]),
            "low": float(quantiles[0, n]),
            "high": float(quantiles[2, n]),
        }
        for n, name in enumerate(("realisation", "slope"))
    }
    said["slope"]["prior"] = found.learnt.curse.slope
    names = ("type", "unit", None, "rest")
    said["spread"] = {
        name: float(pooled.weight @ pooled.deviations[n]) for n, name in enumerate(names) if name is not None
    }
    return said


class LearntWords:
    """Texts of what was learnt in a round."""

    def __init__(self, found: LearntRound, region: Region, lang: Lang) -> None:
        self._found, self._lang = found, lang
        self._subjects = Subjects(region, lang)
        self._rows = learnt_rows(found)

    def lead(self) -> list[str]:
        """What was done, and what holds of all initiatives."""
        lang = self._lang
        if not self._found.heard.observations:
            return [say("learn.nothing", lang)]
        over_all = common(self._found)
        said = [say("learn.lead", lang)]
        mean = {name: percent(value, lang) for name, value in over_all["realisation"].items()}
        said.append(say("learn.common", lang, mean=mean["expected"], low=mean["low"], high=mean["high"]))
        if self._found.learnt.curse.slope != 0.0:
            slope = {name: number(100.0 * value, lang, 1) for name, value in over_all["slope"].items()}
            said.append(say("learn.curse", lang, slope=slope["expected"], low=slope["low"], high=slope["high"]))
        return [*said, say("learn.wider", lang), *self._outliers()]

    def _outliers(self) -> list[str]:
        """Values far off what the others lead to expect, by name."""
        return [
            say(
                "learn.outlier",
                self._lang,
                commitment=each["commitment"],
                indicator=each["indicator"],
                day=each["observed"],
                **{name: percent(each[key], self._lang) for name, key in _SHARES.items()},
            )
            for each in observation_rows(self._found)
            if each["outlier"]
        ]

    def parts(self) -> tuple[Part, ...]:
        """Observed options, initiatives, effects, and values that say nothing."""
        silent = self._silent()
        if not self._found.heard.observations:
            return silent
        return (self._options(), self._initiatives(), self._effects(), *silent)

    def _head(self, *columns: str) -> tuple[str, ...]:
        return tuple(say(f"learn.column.{column}", self._lang) for column in columns)

    def _interval(self, row: Row, low: str, middle: str | None, high: str) -> str:
        if row[low] is None:
            return ""
        of = {"low": percent(row[low], self._lang), "high": percent(row[high], self._lang)}
        if middle is None:
            return f"{of['low']}–{of['high']}"
        return say("learn.interval", self._lang, middle=percent(row[middle], self._lang), **of)

    def _cells(self, row: Row) -> tuple[str, ...]:
        return (
            self._interval(row, "promised_low", None, "promised_high"),
            self._interval(row, "observed_low", "observed", "observed_high"),
            self._interval(row, "low", "expected", "high"),
            number(100.0 * (row["moved_initiative"] + row["moved_others"]), self._lang),
        )

    def _options(self) -> Part:
        rows = [row for row in self._rows if row["unit"] is not None]
        table = Listed(
            headings=self._head("initiative", "unit", "promised", "observed", "posterior", "borrowed"),
            rows=tuple((self._subjects.initiative(row["initiative"]), row["unit"], *self._cells(row)) for row in rows),
        )
        differing = self._differing(rows)
        sentences = (say("learn.options.note", self._lang), *differing)
        return Part(heading=say("learn.options", self._lang), sentences=sentences, table=table)

    def _differing(self, rows: Sequence[Row]) -> list[str]:
        """Initiatives of which two units' intervals do not meet."""
        said = []
        for initiative in dict.fromkeys(row["initiative"] for row in rows):
            own = [row for row in rows if row["initiative"] == initiative]
            worst, best = min(own, key=lambda row: row["high"]), max(own, key=lambda row: row["low"])
            if worst["high"] < best["low"]:
                said.append(
                    say(
                        "learn.units.differ",
                        self._lang,
                        initiative=self._subjects.initiative(initiative),
                        low=percent(worst["expected"], self._lang),
                        worst=worst["unit"],
                        high=percent(best["expected"], self._lang),
                        best=best["unit"],
                    )
                )
        return said

    def _initiatives(self) -> Part:
        table = Listed(
            headings=self._head("initiative", "values", "promised", "observed", "posterior", "borrowed"),
            rows=tuple(
                (self._subjects.initiative(row["initiative"]), str(row["observations"]), *self._cells(row))
                for row in self._rows
                if row["unit"] is None
            ),
        )
        heading, note = say("learn.initiatives", self._lang), say("learn.initiatives.note", self._lang)
        return Part(heading=heading, sentences=(note,), table=table)

    def _effects(self) -> Part:
        changed = [each for each in self._found.effects if each.differs]
        table = Listed(
            headings=self._head("initiative", "effect", "before", "after"),
            rows=tuple(
                (
                    self._subjects.initiative(each.row.initiative),
                    " ".join(filter(None, (each.row.category, each.row.segment, each.row.on, each.row.account))),
                    _three(each.row.low, each.row.mode, each.row.high, self._lang),
                    _three(each.low, each.mode, each.high, self._lang) + (" *" if each.cut else ""),
                )
                for each in changed
            ),
        )
        notes = [say("learn.effects.note", self._lang)]
        if any(each.cut for each in changed):
            notes.append(say("learn.effects.cut", self._lang))
        return Part(heading=say("learn.effects", self._lang), sentences=tuple(notes), table=table)

    def _silent(self) -> tuple[Part, ...]:
        rows = silent_rows(self._found.heard.silent)
        if not rows:
            return ()
        table = Listed(
            headings=self._head("indicator", "day", "why"),
            rows=tuple(
                (
                    " ".join(filter(None, (row["commitment"] or row["account"], row["indicator"]))),
                    row["observed"],
                    say(f"learn.silent.{row['why']}", self._lang),
                )
                for row in rows
            ),
        )
        return (Part(heading=say("learn.silent", self._lang), table=table),)


def _three(low: float, mode: float, high: float, lang: Lang) -> str:
    return " / ".join(number(value, lang, 3) for value in (low, mode, high))
