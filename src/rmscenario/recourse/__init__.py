"""Two-stage planning over the rounds: what to sign now, what can wait, and what it is worth that later rounds adapt."""

from rmscenario.recourse.run import Branch, Estimate, Myopic, Played, Recourse, counts, find_recourse
from rmscenario.recourse.verdicts import WORTH_SIGNING, OptionVerdict, Price, Verdict

__all__ = [
    "WORTH_SIGNING",
    "Branch",
    "Estimate",
    "Myopic",
    "OptionVerdict",
    "Played",
    "Price",
    "Recourse",
    "Verdict",
    "counts",
    "find_recourse",
]
