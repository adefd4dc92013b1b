"""Tipbridge's core: anonymous tips in, helpdesk tickets out, answers back. Knows no web framework and no platform."""
