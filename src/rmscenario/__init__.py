"""Scenario simulation and optimisation for organisations that must cut their footprint."""

__version__ = "0.1.0"
