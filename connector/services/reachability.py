"""Leaving a helpdesk in peace while it is down, and noticing when it is back."""

from datetime import datetime, timedelta

from connector.clock import Clock
from connector.plugin_api import HelpdeskMisconfigured, TemporaryFailure
from connector.services.alarms import HELPDESK_FAILING, HELPDESK_MISCONFIGURED, Alarms
from connector.store import Store
from connector.store.transaction import Transaction

LONGEST_PAUSE = timedelta(seconds=60)
"""Between two tries at a helpdesk that is down."""
LONGEST_ASKED = timedelta(hours=1)
"""The longest wait we let a helpdesk ask for with Retry-After."""
ALARM_AFTER = timedelta(minutes=10)
"""A helpdesk that has failed for so long is an alarm."""
MISCONFIGURED_PAUSE = timedelta(seconds=60)


class Reachability:
    """The pause of each helpdesk, shared by all workers through the database."""

    def __init__(self, store: Store, clock: Clock, alarms: Alarms) -> None:
        self._store = store
        self._clock = clock
        self._alarms = alarms

    def paused(self, tx: Transaction, helpdesk: str, now: datetime) -> bool:
        """Whether nobody is to call this helpdesk now."""
        until = tx.helpdesks.state(helpdesk).paused_until
        return until is not None and until > now

    def failed(self, helpdesk: str, failure: TemporaryFailure | HelpdeskMisconfigured) -> datetime:
        """A call failed: pause the helpdesk; when the next try may be. Raises an alarm where it lasts."""
        now = self._clock.now()
        with self._store.write() as tx:
            state = tx.helpdesks.state(helpdesk)
            until = now + _pause(failure, state.failures)
            tx.helpdesks.failed(helpdesk, now, until)
        if isinstance(failure, HelpdeskMisconfigured):
            self._alarms.open(HELPDESK_MISCONFIGURED, helpdesk)
        elif state.failing_since is not None and now - state.failing_since >= ALARM_AFTER:
            self._alarms.open(HELPDESK_FAILING, helpdesk)
        return until

    def answered(self, tx: Transaction, helpdesk: str) -> bool:
        """A call went well, within the transaction that records it; True if it had been failing.

        What waited for a later try because the helpdesk was down is then due at once.
        """
        if not tx.helpdesks.answered(helpdesk):
            return False
        tx.outbox.hurry(helpdesk, self._clock.now())
        return True

    def recovered(self, helpdesk: str) -> None:
        """Close the alarms of a helpdesk that works again."""
        self._alarms.close(HELPDESK_FAILING, helpdesk)
        self._alarms.close(HELPDESK_MISCONFIGURED, helpdesk)


def _pause(failure: TemporaryFailure | HelpdeskMisconfigured, failures: int) -> timedelta:
    if isinstance(failure, HelpdeskMisconfigured):
        return MISCONFIGURED_PAUSE
    if failure.retry_after is not None:
        return min(timedelta(seconds=max(0.0, failure.retry_after)), LONGEST_ASKED)
    return min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_PAUSE)
