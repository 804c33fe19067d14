"""Small random regions in which much is uncertain: effects, lifts, background and delivery, with common causes and ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from rmscenario.planning.problem import build_problem
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from tests.planning.enumeration import enumerate_choices, small_region

MADE_UP = {"reference": "made-up", "grade": "assumption"}
#: Confidences asked for, and levels of tails; of most numbers of draws they leave no whole number.
CONFIDENCES, LEVELS = (0.6, 0.8, 0.9), (0.8, 0.9, 1 / 3)


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
