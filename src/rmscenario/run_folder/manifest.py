"""The manifest of a run: what went in, what made it, how long it took, and a hash of every file that came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rmscenario.errors import RunFolderError, shown
from rmscenario.run_folder.write import write_json

MANIFEST = "manifest.json"
#: Version of the layout of a run folder.
LAYOUT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run was made of.

    Attributes
    ----------
    made : str
        When, in UTC; the one thing beside `seconds` in which two runs on equal input differ.
    command : tuple of str
        As typed, paths without their folders where these are absolute.
    versions : mapping of str to str
        Of this package, Python and the libraries.
    inputs, outputs : mapping of str to str
        SHA-256 by path in the project, and by path in the run folder.
    options : mapping
        Everything that was chosen: values set, planning and stress options, language.
    seconds : mapping of str to float [s]
        Wall time of each phase.
    """

    layout: int
    made: str
    command: tuple[str, ...]
    versions: Mapping[str, str]
    inputs: Mapping[str, str]
    options: Mapping[str, Any]
    seconds: Mapping[str, float]
    outputs: Mapping[str, str]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> list[Path]:
    """All files below a folder but its manifest, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)


def write_manifest(
    folder: Path,
    *,
    made: str,
    command: tuple[str, ...],
    versions: Mapping[str, str],
    inputs: Mapping[str, str],
    options: Mapping[str, Any],
    seconds: Mapping[str, float],
) -> Manifest:
    """Write the manifest over all files that are in the folder; the last file of a run."""
    manifest = Manifest(
        layout=LAYOUT,
        made=made,
        command=command,
        versions=dict(versions),
        inputs=dict(inputs),
        options=dict(options),
        seconds=dict(seconds),
        outputs={path.relative_to(folder).as_posix(): digest(path) for path in files_in(folder)},
    )
    write_json(folder / MANIFEST, asdict(manifest))
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read a run's manifest and compare every file with it.

    Raises
    ------
    RunFolderError
        When the folder or its manifest is missing, or a file is missing or differs.
    """
    path = folder / MANIFEST
    where = f"{folder.name}/{MANIFEST}"
    if not folder.is_dir():
        raise RunFolderError(
            f"{shown(folder)}: found no such folder, expected a run; write the folder of a run, such as runs/reference"
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunFolderError(
            f"{where}: found no manifest, expected one as the last file of a whole run; run the scenario again"
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RunFolderError(
            f"{where}: found a file that cannot be read ({type(error).__name__}), expected JSON; run the scenario again"
        ) from None
    names = set(Manifest.__dataclass_fields__)
    if not isinstance(content, dict) or content.get("layout") != LAYOUT or set(content) != names:
        found = content.get("layout") if isinstance(content, dict) else None
        raise RunFolderError(
            f"{where}: found layout {shown(found)}, expected {LAYOUT}; run the scenario again with this version"
        )
    manifest = Manifest(**(content | {"command": tuple(content["command"])}))
    _compare(folder, manifest)
    return manifest


def _compare(folder: Path, manifest: Manifest) -> None:
    faults = []
    for name, expected in manifest.outputs.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{folder.name}/{name}: found no such file, expected the one its manifest names")
        elif digest(path) != expected:
            faults.append(
                f"{folder.name}/{name}: found other content than was written, expected the hash in {MANIFEST}"
            )
    if faults:
        more = [f"… and {len(faults) - 5} more"] if len(faults) > 5 else []
        remedy = "run the scenario again, and change copies only"
        raise RunFolderError("\n".join([f"{fault}; {remedy}" for fault in faults[:5]] + more))
