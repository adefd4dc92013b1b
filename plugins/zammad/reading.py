"""Who wrote an article, and to whom: the decision on which everything that reporters read depends.

Only what can have no other addressee than the reporter reads as addressed to them. Anything unforeseen does not.
"""

from dataclasses import dataclass
from email.utils import getaddresses

from connector.plugin_api import Article, Audience, Author, RemoteFile, Visibility
from plugins.zammad.merges import Story
from plugins.zammad.models import ArticleRow, AttachmentRow
from plugins.zammad.writing import reference_in

_ZAMMAD_ITSELF = 1
_WRITTEN_IN_THE_TICKET = ("note", "web")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles of one ticket. `me` is our own user id."""

    me: int
    reply_address: str | None
    story: Story

    def article(self, row: ArticleRow) -> Article:
        """An article as the core knows it."""
        author = self._author(row)
        return Article(
            article_id=str(row.id),
            written_on=self.story.written_on(row.id),
            author=author,
            visibility=Visibility.INTERNAL if row.internal else Visibility.PUBLIC,
            audience=self._audience(row),
            created_at=row.created_at,
            body=row.body or "",
            content_type=row.content_type or "text/plain",
            reference=reference_in(row.message_id) if author is Author.CONNECTOR else None,
            files=tuple(_file(row, attachment) for attachment in row.attachments),
        )

    def _author(self, row: ArticleRow) -> Author:
        # Our account may have been changed since: what bears our mark stays ours. Nobody else can set it.
        if row.created_by_id == self.me or reference_in(row.message_id) is not None:
            return Author.CONNECTOR
        if row.created_by_id == _ZAMMAD_ITSELF or row.sender == "System" or self._marks_the_merge(row):
            return Author.AUTOMATION
        return Author.PERSON if row.sender == "Agent" else Author.OTHER

    def _marks_the_merge(self, row: ArticleRow) -> bool:
        """Zammad leaves a public note "merged" in the name of whoever merged."""
        return row.body == "merged" and row.type == "note" and self.story.left_by_merging(row.created_at)

    def _audience(self, row: ArticleRow) -> Audience:
        if row.internal:
            return Audience.STAFF if row.type in _WRITTEN_IN_THE_TICKET else Audience.ELSEWHERE
        if row.type in _WRITTEN_IN_THE_TICKET:
            return Audience.REPORTER if row.sender == "Agent" else Audience.ELSEWHERE
        return (
            Audience.REPORTER
            if row.type == "email" and self._only_to_the_reporter(row)
            else Audience.ELSEWHERE
        )

    def _only_to_the_reporter(self, row: ArticleRow) -> bool:
        if self.reply_address is None:
            return False
        written = [field for field in (row.to, row.cc) if field]
        recipients = [address.lower() for _, address in getaddresses(written)]
        return recipients == [self.reply_address.lower()]


def _file(row: ArticleRow, attachment: AttachmentRow) -> RemoteFile:
    """The ticket's id in the locator is the one it is read under now: after a merge, the old one would fail."""
    said = attachment.preferences.get("Mime-Type") or attachment.preferences.get("Content-Type") or ""
    size = str(attachment.size or "")
    return RemoteFile(
        locator=f"{row.ticket_id}/{row.id}/{attachment.id}",
        name=attachment.filename,
        media_type=str(said).partition(";")[0].strip() or "application/octet-stream",
        size=int(size) if size.isdecimal() else None,
    )
