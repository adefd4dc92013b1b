"""The reporters' mailboxes: sealed messages and sealed files."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from connector.store.inserting import insert_all
from connector.store.schema import message_files, messages


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """A message as stored. `sealed` opens only with the reporter's key, which only the code yields."""

    message_id: str
    case_id: str
    sender: str
    at: datetime
    sealed: bytes = field(repr=False)
    role: str | None = None
    helpdesk: str | None = None
    article_id: str | None = None
    first_read_at: datetime | None = None


def message_values(message: SealedMessage) -> dict[str, Any]:
    """A message as a row."""
    return {
        "id": message.message_id,
        "case_id": message.case_id,
        "sender": message.sender,
        "role": message.role,
        "helpdesk": message.helpdesk,
        "article_id": message.article_id,
        "sealed": message.sealed,
        "at": message.at,
    }


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A staff file as stored."""

    file_id: str
    sealed: bytes = field(repr=False)


class MessageRows:
    """The tables `messages` and `message_files`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: SealedMessage, files: tuple[SealedFile, ...] = ()) -> None:
        """Put a message into a mailbox. The same article of a helpdesk twice in one case raises Conflict."""
        insert_all(self._connection, messages, [message_values(message)])
        rows = [
            {"id": file.file_id, "message_id": message.message_id, "sealed": file.sealed} for file in files
        ]
        insert_all(self._connection, message_files, rows)

    def of_case(self, case_id: str) -> list[SealedMessage]:
        """A mailbox's messages, oldest first."""
        rows = self._connection.execute(
            select(messages).where(messages.c.case_id == case_id).order_by(messages.c.at, messages.c.id)
        )
        return [_message(row) for row in rows]

    def of_message(self, case_id: str, message_id: str) -> SealedMessage | None:
        """One message of a mailbox."""
        found = select(messages).where(messages.c.id == message_id, messages.c.case_id == case_id)
        row = self._connection.execute(found).first()
        return None if row is None else _message(row)

    def file_of_case(self, case_id: str, file_id: str) -> tuple[str, SealedFile] | None:
        """A file and the id of its message, if it lies in this case's mailbox."""
        row = self._connection.execute(
            select(message_files.c.message_id, message_files.c.sealed)
            .join(messages, messages.c.id == message_files.c.message_id)
            .where(message_files.c.id == file_id, messages.c.case_id == case_id)
        ).first()
        return None if row is None else (row.message_id, SealedFile(file_id, row.sealed))

    def mark_read(self, message_ids: list[str], now: datetime) -> None:
        """Remember that these messages have now been shown."""
        self._connection.execute(
            update(messages)
            .where(messages.c.id.in_(message_ids), messages.c.first_read_at.is_(None))
            .values(first_read_at=now)
        )

    def delete(self, case_id: str, message_id: str) -> bool:
        """Remove one message and its files; False if this mailbox has no such message."""
        done = self._connection.execute(
            delete(messages).where(messages.c.id == message_id, messages.c.case_id == case_id)
        )
        return done.rowcount == 1

    def withdraw(self, helpdesk: str, article_id: str) -> int:
        """Remove what came from an article and was not read yet; how many mailboxes that was."""
        done = self._connection.execute(
            delete(messages).where(
                messages.c.helpdesk == helpdesk,
                messages.c.article_id == article_id,
                messages.c.first_read_at.is_(None),
            )
        )
        return done.rowcount

    def relayed_to(self, helpdesk: str, article_id: str) -> set[str]:
        """The cases whose mailbox holds a message from this article."""
        rows = self._connection.execute(
            select(messages.c.case_id).where(
                messages.c.helpdesk == helpdesk, messages.c.article_id == article_id
            )
        )
        return set(rows.scalars())


def _message(row: Row[tuple[object, ...]]) -> SealedMessage:
    return SealedMessage(
        row.id,
        row.case_id,
        row.sender,
        row.at,
        row.sealed,
        row.role,
        row.helpdesk,
        row.article_id,
        row.first_read_at,
    )
