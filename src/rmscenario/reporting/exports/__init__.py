"""Exports of a whole run: a workbook for people, the IAMC format for other tools."""

from rmscenario.reporting.exports.contents import Exported
from rmscenario.reporting.exports.iamc import iamc
from rmscenario.reporting.exports.sheets import run_sheets

__all__ = ["Exported", "iamc", "run_sheets"]
