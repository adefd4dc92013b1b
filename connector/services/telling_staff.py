"""What we say to staff of our own accord: hints, merge notes, marks. Each of them once."""

from collections.abc import Sequence

from connector.clock import Clock
from connector.domain.ticket import NewArticle, Visibility
from connector.errors import Conflict
from connector.services.content import Content
from connector.services.helpdesk import Helpdesk
from connector.services.owing import Owing
from connector.services.ticket_text import hint, merged_note
from connector.store import Store
from connector.store.outbox_rows import RowKind


class TellingStaff:
    """Owes internal notes through the outbox. The reference of each makes it once, across restarts and workers."""

    def __init__(self, store: Store, clock: Clock, owing: Owing) -> None:
        self._store = store
        self._clock = clock
        self._owing = owing

    def hint(self, helpdesk: Helpdesk, ticket_id: str, case_id: str, kind: str, what: str) -> None:
        """Say that something did not reach the reporter; once per ticket and kind."""
        self.once(helpdesk, ticket_id, case_id, f"hint-{kind}/{ticket_id}", hint(helpdesk, what))

    def merged(
        self, helpdesk: Helpdesk, ticket_id: str, sources: Sequence[str], cases: Sequence[str]
    ) -> None:
        """Say how many reporters will read a public answer from now on, where it is more than one."""
        if len(cases) > 1:
            reference = f"merged/{ticket_id}/{'+'.join(sorted(sources))}"[:120]
            self.once(helpdesk, ticket_id, cases[0], reference, merged_note(len(cases)))

    def confirm(self, helpdesk: Helpdesk, ticket_id: str, case_id: str, article_id: str) -> None:
        """Mark in the ticket that an answer has left, where the platform lets us do it quietly."""
        if helpdesk.capabilities.confirms:
            self._owe(helpdesk, ticket_id, case_id, RowKind.CONFIRM, f"confirm/{article_id}", None)

    def once(self, helpdesk: Helpdesk, ticket_id: str, case_id: str, reference: str, text: str) -> None:
        """Leave an internal note, unless this reference was ever owed."""
        note = NewArticle(reference=reference, visibility=Visibility.INTERNAL, body=text)
        self._owe(helpdesk, ticket_id, case_id, RowKind.NOTE, reference, note)

    def _owe(
        self,
        helpdesk: Helpdesk,
        ticket_id: str,
        case_id: str,
        kind: RowKind,
        reference: str,
        content: Content,
    ) -> None:
        name = helpdesk.helpdesk_id
        try:
            with self._store.write() as tx:
                case = tx.cases.by_id(case_id)
                if case is None or tx.outbox.has(name, reference):
                    return
                row = self._owing.row(name, case_id, kind, reference, case.urgency, content, ticket_id)
                tx.outbox.add(row, self._clock.now())
        except Conflict:
            # Another worker has owed it in this very moment.
            return
