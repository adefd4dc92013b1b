"""Films and sound: packed anew, without what is not picture or sound."""
