"""Smoke tests run on the harness."""

from tests.harness_fixtures import clock, harness, make_harness, memory_desk

__all__ = ["clock", "harness", "make_harness", "memory_desk"]
