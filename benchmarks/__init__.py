"""Benchmarks on seeded synthetic regions: `python -m benchmarks --help`."""
