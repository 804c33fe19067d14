"""Progress and notes on stderr; results go to stdout."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column
from rich.text import Text

from rmscenario.blocks import Pool
from rmscenario.planning import Tick
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.telling import draws_text, tick_text, worlds_text
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.second import SecondProcess
from rmscenario.workflow.watch import Control, Phase, Silent


class Terminal:
    """Bars for planning and draws, off where stderr is no terminal; notes in any case."""

    def __init__(self, gap: float, region: Region, lang: Lang) -> None:
        self._gap = max(gap, 1e-9)
        self._region, self._lang = region, lang
        self._console = Console(stderr=True, highlight=False)
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, min_width=12)),
            BarColumn(bar_width=12),
            TextColumn("{task.fields[state]}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None
        self._begun: tuple[float, int] | None = None

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
        self._begun = None
        self._task = self._bars.add_task(say(f"phase.{phase.value}", self._lang), total=None, state="")

    def tick(self, tick: Tick) -> None:
        """Show incumbent, bound and gap; the bar fills as the gap closes, by orders of magnitude."""
        if self._task is None:
            return
        done = 0.0
        if tick.gap is not None and math.isfinite(tick.gap):
            done = math.log(max(min(tick.gap, 1.0), self._gap)) / math.log(self._gap) if self._gap < 1 else 1.0
        self._bars.update(self._task, total=1.0, completed=done, state=tick_text(tick, self._region, self._lang))

    def draws(self, done: int, total: int) -> None:
        """Show the draws done."""
        if self._task is not None:
            self._bars.update(self._task, total=total, completed=done, state=draws_text(done, total, self._lang))

    def searches(self, done: int, total: int) -> None:
        """Show the searches done."""
        self._counted("progress.searches", done, total)

    def answers(self, done: int, total: int) -> None:
        """Show the answers found."""
        self._counted("progress.answers", done, total)

    def worlds(self, done: int, total: int) -> None:
        """Show the worlds that are planned, and how long the others will take at the pace of those planned by now."""
        now = time.monotonic()
        begin, before = self._begun = self._begun or (now, done)
        minutes = None
        if done > before:
            minutes = (now - begin) / (done - before) * (total - done) / 60.0
        if self._task is not None:
            state = worlds_text(done, total, minutes, self._lang)
            self._bars.update(self._task, total=total, completed=done, state=state)

    def _counted(self, text: str, done: int, total: int) -> None:
        if self._task is not None:
            state = say(text, self._lang, done=number(done, self._lang), total=number(total, self._lang))
            self._bars.update(self._task, total=total, completed=done, state=state)

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


@contextmanager
def watched(
    gap: float,
    region: Region,
    lang: Lang,
    interrupts: Interrupts,
    *,
    second: SecondProcess | None = None,
    pool: Pool | None = None,
) -> Iterator[Control]:
    """Control of long work, with bars in the terminal; the second process ends with it."""
    with Terminal(gap, region, lang) as terminal:
        control = Control(terminal, interrupts, second, pool)
        try:
            yield control
        finally:
            control.second.close()
