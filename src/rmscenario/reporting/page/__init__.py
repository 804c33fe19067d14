"""The report: one HTML file that holds everything it shows."""

from rmscenario.reporting.page.analysed import ANALYSES
from rmscenario.reporting.page.render import report
from rmscenario.reporting.page.sections import Reported, page

__all__ = ["ANALYSES", "Reported", "page", "report"]
