"""What Tipbridge does: takes tips in, delivers them, brings answers back. Knows neither the web nor a platform."""
