"""GIF, moving or still: every frame is unpacked and packed again, with only the colours it uses, in a fixed order.

Nothing is lost by that, so it is how a GIF is kept faithfully as well. The order of colours and unused ones can
carry data, and so can the blocks between frames.
"""

from typing import BinaryIO

from PIL import Image

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import gif_blocks as gif
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.moving.budget import Budget
from connector.cleaning.routines import Washed, Wish

_Place = tuple[int, int, int, int]


def redraw(data: bytes, out: BinaryIO, wish: Wish) -> Washed:
    """The picture drawn anew. Raises CannotClean if there is too much of it, MalformedGif or ValueError if it is damaged."""
    budget, canvas = Budget(wish), _canvas(data)
    budget.canvas(*canvas)
    writer = _Writer(out, canvas)
    try:
        for block in gif.blocks(data):
            match block:
                case gif.Screen():
                    writer.begin(block)
                case gif.Extension():
                    writer.note(block)
                case gif.Frame():
                    budget.frame(block.width, block.height)
                    writer.draw(block)
    except (gif.MalformedGif, ValueError):
        # The frames before it are whole: they are what a viewer shows.
        if not writer.drawn:
            raise
    out.write(gif.TRAILER)
    return Washed(Kind.GIF, look(Kind.GIF, data))


def _canvas(data: bytes) -> tuple[int, int]:
    """The size; as browsers do, it grows where the first frame is larger."""
    width = height = 0
    for block in gif.blocks(data):
        if isinstance(block, gif.Screen):
            width, height = block.width, block.height
        elif isinstance(block, gif.Frame):
            return max(width, block.left + block.width), max(height, block.top + block.height)
    raise gif.MalformedGif("no picture in it")


class _Writer:
    def __init__(self, out: BinaryIO, canvas: tuple[int, int]) -> None:
        self._out = out
        self._canvas = canvas
        self._shared = b""
        self._control: bytes | None = None
        self._loop: int | None = None
        self.drawn = 0

    def begin(self, screen: gif.Screen) -> None:
        self._shared = screen.colours
        background = screen.colours[3 * screen.background : 3 * screen.background + 3]
        self._out.write(gif.beginning(*self._canvas, background if len(background) == 3 else None))

    def note(self, extension: gif.Extension) -> None:
        if extension.label == gif.GRAPHIC_CONTROL and len(extension.payload) >= 4:
            self._control = extension.payload
        elif extension.label == gif.PLAIN_TEXT:
            # What stood before it was meant for it.
            self._control = None
        elif extension.payload.startswith(gif.LOOPS) and extension.payload[11:12] == b"\1" and self._loop is None:
            self._loop = int.from_bytes(extension.payload[12:14], "little")
            if not self.drawn:
                self._out.write(gif.loop(self._loop))

    def draw(self, frame: gif.Frame) -> None:
        flags, delay, transparent = 0, 0, None
        if self._control is not None:
            flags, delay = self._control[0], int.from_bytes(self._control[1:3], "little")
            transparent = self._control[3] if flags & 1 else None
        pixels = _unpacked(frame)
        place, pixels = self._within_canvas(frame, pixels)
        colours, drawn, transparent = _in_fixed_order(pixels, frame.colours or self._shared, transparent)
        if self._control is not None:
            self._out.write(gif.control(min(flags >> 2 & 7, 3), delay, transparent))
        self._out.write(gif.frame(place, colours, drawn.tobytes("gif", "L", 8, 0)))
        self._control = None
        self.drawn += 1

    def _within_canvas(self, frame: gif.Frame, pixels: Image.Image) -> tuple[_Place, Image.Image]:
        """What lies outside is never shown. A frame must have a pixel, for its delay counts."""
        left, top = min(frame.left, self._canvas[0] - 1), min(frame.top, self._canvas[1] - 1)
        width, height = min(frame.width, self._canvas[0] - left), min(frame.height, self._canvas[1] - top)
        return (left, top, width, height), pixels.crop((0, 0, width, height))


def _unpacked(frame: gif.Frame) -> Image.Image:
    size = (frame.width, frame.height)
    return Image.frombytes("L", size, frame.packed, "gif", frame.code_size, int(frame.interlaced))


def _in_fixed_order(
    pixels: Image.Image, colours: bytes, transparent: int | None
) -> tuple[bytes, Image.Image, int | None]:
    """The colours that are used, sorted, the pixels counting into them, and which of them is seen through."""
    used = [index for index, count in enumerate(pixels.histogram()) if count]
    shown = {index: colours[3 * index : 3 * index + 3].ljust(3, b"\0") for index in used if index != transparent}
    order = sorted(set(shown.values()))
    places = {colour: place for place, colour in enumerate(order)}
    table = [0] * 256
    for index, colour in shown.items():
        table[index] = places[colour]
    clear = None
    if transparent is not None and len(order) < 256:
        # Kept where no pixel needs it, too: it tells viewers what to clear the place of a frame with.
        clear = table[transparent] = len(order)
        order.append(bytes(3))
    size = max(2, 1 << max(len(order) - 1, 1).bit_length())
    return b"".join(order).ljust(3 * size, b"\0"), pixels.point(table), clear
