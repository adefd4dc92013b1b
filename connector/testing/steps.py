"""Small steps that several promises share: opening a ticket, finding an article, hearing the product's
verdict.
"""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from connector.domain.relay import Marker, Verdict, judge
from connector.plugin_api import (
    Article,
    CleanFile,
    HelpdeskPlugin,
    NewArticle,
    NewTicket,
    Ticket,
    TicketRef,
    Urgency,
    Visibility,
)

WORDS = "Somebody is being hurt behind the gym.\nIt happens every day at noon."
EVERY_BYTE = bytes(range(256)) * 40
"""Not text in any encoding, and with every line ending that somebody might want to tidy up."""


def new_ticket(reference: str, *, words: str = WORDS, files: tuple[CleanFile, ...] = ()) -> NewTicket:
    """A ticket as the core makes it."""
    return NewTicket(
        reference=reference,
        subject="Violence \u2013 North High School",
        urgency=Urgency.URGENT,
        tags=("tip", "violence", "urgent"),
        attributes={},
        first=NewArticle(
            reference=f"{reference}/tip",
            visibility=Visibility.PUBLIC,
            body=words,
            from_reporter=True,
            files=files,
        ),
    )


def opened(plugin: HelpdeskPlugin, reference: str, *, words: str = WORDS) -> TicketRef:
    """Open a ticket through the plugin."""
    return plugin.open_ticket(new_ticket(reference, words=words))


def follow_up(reference: str, *, files: tuple[CleanFile, ...] = (), reopen: bool = False) -> NewArticle:
    """What the reporter adds later."""
    return NewArticle(
        reference=reference,
        visibility=Visibility.PUBLIC,
        body="The reporter writes:\n\nIt was two of them.",
        from_reporter=True,
        files=files,
        reopen=reopen,
    )


def our_note(reference: str) -> NewArticle:
    """An internal note of ours."""
    return NewArticle(
        reference=reference, visibility=Visibility.INTERNAL, body="This did not reach the reporter."
    )


def the_article(ticket: Ticket, article_id: str) -> Article:
    """The article with this id. Fails the test where the ticket has none or several."""
    found = [article for article in ticket.articles if article.article_id == article_id]
    assert len(found) == 1, (
        f"the ticket read back has {len(found)} articles with the id that the platform gave"
    )
    return found[0]


def verdict_on(article: Article) -> tuple[Verdict, str]:
    """What the product would do with this article: the core's own rule."""
    return judge(article, plain_words(article), Marker())


def plain_words(article: Article) -> str:
    """The words of an article, HTML taken off."""
    if "html" not in article.content_type:
        return article.body.strip()
    reader = _Words()
    reader.feed(article.body)
    reader.close()
    return "".join(reader.words).strip()


def needs(able: bool, why_not: str) -> None:
    """Leave a promise out where the manifest says that the platform cannot do this."""
    if not able:
        pytest.skip(f"by its manifest this platform {why_not}")


def failure_of(call: Callable[[], object], kind: type[Exception]) -> Exception:
    """The failure that a call raises, which must be of this kind."""
    with pytest.raises(kind) as caught:
        call()
    return caught.value


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text between the tags."""
        self.words.append(data)
