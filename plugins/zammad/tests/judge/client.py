"""A client of the fake's API for tests of the fake: real HTTP, nothing added, nothing hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import requests

from plugins.zammad.tests.fake import FakeZammad, Staff
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.versions import VersionName

ANSWER_SOON = 10.0


class Client:
    """Sends as the connector unless told `by` whom."""

    def __init__(self, zammad: FakeZammad) -> None:
        self.zammad = zammad
        self._session = requests.Session()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._session.close()

    def send(
        self, method: str, path: str, body: Any = None, *, by: Staff | None = None, **more: Any
    ) -> requests.Response:
        """One request below /api/v1."""
        token = (by or self.zammad.connector).token
        headers = {"Accept": "application/json", "Authorization": f"Token token={token}"}
        headers |= more.pop("headers", {})
        url = f"{self.zammad.url}/api/v1{path}"
        return self._session.request(method, url, json=body, headers=headers, timeout=ANSWER_SOON, **more)

    def ok(self, method: str, path: str, body: Any = None, *, by: Staff | None = None) -> Any:
        """One request that succeeds, and what it is answered."""
        answer = self.send(method, path, body, by=by)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def ticket(self, *, by: Staff | None = None, **fields: Any) -> Row:
        """A new ticket in the tips' group with one customer's article, but for what is given."""
        article = {"body": "Something happened.", "type": "web", "sender": "Customer"}
        given = {"title": "A tip", "group": "Hinweise", "customer_id": 6, "article": article, **fields}
        created: Row = self.ok("POST", "/tickets", given, by=by)
        return created

    def attribute(self, name: str, **more: Any) -> None:
        """A text attribute, migrated."""
        option = {"type": "text", "maxlength": 120, "default": "", "null": True}
        given = {"name": name, "display": name, "object": "Ticket", "data_type": "input", "position": 1600}
        given |= {"data_option": option, "active": True, "screens": {}, **more}
        self.ok("POST", "/object_manager_attributes", given, by=self.zammad.admin)
        self.ok("POST", "/object_manager_attributes_execute_migrations", by=self.zammad.admin)


@contextmanager
def client_of(version: VersionName = "5.5", **terms: Any) -> Iterator[Client]:
    """A client of a server that lives as long as the block."""
    with FakeZammad(version, **terms) as zammad, Client(zammad) as client:
        yield client
