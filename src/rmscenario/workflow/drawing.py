"""Figures drawn in two processes: what needs no draws is drawn in the second one while this one makes them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result
from rmscenario.workflow.second import Job, LostError
from rmscenario.workflow.watch import Control

#: Parts of a group that go to the second process one by one, so that this one can take some back.
_PARTS = 2
#: Content of each file, by its name.
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Figures given to the second process: every second one of a group from the `part`-th on."""

    result: Result
    lang: Lang
    group: str
    part: int

    def drawn(self) -> Files:
        """Draw them."""
        from rmscenario.reporting.figures import Group, draw_figures  # noqa: PLC0415  matplotlib takes a second to import

        return dict(draw_figures(self.result, self.lang, (Group(self.group),), part=self.part, parts=_PARTS))


Given = tuple[Share, Job[Files]]


def draw_ahead(result: Result, lang: Lang, control: Control) -> list[Given]:
    """Begin with the figures that show the plan alone, in the second process."""
    return _give(result, lang, "plan", control)


def draw(folder: Path, result: Result, lang: Lang, ahead: Sequence[Given], control: Control) -> None:
    """Draw all figures that are not drawn yet: in both processes, whatever the second one is busy with.

    What the second one has not begun when this one is free, or loses, is drawn here.

    Raises
    ------
    Interrupted
        When asked to stop.
    """
    given = [*(ahead or draw_ahead(result, lang, control)), *_give(_without_samples(result), lang, "curves", control)]
    folder.mkdir()
    for part in range(_PARTS):
        _write(folder, Share(result=result, lang=lang, group="draws", part=part).drawn())
    for share, job in reversed(given):
        _write(folder, _from(share, job, control))


def _give(result: Result, lang: Lang, group: str, control: Control) -> list[Given]:
    shares = [Share(result=result, lang=lang, group=group, part=part) for part in range(_PARTS)]
    return [(share, control.second.submit(Share.drawn, share)) for share in shares]


def _from(share: Share, job: Job[Files], control: Control) -> Files:
    """What the second process drew; else draw it."""
    if not job.take():
        with suppress(LostError):
            return job.result(control.interrupts.asked)
    return share.drawn()


def _without_samples(result: Result) -> Result:
    """What the curves need of a result: percentiles, not the draws themselves, which take long to hand over."""
    if result.stress is None:
        return result
    return Result(
        title=result.title,
        region=result.region,
        plan=result.plan,
        assessment=result.assessment,
        stress=result.stress.drop_dims("draw"),
    )


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
