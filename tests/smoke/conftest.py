"""Smoke tests run on the harness."""

from tests.harness_fixtures import clock, desk, harness, make_harness

__all__ = ["clock", "desk", "harness", "make_harness"]
