"""How contacts are reached. `base` is the protocol; each channel is a file of its own."""
