"""A practice helpdesk, its staff with a browser of few words, and its connector."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.practice import PracticeHelpdesk


class Visitor:
    """Somebody with cookies, before the staff pages."""

    def __init__(self, helpdesk: PracticeHelpdesk) -> None:
        self.helpdesk = helpdesk
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.helpdesk.url + path, timeout=10)

    def post(self, path: str, **form: Any) -> requests.Response:
        """Send a form with the token of the page it stands on."""
        files = form.pop("files", None)
        token = re.search(r'name="form" value="([0-9a-f]+)"', self.get("/faults").text)
        form.setdefault("form", token[1] if token else "")
        return self.session.post(self.helpdesk.url + path, data=form, files=files, timeout=10)

    def log_in(self) -> "Visitor":
        form = {"user": self.helpdesk.user, "password": self.helpdesk.password}
        assert self.session.post(f"{self.helpdesk.url}/login", data=form, timeout=10).status_code == 200
        return self

    def close(self) -> None:
        self.session.close()


class Connector:
    """The API's user."""

    def __init__(self, helpdesk: PracticeHelpdesk) -> None:
        self._url, self._headers = helpdesk.url, {"Authorization": f"Bearer {helpdesk.token}"}

    def call(self, method: str, path: str, **body: Any) -> requests.Response:
        headers = {**self._headers, **body.pop("headers", {})}
        return requests.request(method, self._url + path, json=body or None, headers=headers, timeout=10)

    def open(self, reference: str = "TIP-1234-5678", **more: Any) -> int:
        article = {"body": "<b>A tip</b> & more", "visibility": "public", "author": "reporter", **more}
        ticket = {
            "reference": reference,
            "title": "Threat",
            "priority": "high",
            "tags": ["tip"],
            "article": article,
        }
        answer = self.call("POST", "/api/tickets", **ticket)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["ticket"]["id"])


@pytest.fixture
def helpdesk(tmp_path: Path) -> Iterator[PracticeHelpdesk]:
    helpdesk = PracticeHelpdesk(tmp_path)
    helpdesk.start()
    yield helpdesk
    helpdesk.stop()


@pytest.fixture
def staff(helpdesk: PracticeHelpdesk) -> Iterator[Visitor]:
    visitor = Visitor(helpdesk).log_in()
    yield visitor
    visitor.close()


@pytest.fixture
def connector(helpdesk: PracticeHelpdesk) -> Connector:
    return Connector(helpdesk)
