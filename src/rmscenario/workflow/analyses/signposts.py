"""What warns early that a run's plan will miss a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rmscenario.drivers import FixedPlan
from rmscenario.errors import Fault, InputError, shown
from rmscenario.reporting.analyses.drivers import in_order
from rmscenario.reporting.analyses.signposts import Posted
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.pages import Part, markdown, terminal
from rmscenario.run_folder import Run
from rmscenario.signposts import Signposts, signposts
from rmscenario.uncertainty import DrawSource
from rmscenario.workflow.analyses.analysis import (
    Analysis,
    content_of,
    key_sentences,
    target_content,
    targets_of,
    title_of,
)
from rmscenario.workflow.summary import finite
from rmscenario.workflow.watch import Control, Phase


def analyse_signposts(run: Run, wanted: Sequence[str], lang: Lang, control: Control) -> Analysis:
    """Find signposts of some targets, by default of the first in priority; interrupted, from the draws made so far.

    Each target is asked twice: with everything uncertain, and with the background as expected, which leaves what the
    organisation itself can be late or wrong with.

    Raises
    ------
    InputError
        When a target is none of the plan's.
    """
    targets = targets_of(run)
    with control.phase(Phase.EXPLAIN):
        plan = FixedPlan(run.region, run.plan)
        lines = {line.target.target: line for line in plan.lines}
        order = in_order(run.region, lines)
        _known(run, wanted, order)
        source = DrawSource(plan.inputs, run.scenario.stress.seed, run.scenario.stress.sampler)
        found: list[Signposts] = []
        for target in wanted or order[:1]:
            for expected in (False, True):
                if found and control.interrupts.asked():
                    break
                found.append(
                    signposts(
                        plan,
                        lines[target],
                        source,
                        expected_background=expected,
                        seed=run.scenario.stress.seed,
                        progress=control.watch.draws,
                        stop=control.interrupts.asked,
                    )
                )
    interrupted = control.interrupts.asked()
    parts: list[Part] = []
    for posts in found:
        parts += Posted(posts, run.region, targets[posts.target], lang).parts()
    lead = [say("signposts.fixed", lang), say("signposts.note", lang)]
    if not found:
        lead.append(say("drivers.none", lang))
    elif interrupted:
        draws = number(min(posts.draws for posts in found), lang)
        lead.insert(0, say("signposts.interrupted", lang, draws=draws))
    title = say("signposts.title", lang, title=title_of(run, lang))
    return Analysis(
        name="signposts",
        content=content_of(run, interrupted=interrupted)
        | {"fixed_plan": True, "seed": run.scenario.stress.seed}
        | {"targets": [_signposts_of(posts, targets[posts.target]) for posts in found]}
        | key_sentences(
            lambda spoken: [
                sentence
                for posts in found
                for sentence in Posted(posts, run.region, targets[posts.target], spoken).key_sentences()
            ],
            interrupted=interrupted,
        ),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures={},
    )


def _signposts_of(posts: Signposts, row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = finite(target_content(row) | {"signposts": asdict(posts)})
    return said


def _known(run: Run, wanted: Sequence[str], known: Sequence[str]) -> None:
    faults = [
        Fault(
            file="--target",
            found=shown(target),
            expected=f"a target of {run.name} with its year in the period: {', '.join(known) or 'it has none'}",
            remedy="choose one of them",
        )
        for target in wanted
        if target not in known
    ]
    if faults:
        raise InputError(faults)
