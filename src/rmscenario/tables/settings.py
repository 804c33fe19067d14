"""Reading region.toml: a closed schema, faults with the line they stand in."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.region import DiscountStep, Settings
from rmscenario.tables.columns import out_of_bounds
from rmscenario.tables.loaded import no_file, too_deep, unopened

SETTINGS_FILE = "region.toml"


def read_settings(path: Path, faults: list[Fault]) -> Settings | None:
    """Settings of a region; what is wrong goes to `faults`."""

    def refuse(found: str, expected: str, remedy: str, row: int | None = None, column: str | None = None) -> None:
        faults.append(Fault(file=path.name, row=row, column=column, found=found, expected=expected, remedy=remedy))

    if not os.path.lexists(path):
        refuse("no file", "the settings of the region", "write an empty region with `rmscenario init` and fill it in")
        return None
    if fault := no_file(path):
        faults.append(fault)
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        faults.append(unopened(path.name, error))
        return None
    except UnicodeDecodeError:
        refuse("text that is not UTF-8", "UTF-8 text", "save the file as UTF-8")
        return None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        refuse(
            f"text that is no TOML ({error})",
            'lines such as name_en = "…"',
            "correct the line",
            row=int(line[1]) if line else None,
        )
        return None
    except RecursionError:
        faults.append(too_deep(path.name))
        return None
    try:
        # The JSON mode is strict about types yet takes words for enums and lists for tuples, as TOML writes them.
        return Settings.model_validate_json(json.dumps(data, default=str), strict=True)
    except RecursionError:
        faults.append(too_deep(path.name))
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":  # nested deeper than pydantic reads
            faults.append(too_deep(path.name))
            return None
        for detail in error.errors():
            location = detail["loc"]
            key = str(location[-1]) if location else ""
            known = DiscountStep.model_fields if len(location) > 1 else Settings.model_fields
            description = known[key].description if key in known else None
            missing = detail["type"] == "missing"
            unknown = detail["type"] == "extra_forbidden"
            found = "no such key" if missing else f"an unknown key {shown(key)}" if unknown else shown(detail["input"])
            truth = detail["type"] == "bool_type"
            wanted = "one of the known keys" if unknown else description if missing else None
            if truth:
                wanted = "true or false, without quotes"
            outside = out_of_bounds(key, known[key], detail) if key in known else None
            if outside is not None:
                wanted = outside.expected
            advice = (did_you_mean(key, known) or "remove it") if unknown else "add it" if missing else None
            if outside is not None:
                advice = outside.remedy
            elif truth:
                advice = f"write {key} = false or {key} = true; {description}"
            refuse(
                found,
                wanted or detail["msg"].removeprefix("Input should be "),
                advice or f"{key} is: {description}",
                row=None if missing else line_of(text, location),
                column=_column(location),
            )
    return None


def settings_lines(path: Path, settings: Settings) -> dict[str, int]:
    """Line of each key that the file holds, `account` or `discount.2.rate`."""
    text = path.read_text("utf-8-sig")
    locations: list[tuple[int | str, ...]] = [(key,) for key in Settings.model_fields]
    locations += [
        ("discount", number, key) for number in range(len(settings.discount)) for key in DiscountStep.model_fields
    ]
    lines = {_column(location): line_of(text, location) for location in locations}
    return {column: line for column, line in lines.items() if line is not None}


def _column(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else shown(part)[1:-1] for part in location)


def line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """Line in which a key stands: `account`, or `discount`, 1, `rate` for the second `[[discount]]`."""
    lines = text.splitlines()
    start = 0
    if len(location) == 3 and isinstance(location[1], int):
        heads = [number for number, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{location[0]}\s*\]\]", line)]
        if location[1] >= len(heads):
            return None
        start = heads[location[1]]
    key = re.escape(str(location[-1])) if location else ""
    return next(
        (
            number
            for number, line in enumerate(lines[start:], start + 1)
            if re.match(rf"\s*[\"']?{key}[\"']?\s*=", line)
        ),
        None,
    )
