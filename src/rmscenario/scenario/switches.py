"""Planning options that say what the region is: they are carried out on its rows, so that all that follows sees a region.

Other than a `[[change]]` a switch states a condition: one that holds already (no row to take out) is no fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rmscenario.region.vocabulary import RoundStatus
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.run_options import Family, PlanningOptions, Starts
from rmscenario.scenario.settings import STARTS_ALLOWED

#: The table that holds the rules of a family; `earliest` is a column.
TABLES: Mapping[Family, str] = {
    Family.MONEY: "budgets",
    Family.STAFF: "staff_capacity",
    Family.STARTS: "start_limits",
    Family.PREREQUISITES: "prerequisites",
    Family.EXCLUSIONS: "exclusions",
    Family.MINIMUM: "minimum_starts",
    Family.DUTIES: "duties",
    Family.COMMITMENTS: "commitments",
    Family.OUTLAY_SHARE: "outlay_shares",
}


def carry_out(draft: Draft, options: PlanningOptions, cause_of: Callable[[str, str], Cause]) -> None:
    """Make the region what the planning options say; `cause_of(option, reason)` names who asks for it."""
    for family in options.lifted:
        cause = _cause_of_lift(family, options, cause_of)
        if family is Family.EARLIEST:
            draft.rewrite("initiatives", "earliest", lambda row: min(row.earliest, draft.settings.first_year), cause)
        else:
            draft.drop(TABLES[family], cause)
    if options.starts is Starts.NONE:
        draft.rewrite(
            "rounds",
            "status",
            lambda row: RoundStatus.CLOSED if row.status in STARTS_ALLOWED else row.status,
            cause_of("starts", "planning.starts = none"),
        )
    if not options.renewals:
        draft.rewrite("initiatives", "renew", lambda _: False, cause_of("renewals", "planning.renewals = false"))
    if options.prerequisite_lag is not None:
        lag = options.prerequisite_lag
        cause = cause_of("prerequisite_lag", f"planning.prerequisite_lag = {lag}")
        draft.rewrite("prerequisites", "lag", lambda _: lag, cause)
    if not options.enablers:
        draft.drop("enablers", cause_of("enablers", "planning.enablers = false"))
    if not options.decay:
        draft.rewrite("initiatives", "half_life", lambda _: None, cause_of("decay", "planning.decay = false"))
    if not options.running:
        draft.drop("running", cause_of("running", "planning.running = false"))


def _cause_of_lift(family: Family, options: PlanningOptions, cause_of: Callable[[str, str], Cause]) -> Cause:
    if family in options.lift:
        return cause_of("lift", f"planning.lift: {family}")
    if options.everything:
        return cause_of("everything", "planning.everything = true")
    return cause_of("starts", "planning.starts = none")
