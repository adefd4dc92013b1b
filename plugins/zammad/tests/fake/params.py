"""What a request says, from its query and its body, in Rails' nested form."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from plugins.zammad.tests.fake.errors import Broken
from plugins.zammad.tests.fake.rows import Row

_KEYS = re.compile(r"[^\[\]]+")


class UnacceptableBody(Exception):
    """A body without a content type: 406 with nothing in it."""


def nested(pairs: list[tuple[str, str]]) -> Row:
    """`a[b][c]=1` becomes {"a": {"b": {"c": "1"}}}, `a[]=1` a list."""
    result: Row = {}
    for key, value in pairs:
        names = _KEYS.findall(key)
        if not names:
            continue
        place = result
        for name in names[:-1]:
            place = place.setdefault(name, {})
        if key.endswith("[]"):
            place.setdefault(names[-1], []).append(value)
        else:
            place[names[-1]] = value
    return result


def read(query: str, body: bytes, content_type: str | None) -> Row:
    """Query and body together.

    A JSON body that is none raises Broken (500), a body without a type UnacceptableBody (406); one of any
    other type than JSON or a form is not read at all.
    """
    given = nested(parse_qsl(query, keep_blank_values=True))
    if not body:
        return given
    kind = (content_type or "").partition(";")[0].strip().lower()
    if not kind:
        raise UnacceptableBody
    if kind == "application/json":
        return given | _json(body)
    if kind == "application/x-www-form-urlencoded":
        return given | nested(parse_qsl(body.decode(), keep_blank_values=True))
    return given


def _json(body: bytes) -> Row:
    try:
        value: Any = json.loads(body)
    except ValueError:
        raise Broken("Error occurred while parsing request parameters") from None
    return value if isinstance(value, dict) else {"_json": value}
