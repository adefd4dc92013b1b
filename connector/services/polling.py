"""Finding out which tickets to read again: by asking the helpdesk (the truth) and by its hints (the speed)."""

from datetime import timedelta

from connector.clock import Clock
from connector.domain.ticket import TicketChange, TicketRef
from connector.errors import StoreUnavailable
from connector.log import Log
from connector.plugin_api import (
    HelpdeskFailure,
    HelpdeskMisconfigured,
    TemporaryFailure,
)
from connector.services.alarms import TWIN_TICKET, Alarms
from connector.services.helpdesk import Helpdesk, Helpdesks
from connector.services.owing import Owing
from connector.services.reachability import Reachability
from connector.services.reading import Reading
from connector.store import Store
from connector.store.hints import ClaimedHint
from connector.store.outbox_rows import RowKind

OVERLAP = timedelta(minutes=5)
"""Rows of a helpdesk's database become visible later than their time says: every poll looks back so far."""
FIRST_LOOK_BACK = timedelta(days=1)
"""The first poll knows nothing of the helpdesk's clock and looks back generously."""
LONGEST_WAIT = timedelta(minutes=5)


class Polling:
    """Keeps what we know of every ticket up to date."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        helpdesks: Helpdesks,
        reading: Reading,
        reachability: Reachability,
        owing: Owing,
        alarms: Alarms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._helpdesks = helpdesks
        self._reading = reading
        self._reachability = reachability
        self._owing = owing
        self._alarms = alarms

    def hint(self, helpdesk_id: str, ticket_ids: tuple[str, ...]) -> None:
        """A webhook named these tickets: those that are ours will be read at once."""
        with self._store.read() as tx:
            ours = {known.ticket_id for known in tx.tickets.by_ticket_ids(helpdesk_id, list(ticket_ids))}
            ours |= set(tx.merges.targets_among(helpdesk_id, list(ticket_ids)))
        if not ours:
            return
        with self._store.write() as tx:
            for ticket_id in ours:
                tx.hints.put(helpdesk_id, str(ticket_id), self._clock.now())

    def due(self, helpdesk_id: str) -> bool:
        """Whether a helpdesk is to be asked now. A cheap look, without a lock."""
        now = self._clock.now()
        with self._store.read() as tx:
            state = tx.helpdesks.state(helpdesk_id)
        return all(moment is None or moment <= now for moment in (state.poll_due_at, state.paused_until))

    def waiting(self, helpdesk_id: str) -> bool:
        """Whether a ticket waits to be read. A cheap look, without a lock."""
        now = self._clock.now()
        with self._store.read() as tx:
            return not self._reachability.paused(tx, helpdesk_id, now) and tx.hints.any_due(helpdesk_id, now)

    def poll(self, helpdesk_id: str) -> bool:
        """Ask a helpdesk what has changed, if it is time; False where it is not. Shared by all workers."""
        helpdesk, now = self._helpdesks[helpdesk_id], self._clock.now()
        with self._store.write() as tx:
            state = tx.helpdesks.claim_poll(helpdesk_id, now, now + helpdesk.poll_every)
        if state is None:
            return False
        since = (state.polled_to or now - FIRST_LOOK_BACK) - OVERLAP
        try:
            changes = list(helpdesk.plugin.changes_since(since))
        except (TemporaryFailure, HelpdeskMisconfigured) as failure:
            self._reachability.failed(helpdesk_id, failure)
            self._log.warning("poll_failed", helpdesk=helpdesk_id, what=failure.what)
            return True
        self._follow(helpdesk, changes)
        return True

    def _follow(self, helpdesk: Helpdesk, changes: list[TicketChange]) -> None:
        name, now = helpdesk.helpdesk_id, self._clock.now()
        ids = [change.ticket_id for change in changes]
        with self._store.write() as tx:
            read: dict[str | None, str | None] = {
                known.ticket_id: known.version for known in tx.tickets.by_ticket_ids(name, ids)
            }
            read.update(tx.merges.targets_among(name, ids))
            for change in changes:
                if change.ticket_id in read and read[change.ticket_id] != change.version:
                    tx.hints.put(name, change.ticket_id, now)
            if changes:
                tx.helpdesks.polled(name, max(change.changed_at for change in changes))
            recovered = self._reachability.answered(tx, name)
        if recovered:
            self._reachability.recovered(name)
        if not helpdesk.capabilities.unique_reference:
            for change in changes:
                if change.reference is not None and change.ticket_id not in read:
                    self._close_twin(helpdesk, change)

    def _close_twin(self, helpdesk: Helpdesk, change: TicketChange) -> None:
        """A second ticket for one reference has come up: an old request answered after its time-out."""
        name, reference = helpdesk.helpdesk_id, change.reference or ""
        with self._store.write() as tx:
            original = tx.tickets.by_reference(name, reference)
            twin = f"twin/{change.ticket_id}"
            if original is None or original.ticket_id is None or tx.outbox.has(name, twin):
                return
            case = tx.cases.by_id(original.case_id)
            if case is None:
                return
            content = TicketRef(original.ticket_id, reference, original.url)
            row = self._owing.row(
                name, case.case_id, RowKind.TWIN, twin, case.urgency, content, change.ticket_id
            )
            tx.outbox.add(row, self._clock.now())
        self._alarms.open(TWIN_TICKET, f"{name} {change.ticket_id}")

    def read_one(self, helpdesk_id: str) -> bool:
        """Read the ticket that has waited longest; False where none is due."""
        helpdesk, now = self._helpdesks[helpdesk_id], self._clock.now()
        if not self.waiting(helpdesk_id):
            return False
        with self._store.write() as tx:
            # Several requests make a reading; its lease must outlive them all.
            hint = tx.hints.claim(helpdesk_id, now, now + 8 * helpdesk.timeout)
        if hint is None:
            return False
        self._read(helpdesk, hint)
        return True

    def _read(self, helpdesk: Helpdesk, hint: ClaimedHint) -> None:
        try:
            self._reading.read(helpdesk, hint.ticket_id)
        except (TemporaryFailure, HelpdeskMisconfigured) as failure:
            self._reachability.failed(helpdesk.helpdesk_id, failure)
            self._later(helpdesk, hint, failure.what)
        except HelpdeskFailure as failure:
            self._later(helpdesk, hint, failure.what)
        except StoreUnavailable:
            raise
        except Exception as failure:  # noqa: BLE001  a thread's last line
            # One ticket that cannot be read must not stop the others. Its text may quote content.
            self._later(helpdesk, hint, type(failure).__name__)
            self._log.error("reading_fault", helpdesk=helpdesk.helpdesk_id, error=type(failure).__name__)
        else:
            with self._store.write() as tx:
                tx.hints.done(hint)
                recovered = self._reachability.answered(tx, helpdesk.helpdesk_id)
            if recovered:
                self._reachability.recovered(helpdesk.helpdesk_id)

    def _later(self, helpdesk: Helpdesk, hint: ClaimedHint, what: str) -> None:
        wait = min(timedelta(seconds=2 ** min(hint.failures, 10)), LONGEST_WAIT)
        with self._store.write() as tx:
            tx.hints.failed(hint, self._clock.now() + wait)
        self._log.warning("reading_postponed", helpdesk=helpdesk.helpdesk_id, what=what)
