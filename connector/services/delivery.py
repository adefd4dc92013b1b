"""Working the outbox off: claim, send, record. Nothing is dropped, and nothing waits in silence."""

import secrets
import threading
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.domain.ticket import NewArticle
from connector.errors import StoreUnavailable
from connector.log import Log
from connector.plugin_api import (
    HelpdeskFailure,
    HelpdeskMisconfigured,
    TemporaryFailure,
    TicketGone,
)
from connector.services.alarms import ROW_FAILING, ROW_SET_ASIDE, Alarms
from connector.services.content import files_of, unpack
from connector.services.continuing import Continuing
from connector.services.helpdesk import Helpdesk, Helpdesks
from connector.services.holding import Holding
from connector.services.owing import row_context
from connector.services.reachability import Reachability
from connector.services.sending import NOT_YET, Sending, Sent, TicketNotYetOpen
from connector.store import Store
from connector.store.outbox_rows import ClaimedRow, RowKind, lease_length
from connector.vault.envelope import Envelope, SealBroken, open_row
from connector.vault.keyring import ServiceKeys, UnknownKey

LONGEST_WAIT = timedelta(minutes=5)
"""Between two tries of one row."""
ALARM_AFTER_TRIES = 10
"""A row that has failed so often is an alarm; it goes on being tried."""


class Delivery:
    """Delivers what we owe, a row at a time; any number of these may work on one database."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        helpdesks: Helpdesks,
        service_keys: ServiceKeys,
        sending: Sending,
        continuing: Continuing,
        holding: Holding,
        reachability: Reachability,
        alarms: Alarms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._helpdesks = helpdesks
        self._service_keys = service_keys
        self._sending = sending
        self._continuing = continuing
        self._holding = holding
        self._reachability = reachability
        self._alarms = alarms
        self._held: dict[str, timedelta] = {}
        self._held_lock = threading.Lock()

    def owed(self, helpdesk_id: str) -> bool:
        """Whether there is something to send to this helpdesk now. A cheap look, without a lock."""
        now = self._clock.now()
        with self._store.read() as tx:
            return not self._reachability.paused(tx, helpdesk_id, now) and tx.outbox.any_owed(
                helpdesk_id, now
            )

    def deliver_one(self, helpdesk_id: str) -> bool:
        """Claim the most pressing row of a helpdesk and deliver it; False where nothing is due.

        Whatever happens to the row is recorded; only StoreUnavailable gets out (the lease then runs out by itself).
        """
        helpdesk = self._helpdesks[helpdesk_id]
        row = self._claim(helpdesk)
        if row is None:
            return False
        with self._held_lock:
            self._held[row.lease] = lease_length(helpdesk.timeout)
        try:
            self._deliver(helpdesk, row)
        finally:
            with self._held_lock:
                self._held.pop(row.lease, None)
        return True

    def renew_leases(self) -> None:
        """Keep the rows that are being sent right now; to be called every third of the shortest lease."""
        with self._held_lock:
            held = dict(self._held)
        for length in set(held.values()):
            leases = [lease for lease, its_length in held.items() if its_length == length]
            with self._store.write() as tx:
                tx.outbox.renew(leases, self._clock.now() + length)

    def _claim(self, helpdesk: Helpdesk) -> ClaimedRow | None:
        now = self._clock.now()
        with self._store.write() as tx:
            if self._reachability.paused(tx, helpdesk.helpdesk_id, now):
                return None
            until = now + lease_length(helpdesk.timeout)
            return tx.outbox.claim(helpdesk.helpdesk_id, now, until, secrets.token_hex(16))

    def _deliver(self, helpdesk: Helpdesk, row: ClaimedRow) -> None:
        envelope = Envelope(row.content, row.wrapped_key)
        try:
            opened = open_row(self._service_keys, envelope, row_context(row.helpdesk, row.reference))
            content = unpack(opened, self._holding)
            self._holding.require(files_of(content))
            try:
                self._record(row, self._sending.send(helpdesk, row, content))
            except TicketGone:
                if row.kind is RowKind.TICKET:
                    raise
                article = content if isinstance(content, NewArticle) and content.from_reporter else None
                self._continuing.go_on(row, article)
        except TicketNotYetOpen as waiting:
            self._put_back(row, self._clock.now() + NOT_YET, str(waiting))
        except (TemporaryFailure, HelpdeskMisconfigured) as failure:
            self._try_later(row, failure)
        except HelpdeskFailure as failure:
            self._set_aside(row, failure.what)
        except (SealBroken, UnknownKey) as failure:
            self._set_aside(row, f"the content cannot be opened ({type(failure).__name__})")
        except StoreUnavailable:
            raise
        except Exception as failure:  # noqa: BLE001  a thread's last line
            # A fault in a plugin or in us. Its text may quote content, so only its class is kept.
            self._try_later(row, TemporaryFailure(f"unexpected {type(failure).__name__}"))
            self._log.error(
                "delivery_fault", helpdesk=row.helpdesk, row=row.row_id, error=type(failure).__name__
            )

    def _record(self, row: ClaimedRow, sent: Sent) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            if sent.opened is not None:
                tx.tickets.opened(row.helpdesk, row.reference, sent.opened.ticket_id, sent.opened.url)
                # Staff may have written before we learned where the ticket is: it is read once at once.
                tx.hints.put(row.helpdesk, sent.opened.ticket_id, now)
            if tx.outbox.delivered(row, now):
                tx.held.let_go(row.helpdesk, row.reference)
            recovered = self._reachability.answered(tx, row.helpdesk)
        self._log.info(
            "delivered", helpdesk=row.helpdesk, row=row.row_id, kind=row.kind.value, attempt=row.attempts
        )
        if recovered:
            self._reachability.recovered(row.helpdesk)
        if row.attempts >= ALARM_AFTER_TRIES:
            self._alarms.close(ROW_FAILING, str(row.row_id))

    def _try_later(self, row: ClaimedRow, failure: TemporaryFailure | HelpdeskMisconfigured) -> None:
        resume = self._reachability.failed(row.helpdesk, failure)
        wait = min(timedelta(seconds=2 ** min(row.attempts, 10)), LONGEST_WAIT)
        self._put_back(row, max(resume, self._clock.now() + wait), failure.what)
        self._log.warning(
            "delivery_postponed",
            helpdesk=row.helpdesk,
            row=row.row_id,
            kind=row.kind.value,
            attempt=row.attempts,
            what=failure.what,
        )
        if row.attempts >= ALARM_AFTER_TRIES:
            self._alarms.open(ROW_FAILING, str(row.row_id))

    def _put_back(self, row: ClaimedRow, due_at: datetime, problem: str) -> None:
        with self._store.write() as tx:
            tx.outbox.put_back(row, due_at, problem)

    def _set_aside(self, row: ClaimedRow, problem: str) -> None:
        with self._store.write() as tx:
            tx.outbox.set_aside(row, problem)
        self._log.warning(
            "row_set_aside", helpdesk=row.helpdesk, row=row.row_id, kind=row.kind.value, what=problem
        )
        self._alarms.open(ROW_SET_ASIDE, str(row.row_id))
