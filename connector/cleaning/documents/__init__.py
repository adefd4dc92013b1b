"""Documents: only the parts that are meant to be read."""
