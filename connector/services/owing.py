"""Writing down what we owe a helpdesk: sealed, with a deterministic reference."""

from connector.domain.urgency import Urgency
from connector.services.content import Content, files_of, pack
from connector.services.holding import held_in
from connector.store.outbox_rows import NewRow, RowKind
from connector.vault.envelope import seal_row
from connector.vault.keyring import ServiceKeys


def row_context(helpdesk: str, reference: str) -> bytes:
    """What binds an outbox row's ciphertext to its row: moved to another row, it does not open."""
    return f"outbox|{helpdesk}|{reference}".encode()


class Owing:
    """Makes outbox rows. Their content lies under a fresh key each, wrapped by the service key."""

    def __init__(self, service_keys: ServiceKeys) -> None:
        self._service_keys = service_keys

    def row(
        self,
        helpdesk: str,
        case_id: str,
        kind: RowKind,
        reference: str,
        urgency: Urgency,
        content: Content,
        ticket_id: str | None = None,
    ) -> NewRow:
        """A row ready to be added to the outbox."""
        envelope = seal_row(self._service_keys, pack(content), row_context(helpdesk, reference))
        return NewRow(
            helpdesk=helpdesk,
            case_id=case_id,
            kind=kind,
            reference=reference,
            urgency=urgency,
            content=envelope.ciphertext,
            wrapped_key=envelope.wrapped_key,
            ticket_id=ticket_id,
            files=tuple(held_in(files_of(content))),
        )
