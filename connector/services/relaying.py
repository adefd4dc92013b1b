"""Putting an answer into the reporters' mailboxes, each sealed to its own reporter, exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.clock import Clock
from connector.domain.ticket import Article, RemoteFile, Visibility
from connector.log import Log
from connector.plugin_api import PermanentFailure
from connector.services.helpdesk import Helpdesk
from connector.services.identifiers import new_id
from connector.services.own_words import FileEntry, Words, file_context, message_context
from connector.store import Store
from connector.store.articles import SeenArticle
from connector.store.messages import SealedFile, SealedMessage
from connector.store.transaction import Transaction
from connector.vault.mailbox import seal_to_mailbox

LARGEST_FILE = 25_000_000
"""Bytes of a file from staff; the reporter fetches it on a phone."""
FILE_MISSING = "(A file was attached that could not be passed on. You can ask for it here.)"


@dataclass(frozen=True, slots=True)
class _Fetched:
    file: RemoteFile
    data: bytes = field(repr=False)


class Relaying:
    """Writes what staff said into the mailboxes, and takes it back where staff took it back in time."""

    def __init__(self, store: Store, clock: Clock, log: Log) -> None:
        self._store = store
        self._clock = clock
        self._log = log

    def relay(
        self,
        helpdesk: Helpdesk,
        article: Article,
        text: str,
        cases: Sequence[str],
        verdict: str,
        *,
        known: bool,
    ) -> None:
        """Seal an article to the reporters of these cases and remember that it was done, in one transaction."""
        fetched, missing = self._fetch(helpdesk, article.files) if cases else ([], False)
        words = f"{text}\n\n{FILE_MISSING}".strip() if missing else text
        with self._store.write() as tx:
            already = tx.messages.relayed_to(helpdesk.helpdesk_id, article.article_id)
            for case_id in cases:
                if case_id not in already:
                    self._put(tx, helpdesk, article, case_id, words, fetched)
            seen = SeenArticle(article.article_id, article.written_on, article.visibility, verdict)
            tx.articles.put(helpdesk.helpdesk_id, seen, known=known)
        self._log.info("relayed", helpdesk=helpdesk.helpdesk_id, count=len(cases))

    def keep_inside(self, helpdesk: Helpdesk, article: Article, verdict: str, *, known: bool) -> None:
        """Remember that an article stays with staff; if it was public before and nobody has read it, withdraw it."""
        with self._store.write() as tx:
            withdrawn = 0
            if known and article.visibility is Visibility.INTERNAL:
                withdrawn = tx.messages.withdraw(helpdesk.helpdesk_id, article.article_id)
            seen = SeenArticle(article.article_id, article.written_on, article.visibility, verdict)
            tx.articles.put(helpdesk.helpdesk_id, seen, known=known)
        if withdrawn:
            self._log.info("withdrawn", helpdesk=helpdesk.helpdesk_id, count=withdrawn)

    def _put(
        self,
        tx: Transaction,
        helpdesk: Helpdesk,
        article: Article,
        case_id: str,
        text: str,
        fetched: Sequence[_Fetched],
    ) -> None:
        mailbox = tx.cases.mailbox_of(case_id)
        if mailbox is None:
            return
        message_id = new_id()
        entries, files = [], []
        for number, item in enumerate(fetched, start=1):
            entry = FileEntry(new_id(), _safe_name(item.file, number), item.file.media_type, len(item.data))
            context = file_context(case_id, message_id, entry.file_id or "")
            entries.append(entry)
            files.append(
                SealedFile(entry.file_id or "", seal_to_mailbox(mailbox.public_key, item.data, context))
            )
        words = Words(text, tuple(entries)).to_bytes()
        sealed = seal_to_mailbox(mailbox.public_key, words, message_context(case_id, message_id))
        tx.messages.add(
            SealedMessage(
                message_id=message_id,
                case_id=case_id,
                sender="staff",
                at=min(article.created_at, self._clock.now()),
                sealed=sealed,
                role=helpdesk.role,
                helpdesk=helpdesk.helpdesk_id,
                article_id=article.article_id,
            ),
            tuple(files),
        )

    def _fetch(self, helpdesk: Helpdesk, files: Sequence[RemoteFile]) -> tuple[list[_Fetched], bool]:
        fetched, missing = [], False
        for file in files:
            try:
                fetched.append(_Fetched(file, helpdesk.plugin.download(file, limit=LARGEST_FILE)))
            except PermanentFailure as failure:
                missing = True
                self._log.warning("staff_file_missing", helpdesk=helpdesk.helpdesk_id, what=failure.what)
        return fetched, missing


def _safe_name(file: RemoteFile, number: int) -> str:
    """A staff file's name without anything that could act: no path, no control or direction mark."""
    name = file.name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if char.isprintable()).strip(" .")[:100]
    return name or f"file-{number}"
