"""Whole ladders: the numbered scenarios, on both databases, without a real provider."""
