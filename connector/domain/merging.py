"""Whose reporter an article belongs to, once staff have merged tickets. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from connector.domain.ticket import Article


@dataclass(frozen=True, slots=True)
class KnownMerge:
    """At `at`, ticket `source` went into ticket `target` (same helpdesk)."""

    source: str
    target: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Homed:
    """A case and the ticket that was opened for it."""

    case_id: str
    ticket_id: str


def ticket_at(opened_as: str, merges: Iterable[KnownMerge], moment: datetime) -> str:
    """The ticket in which a case that was opened as `opened_as` lay at `moment`, following merges until then."""
    where = opened_as
    for merge in sorted(merges, key=lambda known: known.at):
        if merge.source == where and merge.at <= moment:
            where = merge.target
    return where


def recipients(article: Article, homes: Iterable[Homed], merges: Iterable[KnownMerge]) -> tuple[str, ...]:
    """The cases that an article speaks to: those that lay in its ticket when it was written.

    What was written before a merge stays with its own case; what was written after goes to every case in the ticket.
    An article whose origin cannot be told (`written_on` is None) speaks to nobody.
    """
    if article.written_on is None:
        return ()
    known = tuple(merges)
    return tuple(
        home.case_id
        for home in homes
        if ticket_at(home.ticket_id, known, article.created_at) == article.written_on
    )
