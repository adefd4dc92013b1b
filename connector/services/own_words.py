"""The words of a message in a mailbox, and sealing them to the reporter."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connector.domain.tip import CleanFile, Tip
from connector.services.identifiers import new_id
from connector.store.messages import SealedMessage
from connector.vault.mailbox import MailboxKey, open_from_mailbox, seal_own


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as the inbox lists it. `file_id` None: it was the reporter's own and is not kept here."""

    file_id: str | None
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Words:
    """The sealed content of a message."""

    text: str = field(repr=False)
    files: tuple[FileEntry, ...] = ()

    def to_bytes(self) -> bytes:
        """The content as bytes to be sealed."""
        files = [[file.file_id, file.name, file.media_type, file.size] for file in self.files]
        return json.dumps({"v": 1, "text": self.text, "files": files}, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Words":
        """The content again."""
        body = json.loads(data)
        return cls(body["text"], tuple(FileEntry(*fields) for fields in body["files"]))


def message_context(case_id: str, message_id: str) -> bytes:
    """What binds a sealed message to its place: moved to another case or message, it does not open."""
    return f"message|{case_id}|{message_id}".encode()


def file_context(case_id: str, message_id: str, file_id: str) -> bytes:
    """What binds a sealed file to its place."""
    return f"file|{case_id}|{message_id}|{file_id}".encode()


def open_words(key: MailboxKey, message: SealedMessage) -> Words:
    """Open a message with the reporter's key. Raises SealBroken."""
    context = message_context(message.case_id, message.message_id)
    return Words.from_bytes(open_from_mailbox(key, message.sealed, context))


def own_message(
    case_id: str, key: MailboxKey, tip: Tip, files: Sequence[CleanFile], at: datetime
) -> SealedMessage:
    """The copy of a tip that the reporter finds in the inbox."""
    answers = [("Where", tip.where), ("When", tip.when), ("Who", tip.who)]
    lines = [f"{question}: {answer}" for question, answer in answers if answer]
    text = "\n\n".join(part for part in (tip.text, "\n".join(lines)) if part)
    return own_copy(case_id, key, text, files, at)


def own_copy(
    case_id: str,
    key: MailboxKey,
    text: str,
    files: Sequence[CleanFile],
    at: datetime,
    message_id: str | None = None,
) -> SealedMessage:
    """The reporter's own words, sealed to the reporter; files by name only."""
    message_id = message_id or new_id()
    entries = tuple(FileEntry(None, file.name, file.media_type, file.size) for file in files)
    sealed = seal_own(key, Words(text, entries).to_bytes(), message_context(case_id, message_id))
    return SealedMessage(message_id, case_id, "you", at, sealed)
