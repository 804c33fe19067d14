"""A dossier as tables of cells, so that the document and the workbook say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rmscenario.region import Region
from rmscenario.reporting.agreements.tables import Words, money_rows, staff_rows
from rmscenario.reporting.dossiers.contents import Dossier, Entry, Need, Since
from rmscenario.reporting.dossiers.warnings import warned
from rmscenario.reporting.language import Lang, day, name, say
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word
from rmscenario.rounds.rows import IN_SERVICE, START

#: [1] Widths of columns in a workbook, by what they hold.
_NAME, _WORD, _NUMBER, _YEAR, _LONG = 46, 18, 11, 8, 60


def sheets(dossier: Dossier, region: Region, lang: Lang) -> tuple[tuple[str, Sheet], ...]:
    """All tables of a dossier by key, in reading order."""
    words = Words(region, lang)
    makers: dict[str, Callable[[], Sheet]] = {
        "signs": lambda: _signs(dossier, words),
        "tonnes": lambda: _tonnes(dossier, words),
        "money": lambda: _money(dossier, words),
        "staff": lambda: _staff(dossier, words),
        "milestones": lambda: _milestones(dossier, words),
        "indicators": lambda: _indicators(dossier, words),
        "acting": lambda: _acting(dossier, words),
        "needs": lambda: _needs(dossier, words),
        "warnings": lambda: _warnings(dossier, region, words),
        "evidence": lambda: _evidence(dossier, words),
        "since": lambda: _since(dossier, words),
    }
    if dossier.signposts is None:  # "none" would be another thing than "not computed", which the text says
        del makers["warnings"]
    return tuple((key, make()) for key, make in makers.items())


def _sheet(
    key: str,
    words: Words,
    columns: Sequence[tuple[str, int | None, Form, int]],
    rows: Sequence[tuple[Cell, ...]],
    totals: int = 0,
    **values: object,
) -> Sheet:
    """A table whose heading, note and columns are texts of the catalogue."""
    lang = words.lang
    return Sheet(
        title=say(f"dossier.sheet.{key}", lang, **values),
        short=say(f"dossier.short.{key}", lang),
        note=say(f"dossier.note.{key}", lang, **values),
        columns=tuple(
            Column(
                heading=heading if heading.isdigit() else say(f"dossier.column.{heading}", lang, **values),
                decimals=decimals,
                form=form,
                width=width,
            )
            for heading, decimals, form, width in columns
        ),
        rows=tuple(rows),
        totals=totals,
    )


def _text(heading: str, width: int = _WORD) -> tuple[str, None, Form, int]:
    return heading, None, Form.AMOUNT, width


def _amount(heading: str, decimals: int = 0) -> tuple[str, int, Form, int]:
    return heading, decimals, Form.AMOUNT, _NUMBER


_START, _LEVEL = ("start", 0, Form.YEAR, _YEAR), ("level", 0, Form.SHARE, _YEAR)


def status(entry: Entry, lang: Lang) -> str:
    """How a commitment stands, in words."""
    word = say(f"round.status.{entry.question.now.status.value}", lang)
    return say("dossier.decided", lang, status=word) if entry.decided else word


def _begins(entry: Entry) -> tuple[Cell, Cell]:
    row = entry.question.now
    return None if row.start is None else float(row.start), row.level


def _instead(entry: Entry, words: Words) -> str:
    """What an entry replaces, and what it rules out."""
    parts = [words.initiative(other) for other in entry.supersedes]
    if entry.rules_out:
        others = ", ".join(words.initiative(other) for other in entry.rules_out)
        parts.append(say("dossier.rules_out", words.lang, others=others))
    return "; ".join(parts)


def _signs(dossier: Dossier, words: Words) -> Sheet:
    """What the unit signs, by track."""
    rows: list[tuple[Cell, ...]] = [
        (
            words.tracks[entry.initiative.track],
            words.initiative(entry.initiative.initiative),
            *_begins(entry),
            status(entry, words.lang),
            entry.share if entry.share < 1.0 else None,
            _instead(entry, words),
        )
        for entry in dossier.answers
    ]
    rows.sort(key=lambda row: list(words.tracks.values()).index(str(row[0])))
    columns = (
        _text("track", 26),
        _text("initiative", _NAME),
        _START,
        _LEVEL,
        _text("status"),
        ("share", 1, Form.SHARE, _NUMBER),
        _text("instead", _NAME),
    )
    told = {"share": dossier.shared, "instead": any(row[-1] for row in rows)}
    shown = [at for at, (heading, *_) in enumerate(columns) if told.get(heading, True)]
    share, instead = (say(f"dossier.note.{key}", words.lang) if here else "" for key, here in told.items())
    return _sheet(
        "signs",
        words,
        [columns[at] for at in shown],
        [tuple(row[at] for at in shown) for row in rows],
        share=share,
        instead=instead,
    )


def _tonnes(dossier: Dossier, words: Words) -> Sheet:
    """What each commitment takes off, with its interval; those without effect on CO2e have no row."""
    shown = [
        (year, amount)
        for year in dossier.tonnes_years
        for amount in ("in_plan", "low", "mode", "high", "in_account")
        if amount != "in_account" or year == dossier.round.last_year  # eleven columns are hard to read
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            words.initiative(entry.initiative.initiative),
            *(None if year not in entry.tonnes else getattr(entry.tonnes[year], amount) for year, amount in shown),
        )
        for entry in dossier.answers
        if entry.tonnes
    ]
    counted = [entry.tonnes for entry in dossier.own if entry.stands and entry.tonnes]
    sums = (
        say("agreement.total", words.lang),
        *(
            sum(tonnes[year].in_plan for tonnes in counted if year in tonnes) if amount == "in_plan" else None
            for year, amount in shown
        ),
    )
    columns = [_text("initiative", _NAME)]
    rows += [sums] if counted else []
    moves = say("agreement.note.moves", words.lang)
    sheet = _sheet("tonnes", words, columns, rows, bool(counted), moves=moves)
    yearly = tuple(
        Column(heading=f"{year} {say(f'dossier.column.{key}', words.lang)}", decimals=0, width=_NUMBER)
        for year, key in shown
    )
    return replace(sheet, columns=(*sheet.columns, *yearly))


def _money(dossier: Dossier, words: Words) -> Sheet:
    """Money by kind and year, and what meters show on the unit's sources."""
    paid = [(entry.initiative.initiative, entry.money) for entry in dossier.borne]
    rows, sums = money_rows(paid, dossier.metered, dossier.years, words)
    columns = (_text("initiative", _NAME), _text("kind", 26), *(_amount(str(year)) for year in dossier.years))
    return _sheet("money", words, columns, [*rows, *sums], len(sums))


