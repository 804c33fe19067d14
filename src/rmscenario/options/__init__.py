"""Options: what could start where and when, and how far it is deployed in each year."""

from rmscenario.options.deployment import at_time, deployed_effect, share_in_service, share_on, time_of
from rmscenario.options.options import Option, OptionTable, State, build_options

__all__ = [
    "Option",
    "OptionTable",
    "State",
    "at_time",
    "build_options",
    "deployed_effect",
    "share_in_service",
    "share_on",
    "time_of",
]
