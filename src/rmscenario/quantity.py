"""Units of measurement: what tables may write, converted into the units used inside, in one place.

Inside are tCO2e/a, MWh/a, m3/a, t/a, km/a, DKK and FTE. Tonnes of CO2e and tonnes of waste share the dimension of mass:
which of the two a figure means is said by its quantity, not by its unit.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rmscenario.errors import did_you_mean, shown

if TYPE_CHECKING:
    from pint import UnitRegistry
    from pint.registry import Unit

#: Units that quantities are counted in inside, and that outputs are given in.
INSIDE_MEASURES = ("tCO2e/a", "MWh/a", "m3/a", "t/a", "km/a", "DKK/a")

_DEFINITIONS = (
    "tonne = [mass]",
    "kilogram = tonne / 1000",
    "kilotonne = 1000 * tonne",
    "megatonne = 1000000 * tonne",
    "megawatthour = [energy]",
    "kilowatthour = megawatthour / 1000",
    "gigawatthour = 1000 * megawatthour",
    "gigajoule = megawatthour / 3.6",
    "terajoule = 1000 * gigajoule",
    "cubicmetre = [volume]",
    "krone = [money]",
    "thousand_kroner = 1000 * krone",
    "million_kroner = 1000000 * krone",
    "milliard_kroner = 1000000000 * krone",
    "fulltime_equivalent = [work]",
    "kilometre = [length]",
    "year = [time]",
)

# Written form (one per line of the error text) → name in the registry. Blanks and points do not matter.
_WRITTEN = {
    "t": "tonne",
    "ton": "tonne",
    "kg": "kilogram",
    "kt": "kilotonne",
    "Mt": "megatonne",
    "tCO2e": "tonne",
    "kgCO2e": "kilogram",
    "ktCO2e": "kilotonne",
    "MtCO2e": "megatonne",
    "MWh": "megawatthour",
    "kWh": "kilowatthour",
    "GWh": "gigawatthour",
    "GJ": "gigajoule",
    "TJ": "terajoule",
    "m3": "cubicmetre",
    "DKK": "krone",
    "kr.": "krone",
    "t.kr.": "thousand_kroner",
    "mio. kr.": "million_kroner",
    "mia. kr.": "milliard_kroner",
    "mio. DKK": "million_kroner",
    "mia. DKK": "milliard_kroner",
    "FTE": "fulltime_equivalent",
    "årsværk": "fulltime_equivalent",
    "km": "kilometre",
}
_YEAR = frozenset({"a", "år", "year"})


class MeasureError(ValueError):
    """A unit of measurement is unknown or of the wrong kind; says what was expected and what to do."""

    def __init__(self, *, found: str, expected: str, remedy: str) -> None:
        self.found, self.expected, self.remedy = shown(found), expected, remedy
        super().__init__(f"found {self.found}, expected {expected}; {remedy}")


def convert(value: float, measure: str, inside: str) -> float:
    """Convert a value from the unit a table writes into the unit used inside.

    Parameters
    ----------
    value : float [measure]
        The figure as written.
    measure : str
        Unit as written; "a year" (`/a`, `/år`) may be left out where the unit inside is a rate.
    inside : str
        Unit used inside.

    Returns
    -------
    float [inside]

    Raises
    ------
    MeasureError
        If `measure` is unknown, or of another dimension than `inside`.
    """
    return value * conversion_factor(measure, inside)


@cache
def conversion_factor(measure: str, inside: str) -> float:
    """Factor from `measure` to `inside`; kept per pair, since parsing a unit is slow."""
    if measure == inside:
        return 1.0
    parts = _parts(measure, inside)
    wanted = _parts(inside, inside)
    if wanted[-1] in _YEAR and parts[-1] not in _YEAR:
        parts = (*parts, "a")
    given, target = _unit(parts, measure, inside), _unit(wanted, inside, inside)
    if given.dimensionality != target.dimensionality:
        raise MeasureError(found=measure, expected=f"a unit that converts to {inside}", remedy=_advice(parts, wanted))
    return float(_registry().Quantity(1.0, given).to(target).magnitude)


def same_measure(one: str, other: str) -> bool:
    """Whether two written units are one, known or not: `kWh/m²` and `kWh/m2`, `a`, `år` and `year`."""
    return _spelled(one) == _spelled(other)


def _spelled(measure: str) -> tuple[str, ...]:
    parts = (_compared(part) for part in measure.split("/"))
    return tuple("year" if part in _YEAR else part for part in parts)


def _advice(parts: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    if parts[-1] in _YEAR and wanted[-1] not in _YEAR:
        return "it is an amount once, not a yearly one: drop '/år'"
    if wanted[-1] not in _YEAR and len(wanted) > 1:
        return f"write money per amount, such as kr./{wanted[-1]}"
    return f"write one of {', '.join(_same_dimension(wanted[0]))}"


def _parts(measure: str, inside: str) -> tuple[str, ...]:
    """Numerator and denominators of a unit, in the compared form: no blanks, no points."""
    if "%" in measure:
        raise MeasureError(
            found=measure,
            expected=f"a unit that converts to {inside}",
            remedy="shares are plain numbers in columns of their own: 67 % is 0.67",
        )
    return tuple(_compared(part) for part in measure.split("/"))


def _compared(written: str) -> str:
    """Form in which units are compared: `mio. kr.` and `mio.kr`, `m³` and `m3`, `CO₂e` and `CO2e` are one."""
    plain = unicodedata.normalize("NFKC", written)
    return "".join(plain.replace(".", "").replace("CO2-e", "CO2e").split())


@cache
def _known() -> dict[str, str]:
    return {_compared(written): name for written, name in _WRITTEN.items()}


@cache
def _registry() -> UnitRegistry[float]:
    # Half a second to import: only when a table writes another unit than the one inside.
    from pint import UnitRegistry  # noqa: PLC0415

    registry: UnitRegistry[float] = UnitRegistry(None)
    for definition in _DEFINITIONS:
        registry.define(definition)
    return registry


def _unit(parts: tuple[str, ...], measure: str, inside: str) -> Unit:
    known = _known()
    names = []
    for part in parts:
        if part in _YEAR:
            names.append("year")
        elif part in known:
            names.append(known[part])
        else:
            raise MeasureError(
                found=measure,
                expected=f"a unit that converts to {inside}",
                remedy=f"{did_you_mean(part, _WRITTEN)} known: {', '.join(_WRITTEN)}, and /a or /år".strip(),
            )
    return _registry().Unit(" / ".join(names))


@cache
def _same_dimension(wanted: str) -> tuple[str, ...]:
    registry, known = _registry(), _known()
    if wanted not in known:
        return tuple(_WRITTEN)
    dimension = registry.Unit(known[wanted]).dimensionality
    return tuple(written for written, name in _WRITTEN.items() if registry.Unit(name).dimensionality == dimension)


def written_measures() -> tuple[str, ...]:
    """Units that tables may write, alone or as a price per amount."""
    return tuple(_WRITTEN)
