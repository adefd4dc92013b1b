"""Frozen types and rules. Nothing in here does I/O, knows a database, a web framework or a helpdesk."""
