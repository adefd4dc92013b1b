"""The planner and its parts, without a database."""
