"""Uncertain inputs by name, their distributions and dependence, and their draws as data."""

from rmscenario.uncertainty.collect import effect_marginals, uncertain_inputs
from rmscenario.uncertainty.delivery import SLIP, Delivered, OptionWays, option_ways
from rmscenario.uncertainty.draws import Draws, DrawSource, Latent, at_modes
from rmscenario.uncertainty.inputs import Drawn, Input, Risk, UncertainInputs
from rmscenario.uncertainty.kernel import REPLICATE
from rmscenario.uncertainty.marginals import Marginal, Scores
from rmscenario.uncertainty.sampler import name_keys, uniforms

__all__ = [
    "REPLICATE",
    "SLIP",
    "Delivered",
    "DrawSource",
    "Drawn",
    "Draws",
    "Input",
    "Latent",
    "Marginal",
    "OptionWays",
    "Risk",
    "Scores",
    "UncertainInputs",
    "at_modes",
    "effect_marginals",
    "name_keys",
    "option_ways",
    "uncertain_inputs",
    "uniforms",
]
