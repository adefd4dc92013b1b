"""What staff write in the helpdesk, reduced to plain text that is safe to show to a reporter."""

import re

from connector.cleaning.characters import readable
from connector.cleaning.staff_html import text_of_html

MAX_STAFF_TEXT = 20_000
"""Characters of an answer, the mark of a cut included."""

CUT = "[This message was cut here: it is longer than we can pass on.]"

_MOST_READ = 5_000_000
"""Characters of a body that are looked at. Pictures written into the HTML itself make bodies large."""
_MOST_KEPT = 4 * MAX_STAFF_TEXT
"""Characters that go through the later steps, of which some take out more."""

_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
"""RFC 3676, section 4.3: a line of two hyphens and a space, exactly, separates a signature. A line of two
hyphens alone is not one: people draw it between paragraphs, and what follows would be lost."""

_BLANK_LINES = re.compile(r"\n{3,}")


def safe_text(body: str, content_type: str) -> str:
    """The readable words of an article's body, as plain text of at most MAX_STAFF_TEXT characters.

    HTML is recognised by `content_type` (`text/html`), anything else is taken as plain text. Signatures that
    are marked as such are cut, mentioned colleagues are not named, links become `label (https://...)`, quotes
    keep a `>` before each line, pictures are dropped. What is too long says so at its end. The result is
    text, not HTML: whoever puts it on a page must still escape it. Takes any string, raises nothing, and
    needs linear time.
    """
    cut = len(body) > _MOST_READ
    text = body[:_MOST_READ]
    if content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml"):
        text, stopped = text_of_html(text, _MOST_KEPT)
        cut = cut or stopped
    cut = cut or len(text) > _MOST_KEPT
    words = _tidy(_without_signature(readable(text[:_MOST_KEPT])))
    return _shortened(words) if cut or len(words) > MAX_STAFF_TEXT else words


def _without_signature(text: str) -> str:
    signature = _SIGNATURE.search(text)
    return text if signature is None else text[: signature.start()]


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _shortened(text: str) -> str:
    end = f"\n\n{CUT}"
    kept = text[: MAX_STAFF_TEXT - len(end)]
    if len(kept) < len(text):
        # Not within a word, where there is a gap near enough.
        gap = max(kept.rfind(" ", -200), kept.rfind("\n", -200))
        kept = kept[:gap] if gap > 0 else kept
    return kept.rstrip() + end
