"""The stress test: a fixed plan evaluated on draws of everything uncertain."""

from rmscenario.stress.run import run_stress

__all__ = ["run_stress"]
