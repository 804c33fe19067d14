"""Analyses of a finished run: what drives its outcome, what warns of a miss, what many worlds say, written beside the run.

A run is never changed by them: its manifest holds every file that is in it. An analysis is a folder of its own with a
manifest of its own, `.analyses/RUN/NAME` beside the run; an earlier one moves to the history there.
"""

from rmscenario.workflow.analyses.analysis import Analysis, content_of, key_sentences, targets_of, title_of
from rmscenario.workflow.analyses.place import (
    ANALYSES,
    analyses_of,
    beside,
    folder_of,
    key_sentences_of,
    read_analysis,
    signposts_of,
    write_analysis,
)

__all__ = [
    "ANALYSES",
    "Analysis",
    "analyses_of",
    "beside",
    "content_of",
    "folder_of",
    "key_sentences",
    "key_sentences_of",
    "read_analysis",
    "signposts_of",
    "targets_of",
    "title_of",
    "write_analysis",
]
