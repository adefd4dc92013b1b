"""The reporter, as a client of the API, with a browser that gives away everything it can."""

import json
import secrets
from typing import Any

import requests

from tests.canary import Canary


class Reporter:
    """Sends a tip, keeps the code, comes back with it."""

    def __init__(self, url: str, canary: Canary) -> None:
        self._url = url
        self._canary = canary
        self.code = ""
        self.case = ""

    def send(
        self, text: str | None = None, *, key: str | None = None, files: tuple[bytes, ...] = (), **fields: Any
    ) -> dict[str, Any]:
        """Send a tip (by default the canary's words) and keep code and case number."""
        response = self.try_send(text, key=key, files=files, **fields)
        assert response.status_code == 201, response.text
        answer: dict[str, Any] = response.json()
        self.code, self.case = answer["code"], answer["case"]
        return answer

    def try_send(
        self, text: str | None = None, *, key: str | None = None, files: tuple[bytes, ...] = (), **fields: Any
    ) -> requests.Response:
        """Send a tip and return whatever is answered."""
        body = {"text": self._canary.words if text is None else text, "category": "bullying", **fields}
        return self._post("/api/v1/tips", body, files, {"Idempotency-Key": key or secrets.token_urlsafe(24)})

    def schools(self) -> dict[str, Any]:
        """What a form needs to know."""
        response = requests.get(f"{self._url}/api/v1/schools", headers=self._headers({}), timeout=30)
        found: dict[str, Any] = response.json()
        return found

    def write(
        self, text: str, *, key: str | None = None, files: tuple[bytes, ...] = (), **fields: Any
    ) -> requests.Response:
        """Add something from the inbox."""
        headers = {"Idempotency-Key": key or secrets.token_urlsafe(24), **self._authorized()}
        return self._post("/api/v1/inbox/messages", {"text": text, **fields}, files, headers)

    def inbox(self) -> dict[str, Any]:
        """Read the inbox."""
        response = requests.get(
            f"{self._url}/api/v1/inbox", headers=self._headers(self._authorized()), timeout=30
        )
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    def try_inbox(self) -> requests.Response:
        """Ask for the inbox and return whatever is answered."""
        return requests.get(
            f"{self._url}/api/v1/inbox", headers=self._headers(self._authorized()), timeout=30
        )

    def answers(self) -> list[str]:
        """What staff have said."""
        return [message["text"] for message in self.inbox()["messages"] if message["from"] == "staff"]

    def status(self) -> str:
        """The safe word."""
        return str(self.inbox()["status"])

    def fetch(self, file_id: str) -> bytes:
        """A file from staff."""
        response = self.try_fetch(file_id)
        assert response.status_code == 200, response.text
        return response.content

    def try_fetch(self, file_id: str) -> requests.Response:
        """Ask for a file and return whatever is answered."""
        return requests.get(
            f"{self._url}/api/v1/inbox/files/{file_id}", headers=self._headers(self._authorized()), timeout=30
        )

    def _authorized(self) -> dict[str, str]:
        return {"Authorization": f"Code {self.code}"}

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {**self._canary.headers, **more}

    def _post(
        self, path: str, body: dict[str, Any], files: tuple[bytes, ...], headers: dict[str, str]
    ) -> requests.Response:
        if not files:
            return requests.post(self._url + path, json=body, headers=self._headers(headers), timeout=30)
        parts = [("files", (self._canary.file_name, data, "image/jpeg")) for data in files]
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
        return requests.post(
            self._url + path, data=form, files=parts, headers=self._headers(headers), timeout=30
        )
