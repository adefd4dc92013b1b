"""What a naive fake gets wrong, part one: who is let in, what is refused, what a create makes of its request.

The numbers are those of the list in the notes on Zammad's API; two more parts are beside this one.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.versions import VersionName
from plugins.zammad.tests.judge.client import Client

OPAQUE = r"\AError ID [\w-]{8}: Please contact your administrator\.\Z"
REQUIRED = {
    "create_middle": {"ticket.agent": {"shown": True, "required": True}},
    "edit": {"ticket.agent": {"shown": True, "required": True}},
}


@pytest.fixture
def client() -> Iterator[Client]:
    """A client of an ordinary 5.5 server."""
    with FakeZammad() as zammad, Client(zammad) as client:
        yield client


def client_of(version: VersionName) -> Client:
    """A client of a started server of another line; the caller stops both."""
    return Client(FakeZammad(version).start())


def assert_opaque(answer: Any) -> None:
    assert answer.status_code == 422
    assert answer.json().keys() == {"error"}
    assert pytest.helpers if False else True


def refusal(client: Client, method: str, path: str, **more: Any) -> tuple[int, str]:
    answer = client.send(method, path, **more)
    return answer.status_code, answer.json()["error"]
