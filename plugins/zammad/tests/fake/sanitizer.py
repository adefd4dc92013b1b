"""What Zammad does to an HTML body before it stores it: a short list of tags and attributes survives."""

import base64
import binascii
import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

_KEPT = frozenset({
    "a", "abbr", "address", "article", "b", "big", "blockquote", "br", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "div", "dl", "dt", "em", "figure", "font", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "i", "img", "ins", "label", "li", "ol", "p", "pre", "q", "s", "section",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "tt", "u", "ul",
})  # fmt: skip
_DROPPED_WITH_CONTENT = frozenset(
    {"script", "style", "title", "head", "iframe", "object", "applet", "noscript"}
)
_EMPTY = frozenset({"br", "hr", "img", "col"})
_ATTRIBUTES = frozenset({
    "align", "class", "dir", "lang", "title", "href", "src", "alt", "width", "height", "colspan", "rowspan",
    "cite", "type",
})  # fmt: skip
_DATA_ATTRIBUTES = frozenset({"data-signature", "data-signature-id", "data-mention-user-id"})
_DATA_IMAGE = re.compile(r"\Adata:(image/[a-z+]+);base64,(.*)\Z", re.DOTALL)

StoreImage = Callable[[str, bytes], str]
"""Keeps the bytes of an image found in the body (its type, its bytes) and says where it can be fetched."""


def sanitize(body: str, *, own_url: str, store_image: StoreImage) -> str:
    """The body as stored: scripts gone, handlers gone, images shrunk to fit, data: images kept as files."""
    cleaner = _Cleaner(own_url, store_image)
    cleaner.feed(body)
    cleaner.close()
    return "".join(cleaner.out)


class _Cleaner(HTMLParser):
    def __init__(self, own_url: str, store_image: StoreImage) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._own_url = own_url
        self._store_image = store_image
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self._skipping += 1
        elif tag in _KEPT and not self._skipping:
            kept = self._attributes(tag, {name: value or "" for name, value in attrs})
            written = [tag, *(f'{name}="{html.escape(value)}"' for name, value in kept.items())]
            self.out.append(f"<{' '.join(written)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED_WITH_CONTENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self._skipping = max(0, self._skipping - 1)
        elif tag in _KEPT and tag not in _EMPTY and not self._skipping:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _attributes(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in given.items() if name in _ATTRIBUTES | _DATA_ATTRIBUTES}
        if tag == "img":
            kept["src"] = self._image(kept.get("src", ""))
            kept["style"] = "max-width:100%;"
        if tag == "a" and kept.get("href", "").startswith(("http://", "https://")):
            kept["rel"] = "nofollow noreferrer noopener"
            if not kept["href"].startswith(self._own_url):
                kept |= {"target": "_blank", "title": kept["href"]}
        if kept.get("href", "").lower().startswith("javascript:"):
            del kept["href"]
        return kept

    def _image(self, src: str) -> str:
        found = _DATA_IMAGE.match(src)
        if found is None:
            return src
        try:
            return self._store_image(found[1], base64.b64decode(found[2]))
        except binascii.Error:
            return ""
