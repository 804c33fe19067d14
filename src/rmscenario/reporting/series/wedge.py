"""Which track carries how much of the way from the background down to the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.constants import VERIFY_QUANTITY
from rmscenario.errors import VerificationError
from rmscenario.region.footprint import Track
from rmscenario.reporting.language import Lang, measured, name, say, scale_of
from rmscenario.reporting.results import Result, footprint_stream, split_option

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wedge:
    """The way from background to plan in the region's account.

    Attributes
    ----------
    background, plan, added : array (year) [tCO2e/a]
        `added`: what tracks that on balance emit more add to the background.
    layers : array (track, year) [tCO2e/a]
        Reduction of each track, never negative; background + added − layers = plan.
    """

    years: npt.NDArray[np.int64]
    background: FloatArray
    plan: FloatArray
    added: FloatArray
    tracks: tuple[Track, ...]
    layers: FloatArray


def wedge_data(result: Result) -> Wedge:
    """Reduction by track.

    Raises
    ------
    VerificationError
        When the tracks do not close the way between background and plan.
    """
    region = result.region
    chosen = result.assessment.sel(stream=footprint_stream(region), year=list(region.years))
    background = chosen["background"].sum("source").to_numpy().astype(np.float64)
    plan = chosen["quantity"].sum("source").to_numpy().astype(np.float64)
    track_of = {row.initiative: row.track for row in region.initiatives}
    labels = [track_of[split_option(str(label))[0]] for label in chosen["option"].to_numpy()]
    tonnes = chosen["tonnes_in_plan"].transpose("option", "year").to_numpy()
    by_track = np.zeros((len(region.tracks), len(region.years)))
    for number, track in enumerate(region.tracks):
        by_track[number] = tonnes[[label == track.track for label in labels]].sum(axis=0)
    layers = np.maximum(0.0, by_track)
    added = np.maximum(0.0, -by_track).sum(axis=0)
    difference = np.abs(background + added - layers.sum(axis=0) - plan)
    if bool((difference > VERIFY_QUANTITY * np.maximum(1.0, background)).any()):
        year = list(region.years)[int(np.argmax(difference))]
        raise VerificationError(
            f"tonnes_in_plan: found a difference of {difference.max():.3g} t in {year} between background less all tracks "
            "and plan, expected none; the assessment's shares are wrong, report this"
        )
    return Wedge(
        years=np.asarray(region.years, dtype=np.int64),
        background=background,
        plan=plan,
        added=added,
        tracks=region.tracks,
        layers=layers,
    )


def wedge_finding(data: Wedge, year: int, lang: Lang) -> str:
    """What the wedge says, in one sentence."""
    scale = scale_of("tCO2e/a", float(data.background.max()), lang)
    at = int(np.searchsorted(data.years, year))
    reduction = float(data.background[at] - data.plan[at])
    if reduction <= 0:
        return say("wedge.finding.none", lang, year=year)
    most = int(np.argmax(data.layers[:, at]))
    return say(
        "wedge.finding",
        lang,
        year=year,
        amount=measured(reduction * scale.factor, scale.unit, lang),
        track=name(data.tracks[most], lang),
        share=measured(data.layers[most, at] * scale.factor, scale.unit, lang),
    )
