"""Tonnes of a round with the effects that were measured, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.learning.measured import measured
from rmscenario.reporting.language import Lang
from rmscenario.reporting.rounds import reason, round_text, standing_row
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.progress import Effect
from rmscenario.rounds.status import Standing, standing
from rmscenario.rounds.store import read_round
from tests.rounds.rounds import NAME, follow, observation, propose, sign, taken, tiny, write

LIGHTS = f"{NAME}.P1.HUS"
#: Metered light falls from 60 to 48 kWh/m2 with all of it: 54 is half of the way. All is in service at the end of 2028, seven
#: eighths three months before, which a report may be of; so half of the way was gone with 15/16 in service.
HALF = 0.5 / (15 / 16)


def light(value: str = "54", **more: object) -> dict[str, str]:
    return observation(indicator="I-P1", measure="kWh/m2", value=value, standard_error="0,6", **more)


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    return taken(tiny(tmp_path), propose, sign, follow)


def heard(model: Path, *rows: dict[str, str]) -> Standing:
    if rows:
        import_follow_up(model, NAME, write(model.parent / "measured.csv", *rows))
    (found,) = standing(model, NAME, measured)
    return found


def test_nothing_measured_is_as_promised(seen: Path) -> None:
    assert measured(read_round(seen, NAME)) == {}
    assert heard(seen) == standing(seen, NAME)[0]


def test_tonnes_are_those_promised_times_the_share_in_service_and_the_effect_that_was_measured(seen: Path) -> None:
    promise = {each.seen.commitment.commitment: each for each in standing(seen, NAME)[0].progressed}
    found = heard(seen, light())
    # The error of the meter, 0.6 of 12, and of the lag, uniform over an eighth, of what was in service.
    error = (0.05**2 + 0.125**2 / 12) ** 0.5 / (15 / 16)
    for each in found.progressed:
        before = promise[each.seen.commitment.commitment]
        if each.seen.commitment.commitment != LIGHTS:
            assert each == before
            continue
        assert each.effect == Effect(
            low=pytest.approx(HALF - 1.6448536 * error),
            value=pytest.approx(HALF),
            high=pytest.approx(HALF + 1.6448536 * error),
        )
        assert each.realised is not None
        assert before.realised is not None
        assert each.realised.mode == pytest.approx(HALF * before.realised.mode)
        assert each.realised.in_account == pytest.approx(HALF * (before.realised.in_account or 0.0))
        assert each.realised.high == pytest.approx((HALF + 1.6448536 * error) * before.realised.mode)
        assert each.promised == before.promised
    assert found.promised == standing(seen, NAME)[0].promised


def test_the_latest_value_of_an_indicator_counts(seen: Path) -> None:
    found = heard(seen, light("58", observed="2028-06-30", reported="2028-07-15"), light())
    (lights,) = [each for each in found.progressed if each.effect is not None]
    assert lights.effect is not None
    assert lights.effect.value == pytest.approx(HALF)


def test_the_target_counts_with_the_same_effect(seen: Path) -> None:
    """Lights alone: what they take off the judged target falls by as much, since nothing else acts on light in tiny."""
    before, after = standing(seen, NAME)[0].against, heard(seen, light()).against
    assert before is not None
    assert after is not None
    assert after.parts[LIGHTS].observed.physical == pytest.approx(HALF * before.parts[LIGHTS].observed.physical)
    assert after.parts[LIGHTS].agreed == before.parts[LIGHTS].agreed
    assert {name: part for name, part in after.parts.items() if name != LIGHTS} == {
        name: part for name, part in before.parts.items() if name != LIGHTS
    }


def test_what_was_measured_and_what_is_as_promised_is_said(seen: Path) -> None:
    found, region = heard(seen, light()), tables.load(seen)
    english, danish = (" ".join(round_text(region, found, lang).split()) for lang in (Lang.EN, Lang.DA))
    assert english.count("with the effect as measured of 1 of the 4 with data, and as promised of the others") == 2
    assert danish.count("med effekten, som den er målt, for 1 af de 4 med data og som lovet for de øvrige") == 2
    (lights,) = [each for each in found.progressed if each.effect is not None]
    assert reason(lights, Lang.EN).endswith("Its effect was measured at 53% of what was promised (90%: 43% to 64%).")
    row = standing_row(found)
    assert row["tonnes"]["effects"] == "as measured, else as promised"
    assert [each["commitment"] for each in row["observed"] if each["effect"] is not None] == [LIGHTS]
    alone = replace(found, progressed=(lights,))
    assert standing_row(alone)["tonnes"]["effects"] == "as measured"
    assert "with effects as measured (“rmscenario learn”" in " ".join(round_text(region, alone, Lang.EN).split())
