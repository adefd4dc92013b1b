"""The JSON API for the programme's own app."""
