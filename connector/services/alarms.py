"""Raising an alarm: a row that stays until the trouble is over, and one line in the log."""

from connector.clock import Clock
from connector.log import Log
from connector.store import Store
from connector.store.alarms import Alarm

ROW_SET_ASIDE = "row-set-aside"
ROW_FAILING = "row-failing"
HELPDESK_FAILING = "helpdesk-failing"
HELPDESK_MISCONFIGURED = "helpdesk-misconfigured"
TICKET_GONE = "ticket-gone"
TWIN_TICKET = "twin-ticket"


class Alarms:
    """Opens and closes alarms. Sends nothing: whoever watches reads `/watchz`."""

    def __init__(self, store: Store, clock: Clock, log: Log) -> None:
        self._store = store
        self._clock = clock
        self._log = log

    def open(self, alarm: str, subject: str) -> None:
        """Open an alarm about a subject; logged at error level once, when it is new."""
        with self._store.write() as tx:
            new = tx.alarms.open(Alarm(alarm, subject, self._clock.now()))
        if new:
            self._log.error("alarm", alarm=alarm, subject=subject)

    def close(self, alarm: str, subject: str) -> None:
        """Close an alarm if it is open."""
        with self._store.read() as tx:
            is_open = any(known.alarm == alarm and known.subject == subject for known in tx.alarms.all_open())
        if not is_open:
            return
        with self._store.write() as tx:
            closed = tx.alarms.close(alarm, subject)
        if closed:
            self._log.info("alarm_over", alarm=alarm, subject=subject)
