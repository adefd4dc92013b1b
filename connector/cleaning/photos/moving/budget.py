"""How much a moving picture may be."""

from connector.cleaning.routines import CannotClean, Wish
from connector.cleaning.words import Trouble

_MOST_FRAMES = 20_000


class Budget:
    """Counts the pixels of all frames before they are unpacked."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._left = wish.all_pixels
        self._frames = 0

    def canvas(self, width: int, height: int) -> None:
        """Raise CannotClean where the picture itself is too large, ValueError where it has no size."""
        if not width or not height:
            raise ValueError("a picture without pixels")
        if width * height > self._wish.pixels:
            raise CannotClean(Trouble.TOO_MANY_PIXELS)

    def frame(self, width: int, height: int) -> None:
        """Raise CannotClean where this frame is one too many."""
        self.canvas(width, height)
        self._left -= width * height
        self._frames += 1
        if self._left < 0 or self._frames > _MOST_FRAMES:
            raise CannotClean(Trouble.TOO_LONG)
