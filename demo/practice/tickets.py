"""What happens to tickets: each change is one transaction, counts the ticket's version up and is announced."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from demo.practice.database import Database, Refused


@dataclass(frozen=True, slots=True)
class File:
    """A file of an article."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to be written; `to` is set for an e-mail to somebody outside (which is never really sent)."""

    body: str = field(repr=False)
    visibility: str = "internal"
    author: str = "staff"
    reference: str | None = None
    files: tuple[File, ...] = ()
    to: str | None = None


Clock = Callable[[], datetime]
now: Clock = partial(datetime.now, UTC)


def text_of(moment: datetime) -> str:
    """UTC in ISO 8601, cut to milliseconds: as all times are kept, compared and shown."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Tickets:
    """The tickets of one helpdesk. Every method raises Refused: 404 for what is not there, 409 for what clashes."""

    def __init__(self, database: Database, clock: Clock, changed: Callable[[int, str], None]) -> None:
        self._database, self._clock, self._changed = database, clock, changed

    def open(
        self, reference: str | None, title: str, priority: str, tags: tuple[str, ...], first: NewArticle
    ) -> tuple[int, int]:
        """Open a ticket; its id and its first article's. 409 with the ticket's id where the reference is taken."""
        now = text_of(self._clock())
        with self._database.transaction() as db:
            if twin := db.execute("SELECT id FROM ticket WHERE reference = ?", (reference,)).fetchone():
                detail = "there is a ticket with this reference already; nothing was added"
                raise Refused(409, "reference-exists", detail, ticket=twin["id"])
            made = db.execute(
                "INSERT INTO ticket (reference, title, priority, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
                (reference, title, priority, now, now),
            )
            ticket = int(made.lastrowid or 0)
            db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(ticket, tag) for tag in tags])
            article = _write(db, ticket, first, now)
        self._changed(ticket, "ticket.created")
        return ticket, article

    def add(self, ticket: int, new: NewArticle, *, reopen: bool = False) -> int:
        """Write an article and return its id. What staff write opens a new ticket, `reopen` a closed one."""
        opens = "closed" if reopen else "new" if new.author == "staff" else None
        with self._changing(ticket, "article.created") as (db, now):
            article = _write(db, ticket, new, now)
            db.execute(
                "UPDATE ticket SET status = 'open', status_by = ? WHERE id = ? AND status = ?",
                (new.author if new.author == "staff" else "connector", ticket, opens),
            )
        return article

    def update(self, ticket: int, by: str, *, tags: tuple[str, ...] = (), **given: str | None) -> None:
        """Set `status`, `priority`, `owner`, `by` staff or connector. What is so already is not announced."""
        with self._changing(ticket, "ticket.changed") as (db, _):
            for name, value in given.items():
                db.execute(_SETS[name], {"value": value, "ticket": ticket, "by": by})
            db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(ticket, tag) for tag in tags])

    def show(self, ticket: int, article: int, visibility: str) -> None:
        """Turn an article public or internal. 409 where it is so already, or is an e-mail or the system's."""
        with self._changing(ticket, "article.changed") as (db, now):
            done = db.execute(
                "UPDATE article SET visibility = ?1, updated_at = ?2 WHERE id = ?3 AND ticket = ?4"
                " AND visibility <> ?1 AND author <> 'system' AND addressee IS NULL",
                (visibility, now, article, ticket),
            )
            if not done.rowcount:
                raise Refused(409, "not-changed", f"article {article} could not be turned {visibility}")

    def merge(self, source: int, target: int) -> None:
        """Move all articles of `source` into `target`, with their ids; `source` stays behind, empty and merged."""
        if source == target:
            raise Refused(409, "same-ticket", "a ticket cannot be merged into itself")
        self.one(source)
        with self._changing(target, "ticket.merged") as (db, now):
            db.execute("UPDATE article SET ticket = ? WHERE ticket = ?", (target, source))
            _write(db, target, NewArticle(f"Ticket {source} was merged into this one.", author="system"), now)
            db.execute(
                "UPDATE ticket SET status = 'merged', status_by = 'staff', merged_into = ?, merged_at = ?,"
                " version = version + 1, updated_at = ? WHERE id = ?",
                (target, now, now, source),
            )
        self._changed(source, "ticket.merged")

    def delete(self, ticket: int) -> None:
        """Remove a ticket with all its articles and files for good."""
        with self._database.transaction() as db:
            if not db.execute("DELETE FROM ticket WHERE id = ?", (ticket,)).rowcount:
                raise _no_such(ticket)
        self._changed(ticket, "ticket.deleted")

    def one(self, ticket: int) -> dict[str, Any]:
        """A ticket with its articles, oldest first."""
        found = self._database.shapes(f"{_TICKETS} WHERE id = ?", ticket)
        if not found:
            raise _no_such(ticket)
        return found[0] | {"articles": self._database.shapes(_ARTICLES, ticket)}

    def by_reference(self, reference: str) -> list[dict[str, Any]]:
        """The ticket with exactly this reference, without its articles, or none."""
        return self._database.shapes(f"{_TICKETS} WHERE reference = ?", reference)

    def article_by_reference(self, ticket: int, reference: str) -> int | None:
        """The id of the first article of a ticket with this reference."""
        wanted = "SELECT min(id) AS id FROM article WHERE ticket = ? AND reference = ?"
        found: int | None = self._database.rows(wanted, ticket, reference)[0]["id"]
        return found

    def changed_since(self, moment: str, limit: int, after: int) -> list[dict[str, Any]]:
        """Tickets changed at or after a moment, oldest change first; `after` leaves out what was listed before."""
        wanted = "WHERE updated_at >= ? ORDER BY updated_at, id LIMIT ? OFFSET ?"
        return self._database.shapes(f"{_TICKETS} {wanted}", moment, limit, after)

    def all(self) -> list[dict[str, Any]]:
        """Every ticket, the newest first."""
        return self._database.shapes(f"{_TICKETS} ORDER BY id DESC")

    def file(self, file: int) -> File:
        """A file with its content."""
        found = self._database.rows("SELECT name, type, content FROM file WHERE id = ?", file)
        if not found:
            raise Refused(404, "no-such-file", f"there is no file {file}")
        return File(found[0]["name"], found[0]["type"], found[0]["content"])

    @contextmanager
    def _changing(self, ticket: int, event: str) -> Iterator[tuple[sqlite3.Connection, str]]:
        """A change of a ticket: if anything was written, its version counts up and the change is announced."""
        now = text_of(self._clock())
        with self._database.transaction() as db:
            if not db.execute("SELECT 1 FROM ticket WHERE id = ?", (ticket,)).fetchone():
                raise _no_such(ticket)
            before = db.total_changes
            yield db, now
            changed = db.total_changes > before
            if changed:
                db.execute(
                    "UPDATE ticket SET version = version + 1, updated_at = ? WHERE id = ?", (now, ticket)
                )
        if changed:
            self._changed(ticket, event)


_TICKETS = "SELECT shape FROM shown_ticket"
_ARTICLES = "SELECT shape FROM shown_article WHERE ticket = ? ORDER BY created_at, id"
_SETS = {
    "status": "UPDATE ticket SET status = :value, status_by = :by WHERE id = :ticket AND status <> :value",
    "priority": "UPDATE ticket SET priority = :value WHERE id = :ticket AND priority <> :value",
    "owner": "UPDATE ticket SET owner = :value WHERE id = :ticket AND owner IS NOT :value",
}


def _write(db: sqlite3.Connection, ticket: int, new: NewArticle, now: str) -> int:
    made = db.execute(
        "INSERT INTO article (ticket, origin_ticket, author, visibility, addressee, body, reference, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ticket, ticket, new.author, new.visibility, new.to, new.body, new.reference, now, now),
    )
    article = int(made.lastrowid or 0)
    db.executemany(
        "INSERT INTO file (article, name, type, content) VALUES (?, ?, ?, ?)",
        [(article, file.name, file.type, file.content) for file in new.files],
    )
    return article


def _no_such(ticket: int) -> Refused:
    return Refused(404, "no-such-ticket", f"there is no ticket {ticket}")
