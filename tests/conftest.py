"""What holds for all tests: random examples are the same on every machine, and no test fails for being slow."""

from hypothesis import HealthCheck, settings

settings.register_profile("apiscribe", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("apiscribe")