def _staff(dossier: Dossier, words: Words) -> Sheet:
    """Staff by skill and year."""
    staffed = [(entry.initiative.initiative, entry.staff) for entry in dossier.borne]
    rows, sums = staff_rows(staffed, dossier.years, words)
    columns = (_text("initiative", _NAME), _text("skill", 26), *(_amount(str(year), 2) for year in dossier.years))
    return _sheet("staff", words, columns, [*rows, *sums], len(sums))


def _milestones(dossier: Dossier, words: Words) -> Sheet:
    """By when each commitment has come how far."""
    lang = words.lang
    rows = [
        (
            words.initiative(entry.initiative.initiative),
            "; ".join(
                say("dossier.milestone", lang, milestone=name(row, lang), day=day(row.dated, lang))
                for row in entry.milestones
            ),
        )
        for entry in dossier.borne
        if entry.milestones
    ]
    return _sheet("milestones", words, (_text("initiative", _NAME), _text("milestones", _LONG)), rows)


def _indicators(dossier: Dossier, words: Words) -> Sheet:
    """How each commitment is followed up: its own indicators, and what share of it is in service at the round's end."""
    rows: list[tuple[Cell, ...]] = []
    for entry in dossier.borne:
        served = next((row for row in entry.indicators if row.indicator == IN_SERVICE), None)
        own = [row for row in entry.indicators if row.indicator not in (START, IN_SERVICE)]
        rows += [
            (
                words.initiative(entry.initiative.initiative),
                f"{name(row, words.lang)}: {row.definition_da if words.lang is Lang.DA else row.definition_en}",
                row.base,
                row.target,
                words.of_tables(row.measure),
                None if served is None else served.target,
                words.of_tables(row.data_owner_role),
                words.of_tables(row.frequency),
            )
            for row in own or entry.indicators[:1]
        ]
    columns = (
        _text("initiative", _NAME),
        _text("indicator", 30),
        ("base", 2, Form.PLAIN, _NUMBER),
        ("target", 2, Form.PLAIN, _NUMBER),
        _text("measure", 12),
        ("served", 0, Form.SHARE, _NUMBER),
        _text("owner"),
        _text("frequency", 14),
    )
    return _sheet("indicators", words, columns, rows, year=dossier.round.last_year)


