"""How far commitments have come, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.reporting.language import Lang
from rmscenario.reporting.rounds import reason, round_text, standing_row
from rmscenario.rounds.agreed import explained_level
from rmscenario.rounds.closing import Progress
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.progress import Progressed, Span, progressed, seen_in, total
from rmscenario.rounds.rows import CommitmentTonnes
from rmscenario.rounds.status import standing
from rmscenario.rounds.store import read_round
from tests.rounds.rounds import NAME, amend, follow, observation, propose, sign, taken, tiny, write


def seen(model: Path) -> dict[str, Progressed]:
    """Progress by initiative and unit."""
    rows = progressed(read_round(model, NAME))
    return {":".join(each.seen.commitment.option): each for each in rows}


def observe(model: Path, *rows: dict[str, str]) -> dict[str, Progressed]:
    """Follow up, and see how far it is."""
    import_follow_up(model, NAME, write(model.parent / "seen.csv", *rows))
    return seen(model)


def promise(model: Path, commitment: str) -> Span:
    """Tonnes that a commitment promises for the last year of the round."""
    row = next(
        row for row in read_round(model, NAME).of(CommitmentTonnes) if row.commitment == commitment and row.year == 2028
    )
    return Span(low=row.low, mode=row.mode, high=row.high, in_account=row.in_account)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return taken(tiny(tmp_path), propose, sign)


def test_each_status_by_hand_with_what_was_agreed_for_the_year(signed: Path) -> None:
    taken(signed, follow)  # all of the end of 2028; every start was agreed for 2027, over two years
    found = {
        option: (each.seen.progress, each.seen.share, each.expected, each.day) for option, each in seen(signed).items()
    }
    assert found == {
        "P1:HUS": (Progress.DELIVERED, 1.0, 1.0, date(2028, 12, 31)),
        "P2:HUS": (Progress.LATE, 0.5, 1.0, date(2028, 12, 31)),
        "P2:HJEM": (Progress.PARTIAL, 0.6, 1.0, date(2028, 12, 31)),
        "C1:HUS": (Progress.DROPPED, 0.0, 1.0, date(2028, 12, 31)),
        "C1:HJEM": (Progress.NO_DATA, None, None, None),
    }


def test_tonnes_follow_the_share_in_service_and_no_data_is_not_zero(signed: Path) -> None:
    taken(signed, follow)
    found = seen(signed)
    for option, share in (("P1.HUS", 1.0), ("P2.HUS", 0.5), ("P2.HJEM", 0.6), ("C1.HUS", 0.0)):
        each, whole = found[option.replace(".", ":")], promise(signed, f"{NAME}.{option}")
        for end in ("low", "mode", "high"):
            assert each.realised is not None
            assert each.promised is not None
            assert getattr(each.promised, end) == pytest.approx(getattr(whole, end))
            assert getattr(each.realised, end) == pytest.approx(share * getattr(whole, end))
    assert found["C1:HJEM"].realised is None
    assert found["C1:HJEM"].promised == pytest.approx(promise(signed, f"{NAME}.C1.HJEM"))
    (at,) = standing(signed, NAME)
    assert at.seen_in == 2028
    assert at.unknown == found["C1:HJEM"].promised
    assert at.promised == total(each.promised for option, each in found.items() if option != "C1:HJEM")
    assert at.realised == total(each.realised for each in found.values())


def test_in_the_first_year_half_is_what_was_agreed(signed: Path) -> None:
    found = observe(signed, observation(observed="2027-12-31", value="0,5", reported="2028-01-15"))["P1:HUS"]
    assert (found.seen.progress, found.expected) == (Progress.DELIVERED, 0.5)
    whole = promise(signed, f"{NAME}.P1.HUS").mode
    assert found.promised is not None
    assert found.realised is not None
    assert (found.promised.mode, found.realised.mode) == pytest.approx((whole / 2, whole / 2))


def test_nothing_in_service_is_late_before_the_last_year_of_the_round_and_then_dropped(signed: Path) -> None:
    early = observe(signed, observation(observed="2027-12-31", value=0, reported="2028-01-15"))["P1:HUS"]
    assert (early.seen.progress, early.seen.start) == (Progress.LATE, None)
    assert reason(early, Lang.EN) == "late: nothing in service at the end of 2027, start agreed in 2027."
    over = observe(signed, observation(value=0))["P1:HUS"]
    assert over.seen.progress is Progress.DROPPED


def test_a_value_of_before_the_start_says_nothing_yet(signed: Path) -> None:
    taken(signed, amend)
    early = {"observed": "2027-12-31", "reported": "2028-01-15"}
    found = observe(signed, observation(commitment="A1", indicator="I-P2", measure="%", value=0, **early))["P2:HJEM"]
    assert (found.seen.progress, found.realised) == (Progress.NO_DATA, None)
    assert reason(found, Lang.DA) == "ingen data: alt indberettet er fra før starten i 2028."


def test_a_start_alone_says_whether_it_is_late_and_what_is_then_in_service(signed: Path) -> None:
    row = observation(indicator="start", value=2028, measure="år", observed="2028-12-31")
    found = observe(signed, row)["P1:HUS"]
    assert (found.seen.progress, found.seen.share, found.expected_value) == (Progress.LATE, None, 2027.0)
    assert found.realised is not None
    assert found.realised.mode == pytest.approx(0.5 * promise(signed, f"{NAME}.P1.HUS").mode)
    assert reason(found, Lang.EN) == "late: started in 2028, agreed in 2027; how much is in service is not reported."


def test_without_follow_up_all_are_without_data(signed: Path) -> None:
    assert {each.seen.progress for each in seen(signed).values()} == {Progress.NO_DATA}
    assert seen_in(read_round(signed, NAME)) is None
    assert all(each.realised is None for each in seen(signed).values())


def test_the_status_says_why_in_both_languages_and_as_json(signed: Path) -> None:
    taken(signed, follow)
    (at,) = standing(signed, NAME)
    region = tables.load(signed)
    english, danish = (" ".join(round_text(region, at, lang).split()) for lang in (Lang.EN, Lang.DA))
    assert "partial: start 2027, agreed 2027; 60% in service at the end of 2028, agreed 100%." in english
    assert "no data: nothing reported." in english
    assert "With what was seen in service at the end of 2028, commitments with data take off" in english
    assert "a year if effects are as promised" in english
    assert "hvis effekterne er som lovet" in danish
    assert "they are not counted, and they are not zero" in english
    assert "opgivet: intet i drift ved udgangen af 2028, aftalt start i 2027." in danish
    row = standing_row(at)
    assert row["progress"] == {"delivered": 1, "dropped": 1, "late": 1, "no data": 1, "partial": 1}
    assert row["tonnes"]["effects"] == "as promised"
    assert row["tonnes"]["realised"]["mode"] < row["tonnes"]["promised"]["mode"]
    by_id = {each["commitment"]: each for each in row["observed"]}
    assert by_id[f"{NAME}.P2.HJEM"]["expected"] == 1.0
    assert by_id[f"{NAME}.C1.HJEM"]["realised"] is None


def test_an_indicator_of_delivery_has_a_value_expected_for_the_year_and_one_of_the_effect_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    row = observation(
        indicator="I-P1", value="55,5", measure="kWh/m2", observed="2027-12-31", reported="2028-01-15"
    )  # 60 without the initiative, 48 with all of it
    effect = observe(taken(tiny(tmp_path / "effect"), propose, sign), row)["P1:HUS"]
    assert (effect.seen.progress, effect.realised) == (Progress.NO_DATA, None)
    assert reason(effect, Lang.EN) == "no data: only the effect is reported, which does not say how much is in service."
    model = tiny(tmp_path / "delivery")
    path = model / "indicators.csv"
    text = path.read_text("utf-8")
    lines = [line.replace(",effect", ",delivery") if line.startswith("I-P1,") else line for line in text.splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = observe(taken(model, propose, sign), row)["P1:HUS"]
    assert found.expected_value == pytest.approx(54.0)  # half of the way in the first of two years
    assert found.seen.share == pytest.approx(4.5 / 12.0)
    assert found.seen.progress is Progress.PARTIAL
    assert reason(found, Lang.EN).endswith("I-P1 55.5 kWh/m2, expected 54.0.")


def test_a_value_within_the_year_is_judged_by_what_was_agreed_for_its_day(signed: Path) -> None:
    """Two years' ramp from 2027: a quarter by the middle of 2027, three quarters by that of 2028."""
    rows = (
        observation(commitment=f"{NAME}.P2.HUS", observed="2027-06-30", value="0,25", reported="2027-07-15"),
        observation(commitment=f"{NAME}.P2.HJEM", observed="2028-06-30", value="0,75", reported="2028-07-15"),
    )
    found = observe(signed, *rows)
    early, later = found["P2:HUS"], found["P2:HJEM"]
    for each, share, passed in ((early, 0.25, 181 / 365), (later, 0.75, 1 + 182 / 366)):
        assert (each.seen.progress, each.seen.level, each.seen.share) == (Progress.DELIVERED, 1.0, share)
        assert each.expected == pytest.approx(passed / 2)
    assert reason(early, Lang.EN).endswith("25% in service on 2027-06-30, agreed 25%.")
    assert reason(later, Lang.DA).endswith("75\xa0% i drift den 2028-06-30, aftalt 75\xa0%.")
    (at,) = standing(signed, NAME)
    assert at.realised.mode == pytest.approx(at.promised.mode, rel=1e-2)
    text = " ".join(round_text(tables.load(signed), at, Lang.EN).split())
    assert "With what was seen in service between 2027-06-30 and 2028-06-30, commitments" in text


