"""Measurements anyone can run: `python -m benchmarks.NAME [--json]`; `make bench` runs all."""
