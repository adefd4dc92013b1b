"""Telling the operator of alarms, each once, and again when it could not be told."""

from collections.abc import Sequence

from connector.clock import Clock
from connector.log import Log
from connector.store import Store
from escalation.channels.base import AlarmSender


class Telling:
    """Sends alarms to `alarms.*`. Services only write the rows."""

    def __init__(self, store: Store, clock: Clock, log: Log, senders: Sequence[AlarmSender]) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._senders = senders

    def tell(self) -> int:
        """Tell everything that has not been told; how many alarms were. Where nobody can be told, nothing is marked."""
        count = 0
        while self._senders and self._tell_one():
            count += 1
        return count

    def _tell_one(self) -> bool:
        with self._store.write() as tx:
            alarm = tx.alarms.claim_untold(self._clock.now())
        if alarm is None:
            return False
        told = False
        for sender in self._senders:
            try:
                sender.send(alarm.alarm, alarm.subject, alarm.since)
                told = True
            except Exception as fault:  # noqa: BLE001  one way that fails must not stop the others
                self._log.warning("alarm_not_told", alarm=alarm.alarm, error=type(fault).__name__)
        if not told:
            with self._store.write() as tx:
                tx.alarms.tell_again(alarm.alarm, alarm.subject)
        return told
