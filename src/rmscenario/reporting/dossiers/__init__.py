"""Dossiers: what each unit is asked to sign in a round, and why, as data, as a page, in Word and as a workbook."""

from rmscenario.reporting.dossiers.contents import Dossier, dossiers
from rmscenario.reporting.dossiers.page import Page, page

__all__ = ["Dossier", "Page", "dossiers", "page"]
