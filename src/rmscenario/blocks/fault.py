"""What can go wrong with a cluster."""

from __future__ import annotations

from rmscenario.errors import ExitCode, RmscenarioError


class PoolError(RmscenarioError):
    """The cluster cannot be reached, or does not do the work."""

    exit_code = ExitCode.USAGE
