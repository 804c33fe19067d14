"""The error tree: every error has an exit code and says where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    BAD_INPUT = 3
    NO_PLAN = 4
    TARGET_MISSED = 5
    SOLVER = 6
    INTERRUPTED = 130


class RmscenarioError(Exception):
    """Base of all errors this package raises on purpose."""

    exit_code = ExitCode.INTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of the input: where it stands, what was found, what was expected, what to do."""

    file: str
    row: int | None = None
    column: str | None = None
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.row) if part is not None)
        column = f" {self.column}:" if self.column else ""
        return f"{place}:{column} found {self.found}, expected {self.expected}; {self.remedy}"


class InputError(RmscenarioError):
    """Faults of the data, collected over all files and raised together."""

    exit_code = ExitCode.BAD_INPUT
    shown = 20

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[: self.shown]]
        if len(self.faults) > self.shown:
            lines.append(f"… and {len(self.faults) - self.shown} more")
        super().__init__("\n".join(lines))


class NoPlanError(RmscenarioError):
    """The hard rules contradict each other: no plan exists."""

    exit_code = ExitCode.NO_PLAN


class WorkLimitError(NoPlanError):
    """No plan was found within the work limit, which does not prove that there is none."""


class UnreachedError(NoPlanError):
    """The other hard rules agree, but no plan was found that keeps hard targets under the risk asked for."""


class SolverError(RmscenarioError):
    """The solver failed or gave an answer that cannot be used."""

    exit_code = ExitCode.SOLVER


class VerificationError(RmscenarioError):
    """The independent recomputation disagrees with the plan."""

    exit_code = ExitCode.SOLVER


class RunFolderError(RmscenarioError):
    """A run folder is missing, incomplete or does not match its manifest."""

    exit_code = ExitCode.BAD_INPUT


def shown(found: object, longest: int = 60) -> str:
    """Return foreign text in quotes, shortened, with every unprintable character escaped.

    Control characters, ANSI sequences and marks that turn the direction of writing never reach a terminal or a log.
    """
    text = str(found)
    escaped = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text[:longest]
    )
    return f"'{escaped}{'…' if len(text) > longest else ''}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest known word, or all words where there are few; empty if neither helps."""
    words = sorted(set(known))
    folded = {other.casefold(): other for other in reversed(words)}
    near = get_close_matches(word[:100].casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"did you mean '{folded[near[0]]}'?"
    return f"use one of {', '.join(words)}" if 0 < len(words) <= 12 else ""
