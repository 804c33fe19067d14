"""Every text a reader sees, in Danish and English. Places in braces are filled by `language.say`."""

from __future__ import annotations

from rmscenario.reporting.catalogue.account import ACCOUNT
from rmscenario.reporting.catalogue.agreements import AGREEMENTS
from rmscenario.reporting.catalogue.bilingual import Bilingual
from rmscenario.reporting.catalogue.confidence import CONFIDENCE
from rmscenario.reporting.catalogue.dossiers import DOSSIERS
from rmscenario.reporting.catalogue.drivers import DRIVERS
from rmscenario.reporting.catalogue.exports import EXPORTS
from rmscenario.reporting.catalogue.figures import FIGURES
from rmscenario.reporting.catalogue.findings import FINDINGS
from rmscenario.reporting.catalogue.learnt import LEARNT
from rmscenario.reporting.catalogue.limits import LIMITS
from rmscenario.reporting.catalogue.page import PAGE
from rmscenario.reporting.catalogue.recourse import RECOURSE
from rmscenario.reporting.catalogue.regret import REGRET
from rmscenario.reporting.catalogue.rounds import ROUNDS
from rmscenario.reporting.catalogue.signposts import SIGNPOSTS
from rmscenario.reporting.catalogue.summary import SUMMARY
from rmscenario.reporting.catalogue.terminal import TERMINAL
from rmscenario.reporting.catalogue.words import GRADES, WORDS
from rmscenario.reporting.catalogue.worth import WORTH

THEMES: tuple[dict[str, Bilingual], ...] = (
    WORDS,
    GRADES,
    FIGURES,
    AGREEMENTS,
    SUMMARY,
    FINDINGS,
    LIMITS,
    TERMINAL,
    DRIVERS,
    SIGNPOSTS,
    REGRET,
    RECOURSE,
    CONFIDENCE,
    LEARNT,
    WORTH,
    ROUNDS,
    ACCOUNT,
    DOSSIERS,
    PAGE,
    EXPORTS,
)
TEXTS: dict[str, Bilingual] = {key: text for theme in THEMES for key, text in theme.items()}

__all__ = ["TEXTS", "THEMES", "Bilingual"]
