"""Small random regions in which much is uncertain: effects, lifts, background and delivery, with common causes and ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import TargetLine
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.risk.drawn import PlanningDraws, planning_draws
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import DrawSource, uncertain_inputs
from tests.planning.enumeration import enumerate_choices, small_region
from tests.risk.enumeration import drawn_residuals

MADE_UP = {"reference": "made-up", "grade": "assumption"}
#: Confidences asked for, and levels of tails; of most numbers of draws they leave no whole number.
CONFIDENCES, LEVELS = (0.6, 0.8, 0.9), (0.8, 0.9, 1 / 3)
#: Confidences asked for of hard targets, which plans may keep that do not keep them in the mean.
SELDOM = (0.05, 0.3, 0.5, 0.7)
#: Draws and choices that the caps of such targets are taken from, and in how many more of the draws they are kept.
SEEN, SOME, MORE = 500, 5, 0.12


def uncertain_region(seed: int, most: int = 256) -> Region:
    """A region of at most `most` choices; in every third only delivery is uncertain, so that many draws are alike."""
    dice = Random(seed + 20_000)
    model = small_region(seed, most)
    if seed % 3:
        model = replace(
            model,
            effects=tuple(row.model_copy(update=_around(dice, row.mode)) for row in model.effects),
            enablers=tuple(row.model_copy(update=_around(dice, row.mode)) for row in model.enablers),
            background=tuple(
                row.model_copy(
                    update={"weak": row.mode * dice.uniform(1.0, 1.4), "strong": row.mode * dice.uniform(0.5, 1.0)}
                )
                for row in model.background
            ),
            uncertainty=_distributions(dice, model),
        )
    return replace(model, delivery_risk=_deliveries(dice, model))


def _around(dice: Random, mode: float) -> dict[str, float]:
    ends = sorted((mode * dice.uniform(0.2, 1.0), mode * dice.uniform(1.0, 1.6)))
    return {"low": ends[0], "high": ends[1]}


def _distributions(dice: Random, model: Region) -> tuple[Uncertainty, ...]:
    """Effects and backgrounds, some of which hang together."""
    subjects = [("effect", row.initiative) for row in model.initiatives]
    subjects += [("background", row.category) for row in model.categories]
    return tuple(
        Uncertainty(
            kind=kind,
            subject=subject,
            distribution=dice.choice(["pert", "triangular"]),
            correlation_group=kind,
            correlation=dice.choice([0.0, 0.5, 0.9]),
            **MADE_UP,
        )
        for kind, subject in subjects
        if dice.random() < 0.7
    )


def _deliveries(dice: Random, model: Region) -> tuple[DeliveryRisk, ...]:
    """Slips, starts taken up in part and cancellations, in some regions of a whole unit at once."""
    together = dice.choice([0.0, 0.3, 0.8, 1.0])

    def row(initiative: str | None) -> DeliveryRisk:
        late = {"slip_one": dice.uniform(0.0, 0.3), "slip_two": dice.uniform(0.0, 0.2)}
        given: dict[str, Any] = late | {"cancelled": dice.uniform(0.0, 0.3), "unit_correlation": together}
        given |= {"partial": dice.choice([0.0, 0.2]), "partial_uptake": dice.uniform(0.0, 1.0)}
        given["supplier_group"] = "one" if initiative is not None and together > 0.5 else None
        return DeliveryRisk(initiative=initiative, **given, **MADE_UP)

    return (row(None), *(row(item.initiative) for item in model.initiatives if dice.random() < 0.3))


def with_rule(model: Region, dice: Random, given: dict[str, object]) -> Region:
    """The region with its first target within reach of some choices, hard or not, held under risk."""
    return _within_reach(model, dice, 0, {"hard": dice.random() < 0.4} | given)


def together(model: Region, dice: Random) -> Region:
    """The region with its targets within reach of some choices, each hard or not."""
    for number in range(len(model.targets)):
        model = _within_reach(model, dice, number, {"hard": dice.random() < 0.2})
    return model


def seldom_kept(model: Region, dice: Random, confidence: float, given: dict[str, object]) -> Region:
    """The region with all its targets hard, each kept by some choice in little more than a share of the draws, if in no more."""
    rule = {"form": "from", "until": None, "reduction": None, "level": 0.0, "hard": True} | given
    targets = tuple(row.model_copy(update={"year": dice.randint(2028, 2031)} | rule) for row in model.targets)
    problem = build_problem(replace(model, targets=targets))
    found = enumerate_choices(problem)
    feasible = found.choices[found.feasible]
    if not len(feasible):
        return problem.region
    source = DrawSource(uncertain_inputs(problem.region, problem.frame.structure.table), 1, Sampler.RANDOM)
    draws = planning_draws(source, SEEN)
    some = feasible[dice.sample(range(len(feasible)), min(SOME, len(feasible)))]
    left = np.asarray([_seldom_left(problem, line, some, draws, confidence) for line in problem.lines])
    kept = left[:, left[0].argmin()]
    caps = {line.target.target: float(cap) for line, cap in zip(problem.lines, kept, strict=True)}
    return replace(model, targets=tuple(row.model_copy(update={"level": caps[row.target]}) for row in targets))


def _seldom_left(
    problem: Problem, line: TargetLine, choices: npt.NDArray[np.int64], draws: PlanningDraws, confidence: float
) -> npt.NDArray[np.float64]:
    """What of each choice is left at most in a share of the draws, and in some more, in the worst year: array (choice)."""
    years = [drawn_residuals(problem, line, choices, draws, year) for year in np.flatnonzero(line.held).tolist()]
    left: npt.NDArray[np.float64] = np.max(
        [np.quantile(year, min(1.0, confidence + MORE), axis=1) for year in years], axis=0, initial=0.0
    )
    return left


def _within_reach(model: Region, dice: Random, number: int, given: dict[str, object]) -> Region:
    """A target of a single year whose cap lies between what the best and the worst choice leave, at a price that matters."""
    rule = {"form": "from", "until": None, "year": dice.randint(2028, 2031)} | given
    targets = list(model.targets)
    targets[number] = targets[number].model_copy(update=rule)
    problem = build_problem(replace(model, targets=tuple(targets)))
    found = enumerate_choices(problem)
    line = problem.lines[number]
    left = found.residual[number][found.feasible, line.position]
    moved = len(left) > 0 and left.max() - left.min() > 1e-6 * left.max()
    cap = left.min() + dice.uniform(0.1, 0.9) * (left.max() - left.min()) if moved else line.cap
    price = dice.choice([500.0, 5_000.0, 50_000.0])
    update = {"level": max(0.0, float(cap)), "reduction": None, "shortfall_price": price}
    targets[number] = targets[number].model_copy(update=update)
    return replace(model, targets=tuple(targets))


def numerous(count: int, most: int = 2048) -> Iterator[int]:
    """The first seeds whose regions have 7 to 10 options that are a choice."""
    seed = 0
    while count:
        table = build_problem(small_region(seed, most)).frame.structure.table
        if 7 <= sum(option.running is None for option in table.options) <= 10:
            count -= 1
            yield seed
        seed += 1
