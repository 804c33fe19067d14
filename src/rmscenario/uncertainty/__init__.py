"""Uncertain inputs by name, their distributions and dependence, and their draws as data."""

from rmscenario.uncertainty.inputs import Delivered, Draws, DrawSource, Input, UncertainInputs, uncertain_inputs
from rmscenario.uncertainty.marginals import Marginal, Scores
from rmscenario.uncertainty.sampler import REPLICATE, name_keys, uniforms

__all__ = [
    "REPLICATE",
    "Delivered",
    "DrawSource",
    "Draws",
    "Input",
    "Marginal",
    "Scores",
    "UncertainInputs",
    "name_keys",
    "uncertain_inputs",
    "uniforms",
]
