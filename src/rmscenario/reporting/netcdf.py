"""Arrays as netCDF with CF attributes, written whole or not at all, the same bytes for the same input.

The classic format (64-bit offsets) is chosen over HDF5: its bytes follow from its content alone, scipy writes it without
a further library, and every netCDF tool reads it. It is written as xarray would write it, but through scipy alone: where
dask is installed, xarray's own writer imports its scheduler first, which takes longer than all that is written here.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import xarray as xr
from scipy.io import netcdf_file

from rmscenario.errors import RmscenarioError

CONVENTIONS = "CF-1.11"
ENGINE: Literal["scipy"] = "scipy"
#: Of the classic format, the one with 64-bit offsets.
VERSION = 2
#: How text is kept in a format that knows bytes alone.
ENCODING = "utf-8"
#: Attribute that lists the variables over a dimension of no length, which the format cannot hold: `name(dim, dim) …`.
EMPTY = "empty_variables"
#: The unit of a count or share in the spelling of CF.
DIMENSIONLESS = "1"
_LONG_NAMES = {
    "stream": "quantity, for the footprint with its account",
    "source": "unit and category",
    "option": "initiative and unit that carries it out",
    "target": "target",
    "skill": "skill",
    "year": "calendar year",
    "draw": "number of the draw",
}


def _with_attributes(dataset: xr.Dataset) -> xr.Dataset:
    """The data set with the attributes CF asks for, its text kept as text."""
    made = dataset.copy(deep=False)
    made.attrs = {"Conventions": CONVENTIONS, "source": "rmscenario"} | dict(dataset.attrs)
    for key, variable in made.variables.items():
        attrs = dict(variable.attrs)
        attrs.setdefault("long_name", _LONG_NAMES.get(str(key), str(key).replace("_", " ")))
        if variable.dtype.kind in "biuf" and "ancillary_variables" not in attrs:  # which names the units, one by one
            attrs.setdefault("units", "year" if key == "year" else DIMENSIONLESS)
        variable.attrs = attrs
    return made


def _without_empty(dataset: xr.Dataset) -> xr.Dataset:
    """The data set without dimensions of no length, which the format takes for the unlimited one; it says so."""
    none = [str(dim) for dim, size in dataset.sizes.items() if size == 0]
    if not none:
        return dataset
    left = dataset.drop_dims(none)
    gone = [f"{key}({','.join(map(str, dataset[key].dims))})" for key in dataset.variables if key not in left.variables]
    return left.assign_attrs({EMPTY: " ".join(gone)})


def read_netcdf(path: Path) -> xr.Dataset:
    """Read a data set as it was before it was written, variables over dimensions of no length included."""
    with xr.open_dataset(path, engine=ENGINE, decode_times=False, decode_timedelta=False) as dataset:
        loaded = dataset.load()
    for entry in str(loaded.attrs.pop(EMPTY, "")).split():
        name, _, dims = entry.removesuffix(")").partition("(")
        names = dims.split(",")
        shape = [loaded.sizes.get(dim, 0) for dim in names]
        kind = str if names == [name] or name.endswith("_units") else float
        loaded[name] = (names, np.zeros(shape, dtype=kind))
    return loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A variable in the types of the format."""

    dims: tuple[str, ...]
    values: npt.NDArray[np.generic]
    attrs: dict[str, object]


def _as_kept(name: str, variable: xr.Variable) -> _Kept:
    """A variable as it is kept: text as letters over a dimension of its own, yes and no as bytes, integers of 32 bits.

    Raises
    ------
    RmscenarioError
        When an integer takes more than 32 bits.
    """
    dims, values, attrs = tuple(map(str, variable.dims)), variable.values, dict(variable.attrs)
    if values.dtype.kind in "OU":
        texts = [str(value).encode(ENCODING) for value in values.ravel()]
        width = max([1, *map(len, texts)])
        letters = np.asarray(texts, dtype=f"S{width}").view("S1").reshape(*values.shape, width)
        return _Kept(dims=(*dims, f"string{width}"), values=letters, attrs=attrs | {"_Encoding": ENCODING})
    if values.dtype.kind == "b":
        return _Kept(dims=dims, values=values.astype(np.int8), attrs=attrs | {"dtype": "bool"})
    return _Kept(dims=dims, values=_narrow(name, values), attrs=attrs)


def _narrow(name: str, values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Integers as those of 32 bits, others as they are."""
    if values.dtype.kind not in "iu":
        return values
    kept = values.astype(np.int32)
    if not np.array_equal(kept, values):
        raise RmscenarioError(
            f"{name}: found an integer of more than 32 bits, expected smaller ones; this is a fault of the program"
        )
    return kept


def _write(variables: Mapping[str, _Kept], attributes: Mapping[str, object], path: Path) -> None:
    """Write variables as xarray would."""
    with netcdf_file(path, "w", version=VERSION) as file:
        for name, value in attributes.items():
            setattr(file, name, _attribute(name, value))
        for key, kept in variables.items():
            for dim, size in zip(kept.dims, kept.values.shape, strict=True):
                if dim not in file.dimensions:
                    file.createDimension(dim, size)
            made = file.createVariable(key, kept.values.dtype, kept.dims)
            made[...] = kept.values
            for name, value in kept.attrs.items():
                setattr(made, name, _attribute(name, value))


def _attribute(name: str, value: object) -> object:
    return value.encode(ENCODING) if isinstance(value, str) else _narrow(name, np.atleast_1d(np.asarray(value)))


def _check(expected: Mapping[str, _Kept], path: Path) -> None:
    """Read a file back and compare it with what was to be written.

    Raises
    ------
    RmscenarioError
        When names, dimensions or values differ.
    """
    with netcdf_file(path, "r", mmap=False) as found:
        if {key: made.dimensions for key, made in found.variables.items()} != {
            key: kept.dims for key, kept in expected.items()
        }:
            raise RmscenarioError(
                f"{path.name}: found other dimensions or names than were written, expected the same; the disk may be faulty"
            )
        for key, kept in expected.items():
            if not np.array_equal(found.variables[key][...], kept.values, equal_nan=kept.values.dtype.kind == "f"):
                raise RmscenarioError(
                    f"{path.name}: {key}: found other values than were written; the disk may be faulty"
                )


def write_netcdf(dataset: xr.Dataset, path: Path, may_miss: Collection[str] = ()) -> None:
    """Write a data set: first beside the place, read back, then moved there in one step.

    Parameters
    ----------
    may_miss : collection of str
        Variables that may hold NaN, where they are not defined.

    Raises
    ------
    RmscenarioError
        When a number is missing (NaN) or infinite, or what is read back differs.
    """
    for key, variable in dataset.variables.items():
        if variable.dtype.kind != "f":
            continue
        values = variable.to_numpy()
        if not (np.isfinite(values) | (np.isnan(values) & (str(key) in may_miss))).all():
            raise RmscenarioError(
                f"{path.name}: {key}: found a missing or infinite number, expected finite ones; this is a fault of the program"
            )
    encoded, attributes = xr.conventions.encode_dataset_coordinates(_with_attributes(_without_empty(dataset)))
    variables = {str(key): _as_kept(str(key), variable) for key, variable in encoded.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write(variables, {str(key): value for key, value in attributes.items()}, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        _check(variables, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
