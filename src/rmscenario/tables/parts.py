"""Parts of a region's tables that stand with its agreement rounds, in `rounds/<round>/`, and what they say of the rounds.

A round's manifest, `round.json`, names the files that belong to the round with their SHA-256; a file that it does not
name counts for nothing, and one whose content is another than when it was written is a fault. The manifest says where a
round stands from proposal to closing, and that is the one place that says so: `rounds.csv` says which rounds there are,
and how they stand as long as none is closed by its manifest. A closed manifest closes its round and those before it, opens
the next one, and moves the first year of the period behind it, as far as no active target begins before that. What was
started in it counts towards the minimum starts, which are over all rounds of the period.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.region import Settings
from rmscenario.region.vocabulary import Delivery, RoundStatus
from rmscenario.tables.columns import row_types
from rmscenario.tables.grid import Grid, read_csv
from rmscenario.tables.loaded import LoadedRow, no_file, unopened

#: Folder of the rounds in that of the region, and the manifest in that of a round.
ROUNDS_FOLDER, ROUND_FILE = "rounds", "round.json"
#: Folder of the region's own document templates.
TEMPLATES_FOLDER = "templates"
#: Version of the layout of a round's folder.
LAYOUT = 1


class RoundState(StrEnum):
    """How far a round has come; a round without a manifest is open."""

    OPEN = "open"
    PROPOSED = "proposed"
    SIGNED = "signed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFile:
    """A file of a round.

    `holds` is the table in it. What a round only keeps for the record, such as the proposal that was signed, has a name
    that no table has.
    """

    name: str
    holds: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundManifest:
    """What a round consists of.

    `proposed_from` says of which run the proposal was: its name and the SHA-256 of its manifest; empty while open.
    """

    state: RoundState = RoundState.OPEN
    proposed_from: Mapping[str, str] = field(default_factory=dict)
    files: tuple[RoundFile, ...] = ()

    def of(self, holds: str) -> tuple[RoundFile, ...]:
        """The files that hold a table, in the order in which they were added."""
        return tuple(file for file in self.files if file.holds == holds)

    def text(self) -> str:
        """The manifest as it is written."""
        content = {
            "layout": LAYOUT,
            "state": self.state.value,
            "proposed_from": dict(self.proposed_from),
            "files": [{"name": file.name, "holds": file.holds, "sha256": file.sha256} for file in self.files],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def round_folders(folder: Path) -> tuple[Path, ...]:
    """Folders of the rounds of a region that have a manifest, in the order of their names."""
    return tuple(sorted(path.parent for path in (folder / ROUNDS_FOLDER).glob(f"*/{ROUND_FILE}")))


def read_manifest(place: Path, faults: list[Fault]) -> RoundManifest | None:
    """Read a round's manifest and compare every file with it; open where there is none, None where it is faulty."""
    path, where = place / ROUND_FILE, f"{ROUNDS_FOLDER}/{place.name}"
    if not path.exists():
        return RoundManifest()
    try:
        manifest = _manifest(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        faults.append(unopened(f"{where}/{ROUND_FILE}", error))
        return None
    except (KeyError, TypeError, ValueError, AttributeError):
        faults.append(
            Fault(
                file=f"{where}/{ROUND_FILE}",
                found="a manifest that this version cannot read",
                expected=f"one of layout {LAYOUT}, as `rmscenario round` writes it",
                remedy="put the file back as it was, from a copy or from version control",
            )
        )
        return None
    before = len(faults)
    for file in manifest.files:
        _compare(place / file.name, f"{where}/{file.name}", file, faults)
    return manifest if len(faults) == before else None


def _manifest(content: Any) -> RoundManifest:
    """Manifest of what JSON holds; ValueError and its like where it is none."""
    files = tuple(RoundFile(**item) for item in content["files"])
    texts = [text for file in files for text in (file.name, file.holds, file.sha256)]
    beside = all(isinstance(text, str) for text in texts) and all(Path(file.name).name == file.name for file in files)
    if content["layout"] != LAYOUT or not beside:
        raise ValueError
    return RoundManifest(state=RoundState(content["state"]), proposed_from=dict(content["proposed_from"]), files=files)


def _compare(path: Path, where: str, file: RoundFile, faults: list[Fault]) -> None:
    remedy = (
        "put the file back as it was, from a copy or from version control; what has changed since is a new row, "
        "see `rmscenario round amend`"
    )
    if fault := no_file(path):
        faults.append(replace(fault, file=where, remedy=remedy))
        return
    try:
        found = sha256(path.read_bytes())
    except OSError as error:
        faults.append(unopened(where, error))
        return
    if found != file.sha256:
        expected = f"that of {ROUND_FILE} ({file.sha256[:12]}…)"
        faults.append(Fault(file=where, found="other content than was written", expected=expected, remedy=remedy))


def sha256(data: bytes) -> str:
    """Hash of a content."""
    return hashlib.sha256(data).hexdigest()


def read_manifests(folder: Path, faults: list[Fault]) -> dict[str, RoundManifest]:
    """The manifests of a region's rounds, by round."""
    read = {place.name: read_manifest(place, faults) for place in round_folders(folder)}
    return {name: manifest for name, manifest in read.items() if manifest is not None}


def part_grids(folder: Path, manifests: Mapping[str, RoundManifest], faults: list[Fault]) -> dict[str, list[Grid]]:
    """Cells of the parts of a region's tables that stand with its rounds, by table."""
    grids: dict[str, list[Grid]] = {}
    for name, manifest in manifests.items():
        place = folder / ROUNDS_FOLDER / name
        for file in manifest.files:
            if file.holds in row_types():
                before = len(faults)
                grid = read_csv(place / file.name, file.holds, faults)
                where = f"{ROUNDS_FOLDER}/{name}/{file.name}"
                faults[before:] = [replace(fault, file=where) for fault in faults[before:]]
                if grid is not None:
                    grids.setdefault(file.holds, []).append(replace(grid, file=where))
    return grids


def as_rounds_stand(
    settings: Settings,
    rows: Mapping[str, tuple[LoadedRow, ...]],
    manifests: Mapping[str, RoundManifest],
    faults: list[Fault],
) -> tuple[Settings, dict[str, tuple[LoadedRow, ...]]]:
    """Settings and rows with the rounds as their manifests say."""
    entries = rows.get("rounds", ())
    known = {entry.row.round: entry for entry in entries}
    for name, manifest in manifests.items():
        where = f"{ROUNDS_FOLDER}/{name}/{ROUND_FILE}"
        if name not in known:
            faults.append(
                Fault(
                    file=where,
                    found=f"a round {shown(name)}",
                    expected="a round of rounds.csv",
                    remedy=did_you_mean(name, known) or "add it to rounds, or move the folder elsewhere",
                )
            )
        elif manifest.state is not RoundState.CLOSED and not known[name].row.ahead:
            faults.append(
                known[name].fault(
                    column="status",
                    found=f"{known[name].row.status.value}, where {where} says {manifest.state.value}",
                    expected="open: a round is closed by `rmscenario round close`, which says what goes on",
                    remedy="write open",
                )
            )
    closed = [known[name].row for name, manifest in manifests.items() if _closed(manifest) and name in known]
    if not closed:
        return settings, dict(rows)
    last = max(row.last_year for row in closed)
    ahead = sorted((entry.row.first_year, entry.row.round) for entry in entries if entry.row.first_year > last)
    following = ahead[0][1] if ahead else None

    def stands(entry: LoadedRow) -> LoadedRow:
        status = entry.row.status
        if entry.row.last_year <= last:
            status = RoundStatus.CLOSED
        elif entry.row.round == following:
            status = RoundStatus.OPEN
        return replace(entry, row=entry.row.model_copy(update={"status": status}))

    aimed = [entry.row.year for entry in rows.get("targets", ()) if entry.row.active]
    moved = max(settings.first_year, min([last + 1, *aimed]))
    return settings.model_copy(update={"first_year": moved}), {
        **rows,
        "rounds": tuple(stands(entry) for entry in entries),
        "minimum_starts": _left_to_start(rows, {row.round for row in closed}),
    }


def _left_to_start(rows: Mapping[str, tuple[LoadedRow, ...]], closed: set[str]) -> tuple[LoadedRow, ...]:
    """Minimum starts by unit, less what was started in rounds that their manifests close, and goes on.

    A row without unit becomes one for each; of several that hold for a unit the largest counts.
    """
    least = rows.get("minimum_starts", ())
    own = {entry.row.initiative: entry.row for entry in rows.get("initiatives", ())}
    started = Counter(
        (own[entry.row.initiative].track, entry.row.unit)
        for entry in rows.get("running", ())
        if entry.row.round in closed
        and entry.row.initiative in own
        and own[entry.row.initiative].delivery is not Delivery.GROUP
    )
    units = [entry.row.unit for entry in rows.get("units", ())]
    found: dict[tuple[str, str], LoadedRow] = {}
    for entry in least:
        for unit in units if entry.row.unit is None else [entry.row.unit]:
            key = entry.row.track, unit
            left = max(0, entry.row.at_least - started[key])
            if key not in found or found[key].row.at_least < left:
                found[key] = replace(entry, row=entry.row.model_copy(update={"unit": unit, "at_least": left}))
    return tuple(found.values()) if started else least


def _closed(manifest: RoundManifest) -> bool:
    return manifest.state is RoundState.CLOSED
