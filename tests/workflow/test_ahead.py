"""What is imported before there is anything to save."""

from __future__ import annotations

import subprocess
import sys


def test_data_sets_import_nothing_large_once_it_was_imported_ahead() -> None:
    code = (
        "import sys\n"
        "import numpy as np, xarray as xr\n"
        "from rmscenario.workflow.ahead import import_ahead\n"
        "import_ahead()\n"
        "before = set(sys.modules)\n"
        "made = xr.Dataset({'a': (('unit', 'year'), np.ones((2, 2)))}, coords={'unit': ['A', 'B'], 'year': [2027, 2028]})\n"
        "made['a'].sel(year=2028).sum().to_numpy()\n"
        "print(sorted({name.partition('.')[0] for name in set(sys.modules) - before} & {'dask', 'distributed', 'pint'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
