"""Files of a run folder: the same content gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rmscenario.tables import write_atomic, write_rows


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write JSON; a number that is not finite is refused, since JSON has none."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    write_atomic(path, f"{text}\n".encode())


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows as plain CSV under a header that stands there also without rows."""
    write_rows(path, rows, columns=columns)
