"""The recordings in `fixtures/`, read into something that can be sent and compared."""

import base64
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures"
SECRET = "s3cr3t-hook"
"""What the recorded webhooks were signed with."""
_PLAYED_OUT_OF_TURN = {"022c_attr_get_after_migration": "025c", "029d_attr_list": "021z"}
"""Numbered by what they are about; their content tells when they were recorded."""
_LEFT_OUT = re.compile(r"\A<(\d+) chars, sha256 [0-9a-f]{64}, starts '(.*)'>\Z")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what the live server answered."""

    name: str
    method: str
    path: str
    as_user: str | None
    headers: dict[str, str]
    request: Any
    status: int
    answer_headers: dict[str, str]
    answer: Any
    answer_bytes: bytes | None
    cut: bool
    """Long lists in the answer were cut to their first five entries."""

    def request_body(self) -> bytes | None:
        """The body to send; what the recording left out for its size is made up in the same length."""
        if self.request is None:
            return None
        if isinstance(self.request, str):
            return self.request.encode()
        return json.dumps(_refilled(self.request)).encode()


@dataclass(frozen=True, slots=True)
class Hook:
    """One webhook delivery as the receiver saw it."""

    name: str
    method: str
    headers: dict[str, str]
    raw_body: bytes = field(repr=False)

    @property
    def delivery(self) -> str:
        """The delivery's id, the same for all attempts."""
        return self.headers["X-Zammad-Delivery"]

    @property
    def trigger(self) -> str:
        """The name of the trigger behind it."""
        return self.headers["X-Zammad-Trigger"]


def _refilled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _refilled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_refilled(item) for item in value]
    if isinstance(value, str) and (found := _LEFT_OUT.match(value)):
        length = int(found[1])
        same = found[2][0] * length
        return (
            same if set(found[2]) == {found[2][0]} else base64.b64encode(bytes(length * 3 // 4 - 2)).decode()
        )
    return value


def _exchange(path: Path) -> Exchange:
    told = json.loads(path.read_text())
    raw: bytes | None = None
    if "response_body_text" in told:
        raw = told["response_body_text"].encode()
    elif "response_body_base64" in told:
        raw = base64.b64decode(told["response_body_base64"])
    return Exchange(
        name=path.stem,
        method=told["method"],
        path=told["path"],
        as_user=told["as_user"],
        headers=told["request_headers"],
        request=told["request_body"],
        status=told["status"],
        answer_headers=dict(told["response_headers"]),
        answer=told.get("response_body"),
        answer_bytes=raw,
        cut="cut to their first five" in (told["note"] or ""),
    )


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All exchanges in the order they were recorded in."""
    found = (_exchange(path) for path in (FIXTURES / "exchanges").glob("*.json"))
    return tuple(sorted(found, key=lambda exchange: _PLAYED_OUT_OF_TURN.get(exchange.name, exchange.name)))


@cache
def hooks() -> tuple[Hook, ...]:
    """All webhook deliveries in the order they came in."""
    found = []
    for path in sorted((FIXTURES / "webhooks").glob("*.json")):
        told = json.loads(path.read_text())
        body = told["raw_body"].encode(told["raw_body_encoding"])
        found.append(Hook(path.stem, told["method"], dict(told["headers"]), body))
    return tuple(found)


def deliveries() -> dict[str, Hook]:
    """The first attempt of each delivery, by name."""
    first: dict[str, Hook] = {}
    for hook in hooks():
        if hook.method == "POST" and hook.delivery not in {seen.delivery for seen in first.values()}:
            first[hook.name] = hook
    return first
