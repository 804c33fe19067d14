"""docs/cli.md: every command and option, written from the commands themselves."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

from rmscenario.cli.group import cli
from rmscenario.errors import ExitCode

_HEAD = """# Command line

Written from the commands by `python -m rmscenario.cli.document docs/cli.md`; a test fails when this page is out of date.

Results go to stdout, everything else to stderr. Progress bars are shown only where stderr is a terminal, without colours
if `NO_COLOR` is set. Ctrl-C (and SIGTERM) at any moment ends the command with the best plan found until then verified and
saved, marked `interrupted` in its summary; before there is a plan nothing is written. A second Ctrl-C ends at once: the
starts of a plan that was found are then in `runs/.unverified/`.
"""
_CODES = {
    ExitCode.DONE: "done",
    ExitCode.INTERNAL: "an error that the program does not know, or a disk that takes no more; says what to do",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.BAD_INPUT: "the input is wrong: model, scenario or run folder; nothing is written",
    ExitCode.NO_PLAN: "the hard rules contradict each other: there is no plan; of hard targets under risk, that none was found",
    ExitCode.TARGET_MISSED: "a finding, no fault: of a plan, which is whole and verified, that a target is missed or a work "
    "limit was reached; of `confidence`, that the best plan found is less sure than asked for. Other analyses end with 0 whatever "
    "they find",
    ExitCode.SOLVER: "the solver failed, or the independent recomputation disagrees; nothing is written",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C (143: by SIGTERM); what there was is saved",
}
_FILES = """## What a run folder holds

`runs/SCENARIO/` is the latest run; an earlier one moves to `runs/.history/`. A run appears whole or not at all: its
manifest is written last, and every command that reads a run compares each file with it. Work on copies of the files.

| File | Holds |
|---|---|
| `summary.json` | what the run found: targets, cost, certainty, limits, evidence |
| `plan.csv` | every start with what it gives: tonnes alone and in the plan, money, staff, grade |
| `last_starts.csv` | how long each start can wait, and what a year of delay loses |
| `limits.csv` | every limit and rule by its id and in words, with both sides and their unit, slack, and whether it binds (to within 1 % of the limit); money, staff and starts first |
| `touched.csv` | every value that the scenario changed, old and new |
| `companion.csv` | the plan beside the plan: the nearest beside the priced, and the other way round; this nearest plan aims at the soft target of first priority alone, then at least cost |
| `quantities.nc`, `stress.nc` | all quantities, money and staff by source, option and year; the stress test |
| `figures/`, `agreements/` | figures as SVG and PNG; what each unit starts in the next round, as Markdown and xlsx |
| `region/`, `scenario.json` | the region that was planned, every change carried out, and how it was planned and tested |
| `manifest.json` | hashes of all inputs and outputs, versions, options, seconds; alone in it is what differs between two runs of equal input |

## What an analysis of a run holds

`drivers` and `signposts` leave the run as it is. Each writes a folder of its own, `runs/.analyses/SCENARIO/drivers/` and
`runs/.analyses/SCENARIO/signposts/`, whole or not at all, with a manifest that holds the hashes of the run's files as
inputs; an earlier one moves to `.history/` beside it. The same run gives the same bytes. [What drives it](what-drives-it.md)
shows both at work.

| File | Holds |
|---|---|
| `drivers.json` | of each target `split` (own effort, background and account method; what they change in the plan, on average and of the spread), `margins` (how much weaker the background may be; `weaker` below 0: it must be stronger; null: not even ten times the decline is enough, or `decline` is not above 0 and there is nothing to lose), `independent` (Sobol indices), `spoken` (Shapley effects), `bars` (one input at a time), `failures` (what a lost initiative adds, and `met_change`, what the probability of meeting the target changes by on the same draws, with its 95 % interval, which has a width also where no draw changes), `chances` (the probability of meeting it, `way` says whether one direction of the uncertainty was integrated or draws were counted) |
| `drivers.md`, `drivers-TARGET.svg`, `.png` | the same for readers, every target; single inputs and groups as a figure |
| `signposts.json` | of each target `signposts`, once as everything is and once with `expected_background`: what counts as a `miss`, and `posts` with their `restrictions`, `alert` and `reserves` |
| `signposts.md` | the same as sentences |

`regret` writes `runs/.analyses/SCENARIO/regret/` in the same way. The worlds that are planned stand beside it in `.worlds/`,
a folder for each plan, seed and version; they can be removed at any time, and are then planned again. With
`--scheduler ADDRESS` a Dask cluster plans the worlds: its workers need the same version of this program, and see no files of
this machine. The result is the same, byte for byte, for any number of workers.

| File | Holds |
|---|---|
| `regret.json` | `options` (share of the worlds that start it with its exact binomial interval, `class`, the share where no target counts, start years, the input that decides), `policies` (regret of the fixed plan, of planning again after the first round and of clairvoyance, in DKK and in tonnes, each with its error), `average_plan` (what the best plan for all worlds at once that single changes find starts otherwise), `value_of_information` in priced mode without hard targets (EV, EEV, WS, RP, EVPI and VSS with lower and upper ends, DKK; `fixed` is what the plan comes to on average, and EV, EEV and VSS are null of a plan under risk, which was not chosen for the most likely figures), `gaps` (mean and largest over the worlds, stage by stage) |
| `regret.csv` | the options, one in each row |
| `regret.md`, `regret.svg`, `.png` | the same for readers; all shares as a figure, and the least decided starts by name |

