"""The platforms Tipbridge knows out of the box, one folder each."""
