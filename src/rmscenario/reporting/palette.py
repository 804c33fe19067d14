"""Colours of figures and of the report: they differ in grey too, and each use has a line style or pattern of its own."""

from __future__ import annotations

# Okabe & Ito's palette, safe for colour-blind readers.
BLACK, ORANGE, SKY, GREEN, YELLOW = "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"
INK, SOFT, FAINT, GRID = "#1a1a1a", "#454545", "#757575", "#dddddd"
#: Blue paled: the plan as planned, beside what it is judged by.
PALE = "#99c7e0"
#: Vermillion darkened until text in it has a contrast of 4.5 on white.
VERMILLION_TEXT = "#A84300"
