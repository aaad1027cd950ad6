"""Benchmarks of reglet, beside its peers in the same run."""
