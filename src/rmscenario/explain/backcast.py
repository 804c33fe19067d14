"""Backcast: how strong the background would have to be for a target to be met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.constants import is_met
from rmscenario.emissions import build_structure, evaluate, target_lines
from rmscenario.emissions.structure import IntArray, Structure, background_factor
from rmscenario.explain.aim import aimed_at, aiming_at
from rmscenario.explain.earliest import logic_of
from rmscenario.explain.reach import lowest
from rmscenario.options import build_options
from rmscenario.region import Region
from rmscenario.scenario.run_options import BackcastOptions
