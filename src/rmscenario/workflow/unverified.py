"""A plan kept from the moment it is found until its run stands, so that no interrupt loses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rmscenario import run_folder as rf
from rmscenario.plan import Plan
from rmscenario.workflow.contents import START_COLUMNS, start_rows
from rmscenario.workflow.interrupts import Interrupted

#: Folder, beside the runs, of plans whose command was ended before they were verified.
UNVERIFIED = ".unverified"


class Unverified:
    """The place of one run's plan while it is not verified and written."""

    def __init__(self, runs: Path, name: str) -> None:
        self.path = runs / UNVERIFIED / f"{name}.csv"

    def keep(self, plan: Plan) -> bool:
        """Write the starts of a plan; says whether the disk took them."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            rf.write_table(self.path, START_COLUMNS, start_rows(plan))
        except OSError:
            return False
        return True

    def drop(self) -> None:
        """Remove what was kept."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
            self.path.parent.rmdir()  # fails where plans of other runs are kept

    @contextmanager
    def until_written(self) -> Iterator[None]:
        """Whatever ends the block but an interrupt takes the plan along: it is in its run by then, or refused.

        Raises
        ------
        Interrupted
            As in the block; it says where the plan is kept, if one was found.
        """
        self.drop()
        try:
            yield
        except Interrupted as stopped:
            raise Interrupted(stopped.number, kept=self.path if self.path.is_file() else None) from None
        except BaseException:
            self.drop()
            raise
        self.drop()
