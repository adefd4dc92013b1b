"""Photos: drawn anew, or filtered without loss."""
