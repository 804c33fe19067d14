"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# An example may take as long as it does: the machine may be busy.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
