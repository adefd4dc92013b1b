"""Writing plain text line by line, with the marks of quotes and lists at the beginning of lines."""

_MOST_LEVELS = 3
"""Of quotes and lists that are shown: else each of many lines could begin with many marks."""


class Enough(Exception):
    """More was written than will be passed on."""


class TextWriter:
    """Collects text. Lines end where told to, and a gap between words is never doubled."""

    def __init__(self, most: int) -> None:
        """Every method that writes raises Enough once there are more than `most` characters."""
        self._most = most
        self._out: list[str] = []
        self._size = 0
        self._line_breaks = 1
        """How many stand at the end of what is written. The beginning counts as the beginning of a line."""
        self._quotes = 0
        self._lists: list[int] = []
        """The next number of each open list; nought in those without numbers."""
        self._bullet = ""

    @property
    def at_line_start(self) -> bool:
        """Whether the next word begins a line."""
        return self._line_breaks > 0

    @property
    def at_gap(self) -> bool:
        """Whether the next word needs no space before it."""
        return self.at_line_start or self._out[-1].endswith(" ")

    @property
    def position(self) -> int:
        """A place to give to `since` later."""
        return len(self._out)

    def since(self, position: int) -> str:
        """What was written after `position`; all of it since 0."""
        return "".join(self._out[position:])

    def write(self, text: str) -> None:
        """Write within a line; `text` has no line breaks."""
        if not text:
            return
        if self.at_line_start:
            self._append("> " * min(self._quotes, _MOST_LEVELS) + self._bullet)
            self._bullet = ""
        self._append(text)
        self._line_breaks = 0

    def new_line(self) -> None:
        """End the line, or leave one blank."""
        self._append("\n")
        self._line_breaks += 1

    def separate(self, line_breaks: int) -> None:
        """See to it that so many stand here: one ends a line, two a paragraph. At the top there are none."""
        while self._out and self._line_breaks < line_breaks:
            self.new_line()

    def begin_quote(self) -> None:
        """Lines from here on are quoted."""
        self._quotes += 1

    def end_quote(self) -> None:
        """The innermost quote ends, if there is one."""
        self._quotes = max(0, self._quotes - 1)

    def begin_list(self, numbered: bool) -> None:
        """Points from here on belong to a list within the present one."""
        self._lists.append(1 if numbered else 0)

    def end_list(self) -> None:
        """The innermost list ends, if there is one."""
        del self._lists[-1:]

    def begin_point(self) -> None:
        """The next line that is written is a point of the innermost list."""
        indent = "  " * (min(len(self._lists), _MOST_LEVELS) - 1)
        number = self._lists[-1] if self._lists else 0
        self._bullet = f"{indent}{number}. " if number else f"{indent}- "
        if number:
            self._lists[-1] += 1

    def _append(self, text: str) -> None:
        self._out.append(text)
        self._size += len(text)
        if self._size > self._most:
            raise Enough
