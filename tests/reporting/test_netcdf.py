"""netCDF files: what is written is read back, whole, with CF attributes, the same bytes each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from scipy.io import netcdf_file

from rmscenario.errors import RmscenarioError
from rmscenario.reporting.netcdf import read_netcdf, write_netcdf
from rmscenario.reporting.results import Result


@pytest.fixture
def small() -> xr.Dataset:
    return xr.Dataset(
        {
            "quantity": (
                ("unit", "year"),
                np.array([[1.0, 2.0], [3.0, 1 / 3]]),
                {"units": "tCO2e/a", "long_name": "amount"},
            ),
            "met": (("year",), np.array([True, False])),
        },
        coords={"unit": ["Å", "B"], "year": np.array([2027, 2028])},
        attrs={"region": "Prøve"},
    )


#: Units that a reader of CF conventions parses, but for money, which it does not know.
KNOWN = {"1", "year", "a", "DKK", "DKK/a", "FTE", "tCO2e/a"}


def test_an_assessment_and_a_stress_test_read_back_as_they_were(result: Result, tmp_path: Path) -> None:
    for name, dataset in (("quantities", result.assessment), ("stress", result.stress)):
        assert dataset is not None
        path = tmp_path / f"{name}.nc"
        write_netcdf(dataset, path)
        with xr.open_dataset(path) as found:
            assert set(found.variables) == set(dataset.variables)
            for key in dataset.variables:
                np.testing.assert_array_equal(found[key].to_numpy(), dataset[key].to_numpy(), err_msg=str(key))
                assert found[key].attrs["long_name"]
                attrs = found[key].attrs
                if dataset[key].dtype.kind in "OUS":
                    continue
                if "ancillary_variables" in attrs:  # amounts of different quantities: no one unit would be true
                    assert "units" not in attrs
                    assert found[attrs["ancillary_variables"]].dims == found[key].dims[:1]
                else:
                    assert attrs["units"] in KNOWN


def test_attributes_follow_the_conventions(small: xr.Dataset, tmp_path: Path) -> None:
    write_netcdf(small, tmp_path / "x.nc")
    with netcdf_file(tmp_path / "x.nc", mmap=False) as found:
        assert found.Conventions == b"CF-1.11"
        assert found.region == "Prøve".encode()
        assert found.variables["quantity"].units == b"tCO2e/a"
        assert found.variables["quantity"].dimensions == ("unit", "year")
        assert found.variables["year"].units == b"year"
        assert found.variables["year"].long_name == b"calendar year"
        assert not hasattr(found.variables["quantity"], "_FillValue")


def test_the_same_data_give_the_same_bytes_and_stay_as_they_were(small: xr.Dataset, tmp_path: Path) -> None:
    before = small.copy(deep=True)
    write_netcdf(small, tmp_path / "a.nc")
    write_netcdf(small, tmp_path / "b.nc")
    assert (tmp_path / "a.nc").read_bytes() == (tmp_path / "b.nc").read_bytes()
    xr.testing.assert_identical(small, before)
    assert small["year"].encoding == before["year"].encoding


def test_a_missing_number_is_refused_and_the_earlier_file_stays(small: xr.Dataset, tmp_path: Path) -> None:
    path = tmp_path / "x.nc"
    write_netcdf(small, path)
    bytes_before = path.read_bytes()
    broken = small.copy(deep=True)
    broken["quantity"][0, 0] = np.nan
    with pytest.raises(RmscenarioError) as caught:
        write_netcdf(broken, path)
    assert str(caught.value) == (
        "x.nc: quantity: found a missing or infinite number, expected finite ones; this is a fault of the program"
    )
    assert path.read_bytes() == bytes_before
    assert [item.name for item in tmp_path.iterdir()] == ["x.nc"]


def test_what_may_be_undefined_is_kept_as_nan(small: xr.Dataset, tmp_path: Path) -> None:
    small["quantity"][0, 0] = np.nan
    write_netcdf(small, tmp_path / "x.nc", may_miss=("quantity",))
    with xr.open_dataset(tmp_path / "x.nc") as found:
        assert np.isnan(found["quantity"].to_numpy()[0, 0])
    small["quantity"][0, 0] = np.inf
    with pytest.raises(RmscenarioError, match="infinite"):
        write_netcdf(small, tmp_path / "x.nc", may_miss=("quantity",))


def test_a_draft_is_removed_when_the_disk_refuses(small: xr.Dataset, tmp_path: Path) -> None:
    (tmp_path / "x.nc").mkdir()
    with pytest.raises(OSError, match=r"x\.nc"):
        write_netcdf(small, tmp_path / "x.nc")
    assert [item.name for item in tmp_path.iterdir()] == ["x.nc"]


def test_variables_over_nothing_read_back_over_nothing(tmp_path: Path) -> None:
    dataset = xr.Dataset(
        {"residual": (("target", "year"), np.zeros((0, 2))), "npv": ((), 3.0, {"units": "DKK"})},
        coords={"target": np.asarray([], dtype=str), "year": [2027, 2028]},
    )
    write_netcdf(dataset, tmp_path / "x.nc")
    found = read_netcdf(tmp_path / "x.nc")
    assert found["residual"].dims == ("target", "year")
    assert found["residual"].shape == (0, 2)
    assert (found.sizes["target"], float(found["npv"])) == (0, 3.0)
    assert "empty_variables" not in found.attrs


def test_a_file_has_the_bytes_that_xarray_itself_would_write(tmp_path: Path) -> None:
    def named(name: str) -> dict[str, str]:
        return {"long_name": name, "units": "1"}

    dataset = xr.Dataset(
        {
            "amount": (("unit", "year"), np.array([[1.0, 2.0], [3.0, 1 / 3]]), named("amount")),
            "met": (("year",), np.array([True, False]), named("met")),
            "word": (("year",), np.array(["ærø", ""]), {"long_name": "word"}),
            "count": ((), np.int64(7), named("count") | {"valid_min": 0}),
        },
        coords={
            "unit": ("unit", ["Å", "B"], {"long_name": "unit"}),
            "year": ("year", [2027, 2028], named("year")),
            "name": ("unit", np.array(["Å hus", "B hus"], dtype=object), {"long_name": "name"}),
        },
        attrs={"Conventions": "CF-1.11", "source": "rmscenario", "region": "Prøve", "seeds": [1, 2]},
    )
    write_netcdf(dataset, tmp_path / "a.nc")
    plain = dataset.copy()
    plain["amount"].encoding = {"_FillValue": None}
    plain.to_netcdf(tmp_path / "b.nc", engine="scipy", format="NETCDF3_64BIT")
    assert (tmp_path / "a.nc").read_bytes() == (tmp_path / "b.nc").read_bytes()
    with xr.open_dataset(tmp_path / "a.nc") as found:
        xr.testing.assert_equal(found, dataset)


def test_an_integer_that_the_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    dataset = xr.Dataset({"draws": ((), np.int64(2**40))})
    with pytest.raises(RmscenarioError, match="draws: found an integer of more than 32 bits"):
        write_netcdf(dataset, tmp_path / "x.nc")
    assert list(tmp_path.iterdir()) == []


def test_writing_does_not_import_the_scheduler_of_dask(tmp_path: Path) -> None:
    code = (
        "import sys, numpy as np, xarray as xr; from pathlib import Path\n"
        "from rmscenario.reporting.netcdf import write_netcdf\n"
        "write_netcdf(xr.Dataset({'a': ('x', np.ones(3)), 't': ('x', ['a', 'b', 'c'])}), Path(sys.argv[1]))\n"
        "print('distributed' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x.nc")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
