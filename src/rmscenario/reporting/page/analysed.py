"""What the analyses of a run say, as a director reads it: how sure, what drives it, what to do anyway, what can wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.page.parts import Section

#: The analyses whose key sentences the report shows, in the order in which they are read; each is a command, too.
ANALYSES = ("confidence", "drivers", "regret", "wait", "signposts")


def analysed(said: Mapping[str, Sequence[str]], run: str, lang: Lang) -> Section:
    """The key sentences of each analysis; of one that was not made, the command that makes it.

    Parameters
    ----------
    said : mapping of str to sequence of str
        Key sentences by analysis, of those that were made.
    run : str
        Name of the run.
    """
    missing = [
        say("page.analyses.missing", lang, what=say(f"page.analysis.{name}", lang), command=f"rmscenario {name} {run}")
        + (" " + say("page.analyses.wish", lang) if name == "confidence" else "")
        for name in ANALYSES
        if name not in said
    ]
    return Section(
        name="analyses",
        heading=say("page.section.analyses", lang),
        sections=tuple(
            Section(name=name, heading=say(f"page.analysis.{name}", lang), told=tuple(said[name]))
            for name in ANALYSES
            if name in said
        ),
        told=tuple(missing),
    )
