"""What became of each article that was read: the memory that makes `exactly once` true."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from connector.domain.ticket import Visibility
from connector.store.schema import articles


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """`written_on` is the ticket it lay in when first read, or was told to have been written on."""

    article_id: str
    written_on: str | None
    visibility: Visibility
    verdict: str


class ArticleRows:
    """The table `articles`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, helpdesk: str, article_ids: Iterable[str]) -> dict[str, SeenArticle]:
        """Those of these articles that were read before."""
        rows = self._connection.execute(
            select(articles).where(
                articles.c.helpdesk == helpdesk, articles.c.article_id.in_(list(article_ids))
            )
        )
        return {
            row.article_id: SeenArticle(
                row.article_id, row.written_on, Visibility(row.visibility), row.verdict
            )
            for row in rows
        }

    def put(self, helpdesk: str, article: SeenArticle, *, known: bool) -> None:
        """Record what became of an article, for the first time or anew."""
        values = {"visibility": article.visibility.value, "verdict": article.verdict}
        if known:
            self._connection.execute(
                update(articles)
                .where(articles.c.helpdesk == helpdesk, articles.c.article_id == article.article_id)
                .values(values)
            )
            return
        self._connection.execute(
            insert(articles).values(
                helpdesk=helpdesk, article_id=article.article_id, written_on=article.written_on, **values
            )
        )
