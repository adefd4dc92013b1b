"""Escalation: what happens when nobody answers. For now only the scheduler that drives the worker's ticks."""
