"""What is seen of a world at the end of the round, and what is then believed of the worth of later starts.

Worlds are told apart by nothing but what is seen in them. What later decisions hang on is what later starts are then believed
to be worth, so worlds are clustered by that: differences that change no belief about any later start tell nothing apart,
and all is measured in the same money.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rmscenario.blocks import Arrays
from rmscenario.emissions.structure import FloatArray
from rmscenario.recourse.tree import BoolArray, first_states
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.average import changes_of, worth_of
from rmscenario.worlds.decided import as_planned
from rmscenario.worlds.learning import Learning, Prior
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.stages import stages_of
from rmscenario.worlds.worlds import Worlds

#: [1] Share of the worlds in which an input is seen, from which it may tell what later starts depend on.
MOSTLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIn:
    """What a plan's first round shows in worlds, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    skipped : int
        Worlds before the first.
    """

    of: WorldsOf
    choice: tuple[int, ...]
    end: int
    skipped: int = 0

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return hashlib.sha256(f"{self.of.key} seen {self.choice} {self.end} {self.skipped}".encode()).hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """Believed worth of later states in a world, and which inputs are seen."""
        worlds = worlds_of(self.of)
        problem = worlds.problem
        choice = np.asarray(self.choice, dtype=np.int64)
        learning = Learning(worlds, choice, self.end, Prior(worlds))
        later = ~first_states(problem.frame.structure.table, self.end)

        def in_world(number: int) -> Arrays:
            place = number + self.skipped
            believed = worlds.problem_of(learning.believed(place))
            (stage,) = stages_of(believed, self.of.mode, choice)
            moves = changes_of(believed, stage.objective, choice)
            worth = worth_of(problem, {"take": moves.take, "drop": moves.drop})
            return {"worth": worth[later], "seen": learning.seen(worlds.world(place))}

        return in_world


def observations(worlds: Worlds, signed: BoolArray, seen: BoolArray) -> tuple[tuple[str, ...], FloatArray]:
    """What worlds are seen to differ by: names, and array (name, world) of which only ranks count.

    Normal scores of the inputs that mostly are seen, 0 where one is not; and how the starts that are signed now come.

    Parameters
    ----------
    signed : array (option) bool
    seen : array (world, input) bool
    """
    count = len(seen)
    names, scores = worlds.scores(count)
    numbers = {item.name: number for number, item in enumerate(worlds.inputs.inputs)}
    kept = [row for row, name in enumerate(names) if name in numbers and seen[:, numbers[name]].mean() >= MOSTLY]
    shown = np.stack([seen[:, numbers[names[row]]] for row in kept]) if kept else np.zeros((0, count), dtype=bool)
    options, starts = worlds.problem.frame.structure.table.options, np.flatnonzero(signed)
    own, comes = as_planned([options[number] for number in starts.tolist()], worlds.delivered(count)[:, starts])
    return (*(names[row] for row in kept), *own), np.vstack([np.where(shown, scores[kept], 0.0), comes])
