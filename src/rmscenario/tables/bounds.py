"""Between which bounds a number may lie, read off the annotations of row models and option tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Ends of a range of numbers; an end that is None is open to infinity.

    Attributes
    ----------
    at_least, at_most : float or None
        Ends that belong to the range.
    above, below : float or None
        Ends that do not.
    """

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @classmethod
    def of(cls, marks: Iterable[object]) -> Bounds:
        """The bounds that the marks of an annotation set."""
        ends: dict[str, Any] = {}
        for mark in marks:
            match mark:
                case Ge(ge=end):
                    ends["at_least"] = end
                case Gt(gt=end):
                    ends["above"] = end
                case Le(le=end):
                    ends["at_most"] = end
                case Lt(lt=end):
                    ends["below"] = end
        return cls(**ends)

    def __contains__(self, value: float) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def __str__(self) -> str:
        """The range in words that follow a noun, ` from 0 to 1`; nothing where it has no end."""
        if self.at_least is not None and self.at_most is not None:
            return f" from {_shown(self.at_least)} to {_shown(self.at_most)}"
        words = {"at least": self.at_least, "above": self.above, "at most": self.at_most, "below": self.below}
        told = " and ".join(f"{word} {_shown(end)}" for word, end in words.items() if end is not None)
        return f" of {told}" if told.startswith("at") else f" {told}".rstrip()

    @property
    def of_shares(self) -> bool:
        """Whether the range goes from 0 to 1, with or without its ends."""
        return 0 in (self.at_least, self.above) and 1 in (self.at_most, self.below)

    def remedy(self, value: float, decimal: str = ".") -> str:
        """What to do about a number outside: an amount without its sign, a percentage as a share, or only another one."""
        largest = self.at_most if self.below is None else self.below
        if largest is not None and largest <= 1 < value <= 100 and value / 100 in self:
            return as_share(value, decimal)
        return "write the amount without a sign" if value < 0 and -value in self else "correct the number"


def as_share(percentage: float, decimal: str = ".") -> str:
    """Advice to write a percentage as a share of 1, with the file's decimal sign."""
    share = percentage / 100
    plain = f"{share:.2f}" if round(share, 2) == share else f"{share:.10g}"
    return f"write {plain} for {percentage:g} %".replace(".", decimal)


def unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Type and marks of an annotation that may be optional, of a list's items, and annotated more than once."""
    if get_origin(annotation) in (Union, UnionType):
        (inner,) = (argument for argument in get_args(annotation) if argument is not type(None))
        return unwrapped(inner)
    if get_origin(annotation) is tuple:
        return unwrapped(get_args(annotation)[0])
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        base, more = unwrapped(inner)
        return base, [*_flat(marks), *more]
    return annotation, []


def _flat(marks: list[Any]) -> Iterator[Any]:
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from mark.metadata
        else:
            yield mark


def _shown(end: float) -> str:
    return str(end) if isinstance(end, int) else f"{end:g}"
