"""What plugins remember for their helpdesk (such as the id of the one shared requester)."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from connector.store.inserting import insert_missing
from connector.store.schema import memos


class MemoRows:
    """The table `memos`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, helpdesk: str, key: str) -> str | None:
        """The remembered value."""
        found = select(memos.c.value).where(memos.c.helpdesk == helpdesk, memos.c.key == key)
        return self._connection.execute(found).scalar()

    def claim(self, helpdesk: str, key: str, now: datetime, until: datetime) -> bool:
        """Take the right to create a value; False if somebody else has it now."""
        if insert_missing(self._connection, memos, helpdesk=helpdesk, key=key, leased_until=until):
            return True
        taken_over = self._connection.execute(
            update(memos)
            .where(
                memos.c.helpdesk == helpdesk,
                memos.c.key == key,
                memos.c.value.is_(None),
                memos.c.leased_until <= now,
            )
            .values(leased_until=until)
        )
        return taken_over.rowcount == 1

    def put(self, helpdesk: str, key: str, value: str) -> None:
        """Remember what was created."""
        self._connection.execute(
            update(memos)
            .where(memos.c.helpdesk == helpdesk, memos.c.key == key)
            .values(value=value, leased_until=None)
        )

    def forget(self, helpdesk: str, key: str) -> None:
        """Remove a value, or the right to create it."""
        self._connection.execute(delete(memos).where(memos.c.helpdesk == helpdesk, memos.c.key == key))