def test_what_is_in_service_early_in_a_year_is_not_drawn_out_to_more_than_was_agreed(signed: Path) -> None:
    """A quarter in service on 31 March 2027 may be all at once: the level that the end of the year explains is a half."""
    row = observation(observed="2027-03-31", value="0,25", reported="2027-04-15")
    assert observe(signed, row)["P1:HUS"].seen.level == 1.0
    agreed = read_round(signed, NAME).commitments[0]
    initiative = next(each for each in tables.load(signed).initiatives if each.initiative == "P1")
    for level, found in ((0.25, 0.5), (0.6, 0.6), (1.0, 1.0)):
        less = agreed.model_copy(update={"level": level})
        assert explained_level(less, initiative, 2027, 0.25, date(2027, 3, 31)) == pytest.approx(found)
    assert explained_level(agreed, initiative, 2027, 0.25, date(2026, 12, 31)) is None


def test_a_start_in_the_years_to_come_has_not_been(signed: Path) -> None:
    found = observe(signed, observation(indicator="start", value=2031, measure="år", observed="2028-12-31"))["P1:HUS"]
    assert reason(found, Lang.EN) == "late: is to start in 2031, agreed in 2027."
    assert found.realised is not None
    assert found.realised.mode == 0.0


def test_values_that_cannot_both_hold_are_named(signed: Path) -> None:
    rows = (
        observation(indicator="start", value=2031, measure="år", observed="2028-12-31"),
        observation(value="0,9"),
        observation(commitment=f"{NAME}.P2.HUS", value=0),
        observation(commitment=f"{NAME}.P2.HUS", indicator="I-P2", measure="%", value=70, source="Måler"),
        observation(commitment=f"{NAME}.P2.HJEM", value="0,9"),
        observation(commitment=f"{NAME}.P2.HJEM", indicator="I-P2", measure="%", value=70, source="Måler"),
    )
    found = observe(signed, *rows)
    assert reason(found["P1:HUS"], Lang.EN) == (
        "late: is to start in 2031, agreed in 2027. Contradiction: start 2031 of 2028-12-31 (Teknisk chef) and "
        "share_in_service 0.90 of 2028-12-31 (Teknisk chef) cannot both hold; correct one of them."
    )
    assert reason(found["P2:HUS"], Lang.DA).endswith(
        "Modstrid: share_in_service 0 fra 2028-12-31 (Teknisk chef) og I-P2 70,0 fra 2028-12-31 (Måler) kan ikke begge være "
        "rigtige; ret den ene."
    )
    assert found["P2:HJEM"].contradiction is None
    (at,) = standing(signed, NAME)
    told = {each["commitment"]: each["contradiction"] for each in standing_row(at)["observed"]}
    assert [row["indicator"] for row in told[f"{NAME}.P1.HUS"]] == ["start", "share_in_service"]
    assert told[f"{NAME}.P2.HJEM"] is None
