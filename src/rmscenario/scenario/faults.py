"""What is wrong in a scenario, said in the words of the reader: which file and line, found, expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.tables.columns import out_of_bounds

#: Most known names that a message lists.
MOST_LISTED = 20

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece of a scenario stands: the file as the reader knows it, and its line."""

    file: str
    line: int | None = None

    def fault(self, column: str | None, *, found: str, expected: str, remedy: str) -> Fault:
        """A fault at this place."""
        return Fault(file=self.file, row=self.line, column=column, found=found, expected=expected, remedy=remedy)


class WrongPartError(ValueError):
    """Raised by validators of a scenario's schema: what was found, expected, and what to do."""

    def __init__(self, *, found: str, expected: str, remedy: str) -> None:
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(f"found {found}, expected {expected}; {remedy}")


def no_truth_value(value: object, annotation: Any) -> object:
    """The value of an option; true and false are no numbers, though Python counts with them.

    Raises
    ------
    WrongPartError
        When one of them stands where a number should.
    """
    kinds = {getattr(part, "__origin__", part) for part in (annotation, *get_args(annotation))}
    if not isinstance(value, bool) or bool in kinds or not kinds & {int, float}:
        return value
    raise WrongPartError(
        found=quoted(value), expected="a whole number" if int in kinds else "a number", remedy="write the number"
    )


def quoted(value: object) -> str:
    """A found value as a message repeats it: text in quotes, numbers bare, blanks by their name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, list | tuple):
        return f"a list ({', '.join(quoted(item) for item in value)})" if value else "an empty list"
    return "a blank" if value is None or value == "" else shown(value)


def listed(known: Iterable[object]) -> str:
    """Known names in a row, the first of them if there are many."""
    names = [str(name) for name in known]
    if len(names) > MOST_LISTED:
        return ", ".join(names[:MOST_LISTED]) + f", … ({len(names)} in all)"
    return ", ".join(names)


def advice(found: object, known: Iterable[object], otherwise: str) -> str:
    """What to do about an unknown name: the nearest known one, if there is one that is near."""
    hint = did_you_mean(str(found), [str(name) for name in known if name is not None])
    return hint if hint.startswith("did you mean") else otherwise


def keys_of(fields: Mapping[str, FieldInfo]) -> tuple[str, ...]:
    """The keys of a part of a scenario file, as they are written."""
    return tuple(field.alias or name for name, field in fields.items())


def faults_of(
    error: ValidationError,
    place: Place,
    *,
    parts: Mapping[KeyPath, type[BaseModel]],
    prefix: KeyPath = (),
    lines: Mapping[KeyPath, int] | None = None,
) -> list[Fault]:
    """The faults of a pydantic validation, one for each wrong key.

    `parts` gives the model that holds the keys below a path (indices left out), `lines` the lines where keys stand.
    """
    faults: dict[KeyPath, Fault] = {}
    for item in error.errors(include_url=False):
        path: KeyPath = (*prefix, *item["loc"])
        if path in faults:
            continue
        line = _line(path, lines) if lines is not None else place.line
        here = Place(file=place.file, line=line if line is not None else place.line)
        faults[path] = _fault(item, here, tuple(part for part in path if isinstance(part, str)), parts)
    return list(faults.values())


def _line(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _fault(item: Any, place: Place, path: tuple[str, ...], parts: Mapping[KeyPath, type[BaseModel]]) -> Fault:
    column = ".".join(path)
    found, kind = item["input"], item["type"]
    fields = parts[path[:-1]].model_fields if path[:-1] in parts else {}
    if kind == "extra_forbidden":
        key, known = path[-1], keys_of(fields)
        return place.fault(
            ".".join(path[:-1]) or None,
            found=f"key {shown(key)}",
            expected=f"one of {listed(known)}",
            remedy=advice(key, known, "remove it"),
        )
    if kind == "missing":
        return place.fault(column, found="nothing", expected="a value", remedy=f"add `{path[-1]} = …`")
    if kind == "value_error" and isinstance(wrong := item["ctx"]["error"], WrongPartError):
        return place.fault(column or None, found=wrong.found, expected=wrong.expected, remedy=wrong.remedy)
    if path and path[-1] in fields and (outside := out_of_bounds(path[-1], fields[path[-1]], item)):
        return place.fault(column, found=quoted(found), expected=outside.expected, remedy=outside.remedy)
    if kind == "enum":
        words = [word.strip("' ") for word in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return place.fault(
            column, found=quoted(found), expected=f"one of {listed(words)}", remedy=advice(found, words, "choose one")
        )
    return place.fault(
        column, found=quoted(found), expected=_expected(kind, item.get("ctx", {})), remedy="correct the value"
    )


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    kinds = {
        "int": "a whole number",
        "float": "a number, with a decimal point",
        "bool": "true or false",
        "string": "a text",
        "tuple": "a list in square brackets",
        "dict": "a table `{column = value}`",
        "model": "a table",
        "finite": "a finite number",
    }
    if kind == "string_pattern_mismatch":
        return "an id: letters, digits and _ . + -, at most 40"
    if kind == "string_too_short":
        return "a text that is not empty"
    if kind in ("string_too_long", "too_long"):
        return f"at most {context['max_length']} characters"
    if kind == "too_short":
        return f"at least {context['min_length']} entry"
    return kinds.get(kind.partition("_")[0], kind.replace("_", " "))
