"""Uncertain inputs by name, their distributions and dependence, and their draws as data."""

from rmscenario.uncertainty.collect import uncertain_inputs
from rmscenario.uncertainty.draws import Draws, DrawSource, Latent, at_modes
from rmscenario.uncertainty.inputs import Delivered, Drawn, Input, Risk, UncertainInputs
from rmscenario.uncertainty.kernel import REPLICATE
from rmscenario.uncertainty.marginals import Marginal, Scores
from rmscenario.uncertainty.sampler import name_keys, uniforms

__all__ = [
    "REPLICATE",
    "Delivered",
    "DrawSource",
    "Drawn",
    "Draws",
    "Input",
    "Latent",
    "Marginal",
    "Risk",
    "Scores",
    "UncertainInputs",
    "at_modes",
    "name_keys",
    "uncertain_inputs",
    "uniforms",
]
