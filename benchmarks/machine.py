"""Where and with what a result was measured."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rmscenario import __version__

#: Packages whose version is that of their installation; that of the program itself stands in it.
PACKAGES = (
    "numpy",
    "scipy",
    "pyomo",
    "highspy",
    "highspy-extras",
    "linopy",
    "ema_workbench",
    "mpi-sppy",
    "xarray",
)


def measured_on() -> dict[str, str]:
    """Date, processor, cores, system, Python and package versions."""
    return (
        {
            "date": datetime.now(tz=UTC).strftime("%Y-%m-%d"),
            "processor": _processor(),
            "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
        }
        | {name: _version(name) for name in PACKAGES}
        | {"rmscenario": __version__}
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
