"""The file in which everything lies: one connection, one at a time, and everything or nothing."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Refused(Exception):
    """Cannot be done: `status` as HTTP counts, `name` for programs, `detail` for people, `more` for the answer."""

    def __init__(self, status: int, name: str, detail: str, **more: int | None) -> None:
        super().__init__(detail)
        self.status, self.name, self.detail, self.more = status, name, detail, more


class Database:
    """The SQLite file of one practice helpdesk."""

    def __init__(self, path: Path) -> None:
        """Open the file; make it, readable by nobody else, where there is none."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit when the block ends, roll back when it fails. Others wait: reading is held to the same lock."""
        with self._lock, self._connection as db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def shapes(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """The `shape` of each row of a query: what the API and the pages show."""
        return [json.loads(row["shape"]) for row in self.rows(sql, *values)]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()
