"""Smoke tests run on the harness."""

from tests.harness_fixtures import clock, desk, harness, make_harness, memory_desk
from tests.vaulted import people, vaulted

__all__ = ["clock", "desk", "harness", "make_harness", "memory_desk", "people", "vaulted"]
