"""The stress test: a fixed plan evaluated on draws of everything uncertain."""

from rmscenario.stress.kernel import make_ready
from rmscenario.stress.run import run_stress

__all__ = ["make_ready", "run_stress"]
