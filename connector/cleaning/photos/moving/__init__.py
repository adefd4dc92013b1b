"""Moving pictures, drawn anew frame by frame: their timing, their loop and the way they are built stay.

Each frame is unpacked, painted over where it is hidden, and packed again, alone; so a long one takes no more
memory than its largest frame.
"""
