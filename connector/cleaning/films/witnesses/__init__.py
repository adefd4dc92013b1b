"""The second look at what has been packed anew: parsers of their own, which know only what we write.

They share no code with what cleans. Each is a list of what may be there; anything else is not clean, whatever it
is. What does not fit raises NotClean, or whatever reading beyond an end raises.
"""
