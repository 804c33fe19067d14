"""Arrays as netCDF with CF attributes, written whole or not at all, the same bytes for the same input.

The classic format (64-bit offsets) is chosen over HDF5: its bytes follow from its content alone, scipy writes it without
a further library, and every netCDF tool reads it.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Literal

import numpy as np
import xarray as xr

from rmscenario.errors import RmscenarioError

CONVENTIONS = "CF-1.11"
ENGINE: Literal["scipy"] = "scipy"
FORMAT: Literal["NETCDF3_64BIT"] = "NETCDF3_64BIT"
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


def _check(expected: xr.Dataset, path: Path) -> None:
    """Read a file back and compare it with what was to be written.

    Raises
    ------
    RmscenarioError
        When dimensions, names or values differ, or a number is missing.
    """
    with xr.open_dataset(
        path, engine=ENGINE, decode_times=False, decode_timedelta=False, mask_and_scale=False
    ) as found:
        if dict(found.sizes) != dict(expected.sizes) or set(found.variables) != set(expected.variables):
            raise RmscenarioError(
                f"{path.name}: found other dimensions or names than were written, expected the same; the disk may be faulty"
            )
        for key, variable in expected.variables.items():
            values = found[key].to_numpy()
            same = (
                np.array_equal(values.astype(str), variable.to_numpy().astype(str))
                if variable.dtype.kind in "OUS"
                else np.array_equal(values, variable.to_numpy(), equal_nan=variable.dtype.kind == "f")
            )
            if not same:
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
    made = _with_attributes(_without_empty(dataset))
    for variable in made.variables.values():
        variable.encoding = {"_FillValue": None} if variable.dtype.kind == "f" else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        made.to_netcdf(draft, engine=ENGINE, format=FORMAT)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        _check(made, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
