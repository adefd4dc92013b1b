"""Where in the old file the packets lie that are kept.

A broken or crafted table can point the sound at the description of the film, or at the track that holds the
positions: then text would travel as sound. So what is kept may lie only where samples lie, and nowhere where
something lies that is not kept.
"""

from connector.cleaning.films.boxes import Box
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble


class Places:
    """Notes where packets come from."""

    def __init__(self, boxes: list[Box] | None = None) -> None:
        """`boxes` are those at the top of an ISO file; other containers hold each packet in a box of its own."""
        self._boxes = None if boxes is None else [box for box in boxes if box.name == b"mdat"]
        self._noted: list[tuple[int, int, bool]] = []

    def note(self, at: int | None, size: int, *, kept: bool) -> None:
        """A packet of `size` bytes came from here. Raises CannotClean where no sample can lie."""
        if self._boxes is None or at is None:
            return
        end = at + size
        if kept and not any(box.begin <= at and end <= box.end for box in self._boxes):
            raise CannotClean(Trouble.DAMAGED)
        self._noted.append((at, end, kept))

    def check(self) -> None:
        """Raises CannotClean if something that is kept overlaps something that is not."""
        self._noted.sort()
        kept_until = other_until = 0
        for at, end, kept in self._noted:
            if at < (other_until if kept else kept_until):
                raise CannotClean(Trouble.DAMAGED)
            kept_until, other_until = (max(kept_until, end), other_until) if kept else (kept_until, max(other_until, end))
        self._noted.clear()
