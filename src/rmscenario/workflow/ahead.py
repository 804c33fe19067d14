"""What a run imports in any case, imported before anything is held that Ctrl-C would have to save first."""

from __future__ import annotations

import xarray as xr


def import_ahead() -> None:
    """Import what xarray imports with its first data set: dask's arrays and pint, half a second and more."""
    xr.Dataset({"name": ("number", ["first"])}, coords={"number": [0]}).sel(number=0)
