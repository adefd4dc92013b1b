"""From the HTML of a helpdesk's editor to text, in one pass over the parser's events.

No tree is built: hostile nesting costs nothing, and the parser is stopped where it would take too long. What
is marked as a signature is left out, as are mentions' names, pictures, scripts, styles and comments.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from connector.cleaning.html_marks import (
    is_mention,
    is_signature,
    says_the_same,
    web_address,
)
from connector.cleaning.text_writer import Enough, TextWriter

COLLEAGUE: Final = "a colleague"
"""What stands in the place of a mentioned person's name."""

_DEEPEST = 500
"""Elements within each other. libxml2 searches all open elements for each end tag that matches none, so that
deep nesting takes quadratic time; no editor comes near this depth."""
_BLOCK = 8192


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UNREAD = _names(
    "head script style title template noscript iframe frame object embed applet svg math audio video canvas "
    "select textarea button datalist"
)
_LINES = _names(
    "address article aside dd details div dl dt fieldset figcaption figure footer form header li main nav "
    "section summary tr"
)
_PARAGRAPHS = _names("blockquote h1 h2 h3 h4 h5 h6 hr ol p pre table ul")

_WHITE = re.compile(r"[ \t\r\n\f]+")


def text_of_html(body: str, most: int) -> tuple[str, bool]:
    """The text of an HTML fragment, and whether reading stopped before its end, after `most` characters."""
    writer = TextWriter(most)
    # Any: the published types ask a parser target for methods that lxml itself does not need.
    target: Any = _Events(writer)
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    stopped = False
    try:
        for block in _blocks(body.replace("\0", "").encode("utf-8", "replace")):
            parser.feed(block)
        parser.close()
    except Enough:
        stopped = True
    except etree.LxmlError:
        # There was nothing to parse. What was read until now counts.
        pass
    return writer.since(0), stopped


def _blocks(data: bytes) -> Iterator[bytes]:
    """The body in pieces: libxml2 reads a piece to its end, at any cost, after it has been told to stop."""
    for begin in range(0, len(data), _BLOCK):
        yield data[begin : begin + _BLOCK]


class _Events:
    """Takes the parser's events; the method names are those of lxml's target interface."""

    def __init__(self, writer: TextWriter) -> None:
        self._writer = writer
        self._depth = 0
        self._unread_below: int | None = None
        """The depth of an element of which nothing is read."""
        self._preformatted = 0
        self._link: tuple[str, int, int] | None = None
        """Address, depth, and where the label begins."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Enough
        if self._unread_below is not None:
            return
        if tag in _UNREAD or is_signature(attributes):
            self._unread_below = self._depth
        elif is_mention(attributes):
            self._writer.write(COLLEAGUE)
            self._unread_below = self._depth
        else:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends; the parser sees to it that each does."""
        depth, self._depth = self._depth, self._depth - 1
        if self._unread_below is None:
            self._close(tag, depth)
        elif self._unread_below == depth:
            self._unread_below = None

    def data(self, data: str) -> None:
        """Text. White space counts as one gap, except where it is preformatted."""
        if self._unread_below is not None:
            return
        if not self._preformatted:
            words = _WHITE.sub(" ", data)
            self._writer.write(words.removeprefix(" ") if self._writer.at_gap else words)
            return
        first, *others = data.replace("\r\n", "\n").split("\n")
        self._writer.write(first)
        for line in others:
            self._writer.new_line()
            self._writer.write(line)

    def close(self) -> None:
        """The document ends."""

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._separate(tag)
        match tag:
            case "br":
                self._writer.new_line()
            case "li":
                self._writer.begin_point()
            case "ol" | "ul":
                self._writer.begin_list(numbered=tag == "ol")
            case "td" | "th" if not self._writer.at_line_start:
                self._writer.write(" | ")
            case "blockquote":
                self._writer.begin_quote()
            case "pre":
                self._preformatted += 1
            case "a" if self._link is None:
                address = web_address(attributes)
                self._link = None if address is None else (address, self._depth, self._writer.position)

    def _close(self, tag: str, depth: int) -> None:
        match tag:
            case "ol" | "ul":
                self._writer.end_list()
            case "blockquote":
                self._writer.end_quote()
            case "pre":
                self._preformatted = max(0, self._preformatted - 1)
            case "a" if self._link is not None and self._link[1] == depth:
                address, _, begin = self._link
                self._link = None
                self._end_link(address, self._writer.since(begin).strip())
        self._separate(tag)

    def _end_link(self, address: str, label: str) -> None:
        if not label:
            self._writer.write(address)
        elif not says_the_same(label, address):
            gap = "" if self._writer.at_gap else " "
            self._writer.write(f"{gap}({address})")

    def _separate(self, tag: str) -> None:
        self._writer.separate(2 if tag in _PARAGRAPHS else 1 if tag in _LINES else 0)
