"""Photos whose pixels stay as they are, bit by bit, while everything else goes.

Each filter takes over what a list allows and rewrites all of it; what it cannot account for it does not take
over, and the photo is drawn anew instead.
"""


class Unsuited(Exception):
    """This photo cannot be kept bit by bit and be clean. Says nothing of its content."""
