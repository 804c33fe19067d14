"""Planning options that say what the region is are carried out on its rows."""

from __future__ import annotations

import pytest

from rmscenario.region.vocabulary import RoundStatus
from rmscenario.scenario import Family, PlanMode, PlanningOptions, Sampler, Starts
from rmscenario.scenario.run_options import stress_years
from rmscenario.scenario.switches import TABLES
from tests.scenario.conftest import Project


@pytest.mark.parametrize("family", [family for family in Family if family is not Family.EARLIEST])
def test_a_lifted_family_has_no_rows_and_each_row_taken_out_is_recorded(project: Project, family: Family) -> None:
    table = TABLES[family]
    there = len(project.load("base").region.table(table))
    assert there > 0
    scenario = project.load("base", sets=[f"planning.lift={family}"])
    assert scenario.region.table(table) == ()
    assert len([item for item in scenario.touched if item.table == table]) == there
    assert {item.reason for item in scenario.touched if item.table == table} == {f"planning.lift: {family}"}


def test_lifted_earliest_starts_are_the_first_year(project: Project) -> None:
    scenario = project.load("base", sets=["planning.lift=earliest"])
    assert {row.earliest for row in scenario.region.initiatives} == {2027}
    assert [str(item) for item in scenario.touched[1:]] == ["initiatives[REUSE].earliest: 2028 → 2027 (--set)"]


def test_lifting_a_family_that_has_no_rows_is_no_fault(project: Project) -> None:
    project.write("x", '[[remove]]\ntable = "outlay_shares"\n[planning]\nlift = ["outlay_share"]\n')
    assert len(project.touched("x")) == 2


def test_nothing_new_closes_the_rounds_and_lifts_what_demands_starts(project: Project) -> None:
    scenario = project.load("base", sets=["planning.starts=none"])
    assert {row.status for row in scenario.region.rounds} == {RoundStatus.CLOSED}
    assert scenario.region.duties == scenario.region.minimum_starts == ()
    assert len(scenario.region.budgets) == 3
    assert len(scenario.region.running) == 1


def test_everything_lifts_the_limits_but_keeps_prerequisites_and_duties(project: Project) -> None:
    region = project.load("base", sets=["planning.everything=true"]).region
    assert region.budgets == region.staff_capacity == region.start_limits == region.outlay_shares == ()
    assert region.exclusions == ()
    assert (len(region.prerequisites), len(region.duties), len(region.minimum_starts)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("option", "touched"),
    [
        ("renewals=false", ["initiatives[LED].renew", "initiatives[REUSE].renew", "initiatives[CLOUD].renew"]),
        ("prerequisite_lag=1", ["prerequisites[CLOUD,REUSE].lag"]),
        ("enablers=false", ["enablers[AGENT,REUSE].(row)"]),
        ("decay=false", ["initiatives[LED].half_life"]),
        ("running=false", ["running[AGENT,B].(row)"]),
    ],
)
def test_a_switch_rewrites_the_region(project: Project, option: str, touched: list[str]) -> None:
    scenario = project.load("base", sets=[f"planning.{option}"])
    found = [f"{item.table}[{','.join(item.key)}].{item.column}" for item in scenario.touched[1:]]
    assert found == touched


def test_options_have_the_documented_defaults(project: Project) -> None:
    scenario = project.load("base")
    assert scenario.planning == PlanningOptions()
    assert (scenario.planning.mode, scenario.planning.gap, scenario.planning.threads) == (PlanMode.PRICED, 0.0001, 1)
    assert (scenario.planning.starts, scenario.planning.lift, scenario.planning.seed) == (Starts.ALL, (), 0)
    assert (scenario.stress.draws, scenario.stress.seed, scenario.stress.sampler) == (100_000, 0, Sampler.SOBOL)
    assert scenario.backcast is None


def test_the_years_of_the_stress_test_are_those_of_the_period(project: Project) -> None:
    assert project.load("base").stress.years == (2027, 2028, 2029, 2030, 2035)
    assert project.load("base", sets=["settings.last_start=2028"]).stress.years == (2027, 2028, 2030, 2035)
    assert stress_years(2027, 2030, 2050) == (2027, 2028, 2029, 2030, 2035, 2040, 2045, 2050)
    assert stress_years(2031, 2033, 2044) == (2031, 2032, 2033, 2035, 2040)


def test_a_later_file_replaces_an_option_of_an_earlier_one(project: Project) -> None:
    project.write("a", '[planning]\nlift = ["money"]\ngap = 0.01\n')
    project.write("b", '[planning]\nlift = ["staff"]\n')
    scenario = project.load("a", "b")
    assert (scenario.planning.lift, scenario.planning.gap) == ((Family.STAFF,), 0.01)
    assert len(scenario.region.budgets) == 3
    assert scenario.region.staff_capacity == ()


def test_a_backcast_names_its_target_and_groups(project: Project) -> None:
    project.write("x", '[backcast]\ntarget = "third"\ngroups = ["energy"]\n')
    backcast = project.load("x").backcast
    assert backcast is not None
    assert (backcast.target, backcast.groups, backcast.strongest) == ("third", ("energy",), 3.0)