`wait` writes `runs/.analyses/SCENARIO/wait/` in the same way, and keeps what is done on worlds beside it as `regret` does.

| File | Holds |
|---|---|
| `wait.json` | `options` (`class` sign, wait, depends or never; the start year that is signed now; shares of the worlds by later start year; `price_of_waiting` and `price_of_signing` in DKK with standard error and proven least, in tCO2e/a and summed in tCO2e; what the later start depends on), `branches` (groups of worlds that look alike), `policy_dkk` and `single_plan_dkk` (bound and value), `value_of_flexibility_dkk`, `gain_in_fresh_worlds_dkk`, `myopic` (regret of planning for the next round alone), `played` (the rounds played forward against the fixed plan, each with its standard error) |
| `wait.csv` | the options, one in each row |
| `wait.md`, `wait.svg`, `.png` | the same for readers; all prices as a figure, and the dearest starts by name |

`confidence` writes `runs/.analyses/SCENARIO/confidence/` in the same way: plans at eight confidences, and at those that the
scenario asks for. Several wishes are put at the same confidence; what the scenario asks for of each stands beside them.

| File | Holds |
|---|---|
| `confidence.json` | of each of `confidences` its plan: `value_dkk` (the priced cost) and `bound_dkk` (Eqs. (28) and (29) of the formulation), net present value (money alone) and what it is above that of the plan for expected values, starts added and dropped, and of each of `wishes` in which share of fresh draws it is met, with a 95 % interval, in which it was on the draws that chose the plan (`chosen`), what the surest plan found reaches of those (`furthest`), and the `verdict`: `met`, `close` (the interval holds the wish), `unconfirmed` (met only on the draws that chose), `priced` (plans that meet it on the draws that choose were found, but cost more than they spare in shortfall at its price, or its shortfall has no price) or `unfound`; `asked` the same of the best plan found for what the scenario asks for, null where none keeps the hard targets; `run` of the plan of the run; `expected` of that for expected values; `unreached` the confidences at which no plan keeps the hard targets |
| `confidence.csv` | the same as a table, a row for each confidence and wish; `asked` marks what the scenario asks for |
| `confidence.md`, `confidence.svg`, `.png` | the same for readers |

`worth` writes `runs/.analyses/SCENARIO/worth/` in the same way, and `learn --plan` what changes in the plan to
`runs/.analyses/RUN/replanned/` beside the new run. What `learn` finds stands in `runs/.learning/ROUND/`.

| File | Holds |
|---|---|
| `learnt.json` | `observations` (progress, share that it can show, realisation, error), `silent` (values that say nothing of an effect, and why), `common` (what holds of all initiatives), `learnt`, `effects` |
| `learnt.csv` | a row for each observed option and each initiative: realisation of what was promised, as promised, observed and now expected, with 90 % intervals, and what moved it: its own values, other units', other initiatives' |
| `effects.csv`, `learnt-ROUND.toml` | every effect that changes, old and new; the same as a scenario to lay over others |
| `learnt.md` | the same for readers |
| `replanned.json`, `.csv`, `.md` | `figures` of the former plan as promised, of it as learnt and of the new plan; `changes`, each with what the change alone is worth as promised, with what was learnt of its own initiative and with all, in DKK, and what it is because of |
| `worth.json`, `.csv`, `.md` | `indicators`: `seen` (share of the worlds in which it shows anything), `flips` (chance that it changes the next plan), `worth` and its `error` in DKK, `sure` (two errors from nothing), `changes`; `everything`: what to know the world would be worth |
"""


def cli_page() -> str:
    """Text of docs/cli.md."""
    context = cli.make_context("rmscenario", ["version"])
    lines = [_HEAD, "## Commands", ""]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            lines += _command(name, command, context)
        if isinstance(command, click.Group) and command.commands:
            inside = click.Context(command, info_name=name, parent=context)
            for below, each in command.commands.items():
                lines += _command(below, each, inside)
    lines += ["## Exit codes", "", "| Code | Means |", "|---|---|"]
    lines += [f"| {int(code)} | {meaning} |" for code, meaning in _CODES.items()]
    return "\n".join([*lines, "", _FILES])


def _command(name: str, command: click.Command, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [
        f"### {context.command_path.removeprefix('rmscenario ')}",
        "",
        f"    {usage}",
        "",
        *_paragraphs(command),
        "",
    ]
    records = [
        record
        for option in command.get_params(context)
        if isinstance(option, click.Option) and (record := option.get_help_record(context)) is not None
    ]
    if not records:
        return lines
    lines += ["| Option | Meaning |", "|---|---|"]
    lines += [f"| `{names.replace('|', ' or ')}` | {text.replace('|', ' or ')} |" for names, text in records]
    return [*lines, ""]


def _paragraphs(command: click.Command) -> list[str]:
    """The help text, a line for each paragraph."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).split("\n")


def write_page(path: Path) -> None:
    """Write docs/cli.md."""
    path.write_text(cli_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    import sys

    write_page(Path(sys.argv[1]))
