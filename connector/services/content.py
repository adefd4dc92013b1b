"""What an outbox row holds: one helpdesk call with all its words and files, as bytes to be sealed.

The format is `length of the header (4 bytes, big endian), header (JSON), the files' bytes one after the other`, so a
photo is not blown up by an encoding. Of a large file there is only where it is held, and its key. It is read by the
same version that wrote it or a later one: `v` tells.
"""

import json
from dataclasses import asdict
from typing import Any

from connector.domain.ticket import NewArticle, NewTicket, TicketRef, Visibility
from connector.domain.tip import CleanFile
from connector.domain.urgency import Urgency
from connector.services.holding import HeldBlob, Holding

Content = NewTicket | NewArticle | TicketRef | None
"""A ticket to open, an article to add, the original of a twin to close, or nothing (a mark)."""


def files_of(content: Content) -> tuple[CleanFile, ...]:
    """The files of a call."""
    match content:
        case NewTicket():
            return content.first.files
        case NewArticle():
            return content.files
    return ()


def pack(content: Content) -> bytes:
    """The bytes of a call."""
    match content:
        case NewTicket():
            body = {"ticket": {**_ticket(content), "first": _article(content.first)}}
        case NewArticle():
            body = {"article": _article(content)}
        case TicketRef():
            body = {"original": asdict(content)}
        case None:
            body = {}
    inline = [file.data for file in files_of(content) if not isinstance(file.content, HeldBlob)]
    header = json.dumps({"v": 1, **body}, ensure_ascii=False).encode()
    return b"".join([len(header).to_bytes(4, "big"), header, *inline])


def unpack(data: bytes, holding: Holding) -> Content:
    """The call again. Raises ValueError for bytes that are none."""
    length = int.from_bytes(data[:4], "big")
    header = json.loads(data[4 : 4 + length])
    if header.get("v") != 1:
        raise ValueError("this outbox row was written by a newer version")
    blobs = memoryview(data)[4 + length :]
    if "ticket" in header:
        fields = header["ticket"]
        return NewTicket(
            reference=fields["reference"],
            subject=fields["subject"],
            urgency=Urgency(fields["urgency"]),
            tags=tuple(fields["tags"]),
            attributes=fields["attributes"],
            first=_read_article(fields["first"], blobs, holding),
        )
    if "article" in header:
        return _read_article(header["article"], blobs, holding)
    return TicketRef(**header["original"]) if "original" in header else None


def _ticket(ticket: NewTicket) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "subject": ticket.subject,
        "urgency": int(ticket.urgency),
        "tags": list(ticket.tags),
        "attributes": ticket.attributes,
    }


def _article(article: NewArticle) -> dict[str, Any]:
    return {
        "reference": article.reference,
        "visibility": article.visibility.value,
        "body": article.body,
        "from_reporter": article.from_reporter,
        "reopen": article.reopen,
        "files": [_file(file) for file in article.files],
    }


def _file(file: CleanFile) -> list[Any]:
    entry: list[Any] = [file.name, file.media_type, file.size]
    if isinstance(file.content, HeldBlob):
        entry += [file.content.file_id, file.content.key.hex()]
    return entry


def _read_article(fields: dict[str, Any], blobs: memoryview, holding: Holding) -> NewArticle:
    files, start = [], 0
    for name, media_type, size, *held in fields["files"]:
        if held:
            file_id, key = held
            files.append(CleanFile(name, media_type, holding.again(file_id, size, bytes.fromhex(key))))
        else:
            files.append(CleanFile(name, media_type, bytes(blobs[start : start + size])))
            start += size
    return NewArticle(
        reference=fields["reference"],
        visibility=Visibility(fields["visibility"]),
        body=fields["body"],
        from_reporter=fields["from_reporter"],
        reopen=fields["reopen"],
        files=tuple(files),
    )