def _acting(dossier: Dossier, words: Words) -> Sheet:
    """Group-wide initiatives that others carry and that act on the unit."""
    rows = [
        (
            words.initiative(entry.initiative.initiative),
            words.units[entry.question.now.unit],
            *_begins(entry),
            status(entry, words.lang),
            row.in_plan if (row := entry.tonnes.get(dossier.report_year)) is not None else None,
        )
        for entry in dossier.acting
    ]
    columns = (
        _text("initiative", _NAME),
        _text("carrier", 30),
        _START,
        _LEVEL,
        _text("status"),
        _amount("tonnes_all"),
    )
    return _sheet("acting", words, columns, rows, year=dossier.report_year)


def _needs(dossier: Dossier, words: Words) -> Sheet:
    """What the unit's starts need first, and who provides it."""

    def provided(need: Need) -> str:
        parts = [say("dossier.need.runs", words.lang, unit=words.units[unit]) for unit in need.running]
        parts += [
            say("dossier.need.starts", words.lang, unit=words.units[unit], year=year)
            for unit, year in need.starts.items()
        ]
        return "; ".join(parts) or say("dossier.need.nobody", words.lang)

    rows = [
        (
            words.initiative(need.initiative),
            words.initiative(need.prerequisite.requires),
            say(f"agreement.scope.{need.prerequisite.scope.value}", words.lang),
            say("agreement.lag.years", words.lang, years=need.prerequisite.lag)
            if need.prerequisite.lag
            else say("agreement.lag.none", words.lang),
            provided(need),
        )
        for need in dossier.needs
    ]
    columns = (
        _text("initiative", _NAME),
        _text("requires", _NAME),
        _text("where"),
        _text("when"),
        _text("provided", 40),
    )
    return _sheet("needs", words, columns, rows)


def _warnings(dossier: Dossier, region: Region, words: Words) -> Sheet:
    """What warns of a miss of the plan, and what is in reserve."""
    rows = [
        (
            row.trigger,
            row.known,
            row.reserve,
            say("word.yes" if dossier.unit in row.units else "word.no", words.lang) if row.units else "",
        )
        for row in warned(dossier.signposts or (), region, words.lang)
    ]
    columns = (_text("trigger", _LONG), _text("known", 16), _text("reserve", _LONG), _text("here", 12))
    return _sheet("warnings", words, columns, rows)


def _evidence(dossier: Dossier, words: Words) -> Sheet:
    """How well effect and price are documented, and by what."""
    rows = [
        (
            words.initiative(entry.initiative.initiative),
            grade_word(entry.effect_grade, words.lang),
            grade_word(entry.cost_grade, words.lang),
            "; ".join(words.references.get(row, row) for row in entry.references) or say("dossier.assumed", words.lang),
        )
        for entry in dossier.answers
    ]
    columns = (_text("initiative", _NAME), _text("effect"), _text("price"), _text("sources", _LONG))
    return _sheet("evidence", words, columns, rows)


def _since(dossier: Dossier, words: Words) -> Sheet:
    """What was there before this round; what is new stands in the table of what the unit signs."""
    rows = [
        (
            say(f"dossier.since.{how.value}", words.lang),
            words.initiative(initiative),
            "" if row is None else row.round,
            None if row is None else float(row.start),
            None if row is None else row.level,
            "" if row is None else say(f"status.{row.status.value}", words.lang),
        )
        for how, initiative, row in dossier.since
        if how is not Since.NEW
    ]
    columns = (
        _text("since", 14),
        _text("initiative", _NAME),
        _text("round", 14),
        _START,
        _LEVEL,
        _text("basis"),
    )
    return _sheet("since", words, columns, rows)
