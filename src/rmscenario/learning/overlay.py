"""What was learnt as a scenario that is laid over the region: each changed effect with its old and new figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rmscenario.learning.effects import NewEffect
from rmscenario.region.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts of the overlay: titles in both languages, title and note of the reference, and the reason of a change."""

    title_da: str
    title_en: str
    reference: str
    note: str
    measured: str
    derived: str


def reference_of(round_name: str) -> str:
    """Id of the reference that learnt figures name."""
    return f"follow-up.{round_name}"


def overlay(model: str, round_name: str, effects: Sequence[NewEffect], observed: Iterable[str], words: Words) -> str:
    """Scenario file of what was learnt.

    Parameters
    ----------
    model : str
        Folder of the region's tables, relative to the file.
    observed : iterable of str
        Initiatives with observations of their own: their effects are measured, the others derived from them.
    """
    seen = set(observed)
    own = reference_of(round_name)
    reference = {"reference": own, "title": words.reference, "note": words.note}
    parts = [
        f"title_da = {_text(words.title_da)}\ntitle_en = {_text(words.title_en)}\nmodel = {_text(model)}",
        f'[[add]]\ntable = "references"\nrow = {_inline(reference)}\nreason = {_text(words.reference)}',
    ]
    for effect in effects:
        row, measured = effect.row, effect.row.initiative in seen
        grade = Grade.MEASURED if measured else Grade.DERIVED
        sourced = {"reference": own, "grade": grade.value}
        new: dict[str, str | float] = {
            **effect.differs,
            **{name: value for name, value in sourced.items() if value != getattr(row, name)},
        }
        where = {name: getattr(row, name) or "" for name in type(row).key}
        reason = (words.measured if measured else words.derived).format(
            low=f"{row.low:g}", mode=f"{row.mode:g}", high=f"{row.high:g}"
        )
        if effect.differs:
            parts.append(
                f'[[change]]\ntable = "effects"\nwhere = {_inline(where)}\nset = {_inline(new)}\nreason = {_text(reason)}'
            )
    return "\n\n".join(parts) + "\n"


def _text(value: str) -> str:
    """A basic string of TOML, which are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _inline(cells: Mapping[str, str | float]) -> str:
    return "{ " + ", ".join(f"{name} = {_cell(value)}" for name, value in cells.items()) + " }"


def _cell(value: str | float) -> str:
    return _text(value) if isinstance(value, str) else repr(float(value))
