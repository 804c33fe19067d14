"""The sheets of a whole-run workbook: everything that a run holds as tables, in one language.

Amounts are in the units used inside, so that they can be calculated with; each heading or row says which.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.exports.contents import Exported, Row
from rmscenario.reporting.exports.figures import key_figures
from rmscenario.reporting.language import Lang, name, say
from rmscenario.reporting.results import in_words, split_option, unit_names
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word
from rmscenario.reporting.sources import figures_by_reference, reference_notes, reference_titles

FloatArray = npt.NDArray[np.float64]

_WIDE, _MIDDLE, _NARROW = 46, 26, 9
#: Money of an assessment by option, and by source.
_OWN = ("capex_outlay", "annuity", "opex", "saving_own_cashable", "saving_own_avoided")
_METERED = ("saving_metered_cashable", "saving_metered_avoided")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")
#: Decimals of tonnes, of money and of staff as they are shown; the cells hold all digits.
_TONNES, _MONEY, _STAFF = 1, 0, 2


def run_sheets(exported: Exported, lang: Lang) -> tuple[Sheet, ...]:
    """All sheets of a run, in reading order."""
    makers: tuple[Callable[[Exported, Lang], Sheet], ...] = (
        _overview, _targets, _starts, _limits, _quantities, _money, _staff, _contributions, _stress, _touched,
        _sources, _evidence, _manifest,
    )  # fmt: skip
    return tuple(make(exported, lang) for make in makers)


def _heading(key: str, lang: Lang, **places: object) -> str:
    return say(f"export.column.{key}", lang, **places)


def _text(key: str, lang: Lang, width: int = 12) -> Column:
    return Column(heading=_heading(key, lang), width=width)


def _amount(key: str, lang: Lang, decimals: int = _TONNES, **places: object) -> Column:
    return Column(heading=_heading(key, lang, **places), decimals=decimals, width=15)


def _share(key: str, lang: Lang, decimals: int = 1) -> Column:
    return Column(heading=_heading(key, lang), decimals=decimals, form=Form.SHARE)


def _year(key: str, lang: Lang) -> Column:
    return Column(heading=_heading(key, lang), decimals=0, form=Form.YEAR, width=_NARROW)


def _years(years: Iterable[int], decimals: int) -> list[Column]:
    return [Column(heading=str(year), decimals=decimals, width=13) for year in years]


def _sheet(key: str, lang: Lang, columns: Iterable[Column], rows: Iterable[Sequence[Cell]], totals: int = 0) -> Sheet:
    return Sheet(
        title=say(f"export.sheet.{key}", lang),
        short=say(f"export.short.{key}", lang),
        note=say(f"export.note.{key}", lang),
        columns=tuple(columns),
        rows=tuple(map(tuple, rows)),
        totals=totals,
    )


def _yes(value: bool, lang: Lang) -> str:
    return say("word.yes" if value else "word.no", lang)


def _in(row: Row, key: str, lang: Lang) -> str:
    """A name that a row holds in both languages."""
    return str(row[f"{key}_{lang.value}"])


def _overview(exported: Exported, lang: Lang) -> Sheet:
    columns = (_text("figure", lang, _WIDE), Column(heading=_heading("value", lang), decimals=6, form=Form.PLAIN, width=24), _text("measure", lang, 18))  # fmt: skip
    return _sheet("overview", lang, columns, key_figures(exported, lang))


def _targets(exported: Exported, lang: Lang) -> Sheet:
    columns = [_text("target", lang, _WIDE), _text("id", lang, 18), _text("quantity", lang, _MIDDLE), _text("account", lang, 16)]  # fmt: skip
    columns += [_text("measure", lang), _year("year", lang)]
    amounts = (
        "base", "cap", "residual_background", "residual", "residual_on_paper", "judged", "judged_background", "shortfall",
        "shortfall_background",
    )  # fmt: skip
    columns += [_amount(key, lang) for key in amounts]
    columns.append(_text("met", lang, _NARROW))
    chances = (
        "probability_met", "probability_met_low", "probability_met_high", "probability_met_error",
        "probability_met_background",
    )  # fmt: skip
    columns += [_share(key, lang, 2) for key in chances]
    drawn = ("mean", "p05", "p50", "p95", "expected_shortfall")
    columns += [_amount(key, lang) for key in drawn]
    columns += [_share("confidence", lang), _text("hard", lang, _NARROW), _amount("priority", lang, 0)]
    rows = (
        (
            _in(row, "name", lang), row["id"], _in(row, "quantity", lang), row["account"], row["unit"], row["year"],
            *(row.get(key) for key in amounts), _yes(row["met"], lang), *(row.get(key) for key in (*chances, *drawn)),
            row.get("confidence"), _yes(row["hard"], lang), row["priority"],
        )
        for row in exported.summary["targets"]
    )  # fmt: skip
    return _sheet("targets", lang, columns, rows)


def _starts(exported: Exported, lang: Lang) -> Sheet:
    region = exported.result.region
    tracks = {row.track: name(row, lang) for row in region.tracks}
    skills = {f"staff_{row.skill}": name(row, lang) for row in region.skills}
    money = ("capex_to_year", "capex_total", "annuity", "opex", "saving_own_cashable", "saving_own_avoided")
    columns = [_text("id", lang), _text("initiative", lang, _WIDE), _text("track", lang, _MIDDLE), _text("unit", lang, _MIDDLE)]  # fmt: skip
    columns += [_share("level", lang, 0), _year("start", lang), _year("report_year", lang)]
    columns += [_amount("tonnes_in_plan", lang), _amount("tonnes_alone", lang)]
    columns += [_amount(key, lang, _MONEY, price_year=region.settings.price_year) for key in money]
    columns += [_amount("staff_of", lang, _STAFF, skill=skill) for skill in skills.values()]
    columns.append(_text("grade_effect", lang, 16))
    rows = (
        (
            row["initiative"], _in(row, "name", lang), tracks[row["track"]], _in(row, "unit", lang), row["level"],
            row["start"], row["year"], row["tonnes_in_plan"], row["tonnes_alone"], *(row[key] for key in money),
            *(row[key] for key in skills), grade_word(None if row["grade"] is None else Grade(row["grade"]), lang),
        )
        for row in exported.starts
    )  # fmt: skip
    return _sheet("starts", lang, columns, rows)


def _limits(exported: Exported, lang: Lang) -> Sheet:
    columns = [_amount("equation", lang, 0), _text("limit", lang, 70), _text("measure", lang, 18)]
    columns += [_amount("left", lang), _text("sense", lang), _amount("right", lang), _amount("slack", lang)]
    columns += [_text("binding", lang, _NARROW), _text("kept", lang, _NARROW), _text("id", lang, _WIDE)]
    rows = (
        (
            row["equation"], row["label"], row["unit"], row["left"], say(f"export.sense.{row['sense']}", lang),
            row["right"], row["slack"], _yes(row["binding"], lang), _yes(row["kept"], lang), row["name"],
        )
        for row in exported.limits
    )  # fmt: skip
    return _sheet("limits", lang, columns, rows)


def _quantities(exported: Exported, lang: Lang) -> Sheet:
    """Each quantity by unit and category, in the plan and without new initiatives; sources that have none are left out."""
    region, assessment = exported.result.region, exported.result.assessment
    units = unit_names(region, lang)
    categories = {row.category: row for row in region.categories}
    quantities = {row.quantity: row for row in region.quantities}
    accounts = {row.account: name(row, lang) for row in region.accounts}
    cases = {"quantity": say("export.case.plan", lang), "background": say("export.case.background", lang)}
    values = {key: assessment[key].transpose("stream", "source", "year").to_numpy() for key in cases}
    there = np.any([(array != 0).any(axis=2) for array in values.values()], axis=0)
    rows: list[Sequence[Cell]] = []
    for at, stream in enumerate(map(str, assessment["stream"].to_numpy())):
        quantity, _, account = stream.partition("@")
        for number, source in enumerate(map(str, assessment["source"].to_numpy())):
            if not there[at, number]:
                continue
            unit, _, category = source.partition(":")
            row = categories[category]
            said = (
                name(quantities[quantity], lang), accounts.get(account, ""), units[unit], name(row, lang),
                in_words(region, row.group, lang), row.scope,
            )  # fmt: skip
            measure = quantities[quantity].measure
            rows += [(*said, case, measure, *values[key][at, number].tolist()) for key, case in cases.items()]
    columns = [_text("quantity", lang, _MIDDLE), _text("account", lang, _MIDDLE), _text("unit", lang, _MIDDLE)]
    columns += [_text("category", lang, _MIDDLE), _text("group", lang, 16), _amount("scope", lang, 0)]
    columns += [_text("case", lang, 16), _text("measure", lang)]
    return _sheet("quantities", lang, [*columns, *_years(assessment["year"].to_numpy().tolist(), _TONNES)], rows)


def _by_unit(exported: Exported, units: Iterable[str], values: FloatArray) -> FloatArray:
    """Values summed by the unit of each first entry: array (unit, …)."""
    place = {row.unit: number for number, row in enumerate(exported.result.region.units)}
    summed = np.zeros((len(place), *values.shape[1:]))
    np.add.at(summed, [place[unit] for unit in units], values)
    return summed


def _money(exported: Exported, lang: Lang) -> Sheet:
    region = exported.result.region
    years = list(region.years)
    assessment = exported.result.assessment.sel(year=years)
    options = [split_option(str(label))[1] for label in assessment["option"].to_numpy()]
    sources = [str(label).partition(":")[0] for label in assessment["source"].to_numpy()]
    amounts = {key: _by_unit(exported, options, assessment[key].transpose("option", "year").to_numpy()) for key in _OWN}
    amounts |= {
        key: _by_unit(exported, sources, assessment[key].transpose("source", "year").to_numpy()) for key in _METERED
    }
    units = list(unit_names(region, lang).values())
    rows = [
        (say(f"export.money.{key}", lang), unit, *line)
        for key, array in amounts.items()
        for unit, line in zip(units, array.tolist(), strict=True)
        if any(line)
    ]
    whole = say("export.whole", lang)
    sums = [(say(f"export.money.{key}", lang), whole, *array.sum(axis=0).tolist()) for key, array in amounts.items()]
    columns = [Column(heading=_heading("kind", lang, price_year=region.settings.price_year), width=_WIDE)]
    columns += [_text("unit", lang, _MIDDLE), *_years(years, _MONEY)]
    return _sheet("money", lang, columns, rows + sums, totals=len(sums))


def _staff(exported: Exported, lang: Lang) -> Sheet:
    region = exported.result.region
    years = list(region.years)
    staff = exported.result.assessment["staff"].sel(year=years).transpose("option", "skill", "year")
    options = [split_option(str(label))[1] for label in staff["option"].to_numpy()]
    by_unit = _by_unit(exported, options, staff.to_numpy())
    skills = [name(row, lang) for row in region.skills]
    units = list(unit_names(region, lang).values())
    rows = [
        (skill, unit, *line)
        for number, skill in enumerate(skills)
        for unit, line in zip(units, by_unit[:, number].tolist(), strict=True)
        if any(line)
    ]
    whole = say("export.whole", lang)
    sums = [(skill, whole, *line) for skill, line in zip(skills, by_unit.sum(axis=0).tolist(), strict=True)]
    columns = [_text("skill", lang, _MIDDLE), _text("unit", lang, _MIDDLE), *_years(years, _STAFF)]
    return _sheet("staff", lang, columns, rows + sums, totals=len(sums))


def _contributions(exported: Exported, lang: Lang) -> Sheet:
    """What each start takes off in each year, as its share of the joint reduction and by itself."""
    region = exported.result.region
    years = list(region.years)
    assessment = exported.result.assessment.sel(year=years)
    place = {str(label): number for number, label in enumerate(assessment["option"].to_numpy())}
    tonnes = {
        say(f"export.case.{key}", lang): assessment[key].transpose("option", "year").to_numpy()
        for key in ("tonnes_in_plan", "tonnes_alone")
    }
    tracks = {row.track: name(row, lang) for row in region.tracks}
    rows = (
        (
            row["initiative"], _in(row, "name", lang), tracks[row["track"]], _in(row, "unit", lang), row["start"], case,
            *array[place[f"{row['initiative']}:{row['unit']}"]].tolist(),
        )
        for row in exported.starts
        for case, array in tonnes.items()
    )  # fmt: skip
    columns = [_text("id", lang), _text("initiative", lang, _WIDE), _text("track", lang, _MIDDLE), _text("unit", lang, _MIDDLE)]  # fmt: skip
    columns += [_year("start", lang), _text("counted", lang, _MIDDLE), *_years(years, _TONNES)]
    return _sheet("contributions", lang, columns, rows)


def _stress(exported: Exported, lang: Lang) -> Sheet:
    """Each target in each year that was tested; no rows without a stress test."""
    stress, region = exported.result.stress, exported.result.region
    amounts = ("planned", "mean", "mean_error", "p05", "p50", "p95", "expected_shortfall")
    chances = ("probability_met", "probability_met_low", "probability_met_high", "probability_met_error")
    rows: list[Sequence[Cell]] = []
    for target in region.targets_by_priority if stress is not None else ():
        assert stress is not None
        if target.target not in stress["target"].to_numpy():
            continue
        of = stress.sel(target=target.target)
        for prefix in ("", "background_"):
            case = say("export.case.background" if prefix else "export.case.plan", lang)
            values = np.stack([of[f"{prefix}{key}"].to_numpy() for key in (*amounts, *chances)], axis=1)
            rows += [
                (name(target, lang), str(of["target_units"].item()), year, case, float(of["cap"]), *line)
                for year, line in zip(of["year"].to_numpy().tolist(), values.tolist(), strict=True)
            ]
    columns = [_text("target", lang, _WIDE), _text("measure", lang), _year("year", lang), _text("case", lang, 16)]
    columns += [_amount(key, lang) for key in ("cap", *amounts)]
    return _sheet("stress", lang, [*columns, *(_share(key, lang, 2) for key in chances)], rows)


def _touched(exported: Exported, lang: Lang) -> Sheet:
    keys = {"table": 18, "key": _MIDDLE, "column": 16, "old": 16, "new": 16, "scenario": 20, "reason": 60}
    rows = (tuple(_value(row[key]) if key in ("old", "new") else row[key] for key in keys) for row in exported.touched)
    return _sheet("touched", lang, [_text(key, lang, width) for key, width in keys.items()], rows)


def _value(text: str) -> Cell:
    """A value that a table holds as text: a number where it is written as one."""
    return float(text) if _NUMBER.fullmatch(text) else text


def _sources(exported: Exported, lang: Lang) -> Sheet:
    """Every reference, with how many rows of the tables are taken from it by grade."""
    region = exported.result.region
    found, nothing = figures_by_reference(region), Counter[Grade]()
    titles, notes = reference_titles(region, lang), reference_notes(region, lang)
    columns = [_text("id", lang, 18), _text("source", lang, 60), _text("url", lang, 40), _text("read", lang)]
    columns += [Column(heading=grade_word(grade, lang), decimals=0, width=14) for grade in Grade]
    columns.append(_text("note", lang, 80))
    rows: list[Sequence[Cell]] = [
        (
            row.reference, titles[row.reference], row.url, row.accessed,
            *(found.get(row.reference, nothing)[grade] for grade in Grade), notes[row.reference],
        )
        for row in region.references
    ]  # fmt: skip
    return _sheet("sources", lang, columns, rows)


def _evidence(exported: Exported, lang: Lang) -> Sheet:
    columns = [_text("part", lang, 30)]
    columns += [Column(heading=grade_word(grade, lang), decimals=1, form=Form.SHARE, width=16) for grade in Grade]
    rows = (
        (say(f"page.evidence.{part}", lang), *(shares.get(grade.value) for grade in Grade))
        for part, shares in exported.summary["evidence"].items()
    )
    return _sheet("evidence", lang, columns, rows)


def _manifest(exported: Exported, lang: Lang) -> Sheet:
    """Where the run is from: versions, hashes and options, as its manifest says."""
    manifest = exported.manifest
    rows: list[Sequence[Cell]] = [
        (say("export.manifest.made", lang), "", manifest["made"]),
        (say("export.manifest.command", lang), "", " ".join(manifest["command"])),
    ]
    for part in ("versions", "inputs", "outputs", "options", "seconds"):
        said = say(f"export.manifest.{part}", lang)
        rows += [(said, key, _cell(value)) for key, value in _flat(manifest[part])]
    columns = [_text("part", lang, 20), _text("what", lang, 44), Column(heading=_heading("value", lang), decimals=6, form=Form.PLAIN, width=70)]  # fmt: skip
    return _sheet("manifest", lang, columns, rows)


def _flat(content: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, object]]:
    """Leaves of nested mappings, each under its path."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _cell(value: object) -> Cell:
    """A value as a cell: numbers as numbers, lists as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
