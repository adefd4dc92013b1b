"""Files of articles: how they come in, are kept and are handed out."""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from plugins.zammad.tests.fake.errors import Unprocessable
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World

_ACTIVE = frozenset({
    "text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml", "text/javascript",
    "application/javascript",
})  # fmt: skip
_STRICT_BASE64 = re.compile(r"\A(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a request brought it."""

    filename: str
    content: bytes = field(repr=False)
    preferences: dict[str, str]


def decode(given: Any) -> list[Upload]:
    """The request's `attachments`. Raises Unprocessable for a missing key or anything but strict base64."""
    if not isinstance(given, list):
        return []
    return [_decode_one(index, item) for index, item in enumerate(given)]


def _decode_one(index: int, item: Row) -> Upload:
    for key in ("mime-type", "filename", "data"):
        if item.get(key) is None:
            raise Unprocessable(f"Attachment needs '{key}' param for attachment with index '{index}'")
    data = str(item["data"]).replace("\r", "").replace("\n", "")
    # The expression would be slow on many megabytes, and there the decoder's own check is strict enough.
    if len(data) < 100_000 and not _STRICT_BASE64.match(data):
        raise Unprocessable(f"Invalid base64 for attachment with index '{index}'")
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Unprocessable(f"Invalid base64 for attachment with index '{index}'") from None
    preferences = {"Mime-Type": str(item["mime-type"])}
    if item.get("charset"):
        preferences["Charset"] = str(item["charset"])
    return Upload(str(item["filename"]), content, preferences)


def keep(world: World, changes: Transaction, article_id: int, upload: Upload, *, inline: bool = False) -> Row:
    """Store a file for an article; the same bytes share their `store_file_id`."""
    same = next((row for row in world.attachments if row["content"] == upload.content), None)
    store_file_id = (
        same["store_file_id"]
        if same
        else max((row["store_file_id"] for row in world.attachments), default=0) + 1
    )
    return changes.insert(
        world.attachments,
        {
            "article_id": article_id,
            "store_file_id": store_file_id,
            "filename": upload.filename,
            "content": upload.content,
            "preferences": upload.preferences,
            "inline": inline,
        },
    )


def download_headers(attachment: Row, disposition: str) -> dict[str, str]:
    """Type and disposition: what a browser would run is only ever an octet stream to be saved."""
    kind = attachment["preferences"].get("Mime-Type", "application/octet-stream")
    if kind.partition(";")[0].strip().lower() in _ACTIVE:
        kind, disposition = "application/octet-stream", "attachment"
    plain = unicodedata.normalize("NFKD", attachment["filename"]).encode("ascii", "ignore").decode()
    return {
        "Content-Type": kind,
        "Content-Disposition": f'{disposition}; filename="{quote(plain, safe=" !#$+.^_`|~-")}"; '
        f"filename*=UTF-8''{quote(attachment['filename'], safe='!#$&+.^_`|~-')}",
    }
