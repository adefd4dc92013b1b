"""What reaches the reporter, and what does not. The rule of the product's most dangerous door, pure."""

from dataclasses import dataclass
from enum import StrEnum

from connector.domain.ticket import Article, Audience, Author, Visibility


class Verdict(StrEnum):
    """What is to be done with an article."""

    RELAY = "relay"
    OURS = "ours"
    """Written by us or by an automatism: nothing to do."""
    UNMARKED_NOTE = "unmarked-note"
    """A person's internal note that stays inside; the first one may deserve a hint."""
    ELSEWHERE = "elsewhere"
    """A person wrote to somebody else; may deserve a hint."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The word at the beginning of an internal note that sends it to the reporter, `@reporter` by default."""

    word: str = "@reporter"

    def strip(self, text: str) -> str | None:
        """The text after the marker, or None where it does not begin with the marker.

        The marker must end there: `@reporters` is another word. Case does not matter: phones capitalise.
        """
        head = text.lstrip()
        if not head.casefold().startswith(self.word.casefold()):
            return None
        rest = head[len(self.word) :]
        if rest and (rest[0].isalnum() or rest[0] in "_-"):
            return None
        return rest.lstrip(" \t:,-\u2013\u2014\r\n")


def judge(article: Article, text: str, marker: Marker) -> tuple[Verdict, str]:
    """Whether this article goes to the reporter, and with which words.

    `text` is the article's body already reduced to safe plain text. Only what a person wrote is ever relayed, and only
    if it was addressed to the reporter by the platform's own means, or is an internal note with the marker. Anything
    unforeseen stays inside.
    """
    if article.author is not Author.PERSON:
        return Verdict.OURS, ""
    if article.visibility is Visibility.INTERNAL:
        marked = marker.strip(text) if article.audience is Audience.STAFF else None
        return (Verdict.UNMARKED_NOTE, "") if marked is None else (Verdict.RELAY, marked)
    if article.audience is Audience.REPORTER:
        marked = marker.strip(text)
        return Verdict.RELAY, text if marked is None else marked
    return Verdict.ELSEWHERE, ""
