"""Progress and notes on stderr; results go to stdout."""

from __future__ import annotations

import math
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from rmscenario.planning import Tick
from rmscenario.workflow.watch import Phase, Silent

_DOING = {
    Phase.READ: "reading",
    Phase.PLAN: "planning",
    Phase.ASSESS: "assessing",
    Phase.VERIFY: "verifying",
    Phase.STRESS: "drawing",
    Phase.COMPANION: "plan beside the plan",
    Phase.EXPLAIN: "explaining",
    Phase.FIGURES: "figures",
    Phase.AGREEMENTS: "agreements",
    Phase.WRITE: "writing",
}


class Terminal:
    """Bars for planning and draws, off where stderr is no terminal; notes in any case."""

    def __init__(self, gap: float) -> None:
        self._gap = max(gap, 1e-9)
        self._console = Console(stderr=True, highlight=False)
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[state]}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Terminal:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def phase(self, phase: Phase) -> None:
        """Begin a bar."""
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(_DOING[phase], total=None, state="")

    def tick(self, tick: Tick) -> None:
        """Show incumbent, bound and gap; the bar fills as the gap closes, by orders of magnitude."""
        if self._task is None:
            return
        parts = [tick.stage, f"round {abs(tick.round)}"]
        parts += [
            f"{name} {value:,.6g}"
            for name, value in (("incumbent", tick.incumbent), ("bound", tick.bound))
            if value is not None and math.isfinite(value)
        ]
        done = 0.0
        if tick.gap is not None and math.isfinite(tick.gap):
            parts.append(f"gap {100 * tick.gap:.3g} %")
            done = math.log(max(min(tick.gap, 1.0), self._gap)) / math.log(self._gap) if self._gap < 1 else 1.0
        self._bars.update(self._task, total=1.0, completed=done, state=" · ".join(parts))

    def draws(self, done: int, total: int) -> None:
        """Show the draws done."""
        if self._task is not None:
            self._bars.update(self._task, total=total, completed=done, state=f"{done:,} of {total:,} draws")

    def searches(self, done: int, total: int) -> None:
        """Show the searches done."""
        if self._task is not None:
            self._bars.update(self._task, total=total, completed=done, state=f"{done} of {total} searches")

    def note(self, text: str) -> None:
        """Write a line above the bars; foreign text is no markup."""
        if self._bars.live.is_started:
            self._console.print(Text(text))
        else:
            click.echo(text, err=True)


class Notes(Silent):
    """Notes alone, where there is nothing to show bars of."""

    def note(self, text: str) -> None:
        """Write a line."""
        click.echo(text, err=True)
