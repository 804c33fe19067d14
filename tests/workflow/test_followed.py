"""What the report says of follow-up: what the rounds delivered, and what the account's change consists of."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.reporting.language import Lang
from rmscenario.reporting.page.followed import Followed, followed
from rmscenario.reporting.page.parts import Section
from rmscenario.rounds.status import standing
from rmscenario.run_folder import Run
from rmscenario.workflow.report import followed_of
from tests.rounds.dossiers import run_of
from tests.rounds.rounds import NAME, follow, propose, sign, taken, tiny


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run, Followed]:
    """The tiny region with a round that was followed up, a run of it, and what the report is told."""
    place = tmp_path_factory.mktemp("followed")
    model = taken(tiny(place), propose, sign, follow)
    run = run_of(model, place / "runs")
    return model, run, followed_of(run)


def sections(of_run: Run, found: Followed, lang: Lang) -> dict[str, Section]:
    return {section.name: section for section in followed(found, of_run.region, lang)}


def words(section: Section) -> str:
    return " ".join(text for said, more in section.items for text in (said, *more)).replace("\u00a0", " ")


def test_each_round_with_follow_up_has_a_row_of_counts_and_of_tonnes_physically_and_in_the_account(
    seen: tuple[Path, Run, Followed],
) -> None:
    model, run, found = seen
    (at,) = standing(model, NAME)
    counts, against = sections(run, found, Lang.EN)["followed"].tables
    assert [column.heading for column in counts.columns][1:6] == ["delivered", "late", "partial", "dropped", "no data"]
    (row,) = counts.rows
    assert row[0] == NAME
    assert row[1:6] == (1.0, 1.0, 1.0, 1.0, float(len(at.progressed) - 4))
    with_data = [each for each in at.progressed if each.realised is not None]
    realised = [each.realised.mode for each in with_data if each.realised is not None]
    promised = [each.promised.mode for each in with_data if each.promised is not None]
    assert [row[6], row[8]] == [pytest.approx(sum(promised)), pytest.approx(sum(realised))]
    assert at.against is not None
    expected = [
        [kept.cap, *(getattr(amount, way) for amount in (kept.without, kept.agreed, kept.observed))]
        for kept in at.against.targets
        for way in ("physical", "in_account")
    ]
    assert [list(row[3:7]) for row in against.rows] == expected


def test_sentences_say_what_was_delivered_in_both_languages(seen: tuple[Path, Run, Followed]) -> None:
    _, run, found = seen
    said = {lang: words(sections(run, found, lang)["followed"]) for lang in Lang}
    assert "1 delivered, 1 late, 1 partial, 1 dropped, " in said[Lang.EN]
    assert "1 leveret, 1 forsinket, 1 delvis, 1 opgivet, " in said[Lang.DA]
    assert "they are not zero" in said[Lang.EN]
    assert "det er ikke nul" in said[Lang.DA]


def test_the_accounts_change_is_told_with_own_effort_first_and_a_table_whose_parts_sum_to_it(
    seen: tuple[Path, Run, Followed],
) -> None:
    _, run, found = seen
    split = found.account
    assert split is not None
    section = sections(run, found, Lang.EN)["account"]
    assert section.items[0][0].startswith("The region's own effort is ")
    (table,) = section.tables
    *parts, total = table.rows
    assert total[1] == pytest.approx(split.change)
    assert sum(float(row[1] or 0.0) for row in parts) == pytest.approx(split.change)


def test_account_figures_of_follow_up_go_on_with_the_series(seen: tuple[Path, Run, Followed]) -> None:
    _, _, found = seen
    assert found.account is not None
    assert found.account.figures[-1].year == 2027
    assert found.account.figures[-1].value == pytest.approx(7500.0)


def test_a_region_without_follow_up_has_its_account_alone_and_a_run_away_from_its_region_too(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    run = run_of(model, tmp_path / "runs")
    assert not followed_of(run).rounds
    follow(model)
    assert followed_of(run).rounds
    model.rename(tmp_path / "elsewhere")
    found = followed_of(run)
    assert not found.rounds
    assert [section.name for section in followed(found, run.region, Lang.DA)] == ["account"]
