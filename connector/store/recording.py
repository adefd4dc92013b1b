"""Cases that come at the same moment share one transaction, and so one wait for the disk.

Each caller brings its case and waits for its turn to write. Whoever's turn it is writes down all that have come by
then; the others find theirs done. Nobody waits for company: alone, a case is written at once.
"""

import threading
from collections import deque
from dataclasses import dataclass, field

from connector.errors import Conflict, StoreUnavailable
from connector.store.engine import Store
from connector.store.new_cases import NewCase
from connector.store.vault_rows import RecordRow

_MOST_AT_ONCE = 64


@dataclass(slots=True, eq=False)
class _Turn:
    new: NewCase
    done: bool = False
    failure: Exception | None = field(default=None)


class Recorder:
    """Writes new cases down. Safe from any number of threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[_Turn] = deque()
        self._pen = threading.Lock()

    def record(self, new: NewCase) -> None:
        """Record a case; when this returns, it is on the disk.

        Raises Conflict (a number or an answer is taken; the others of the same moment are not affected) and
        StoreUnavailable (nothing was recorded).
        """
        turn = _Turn(new)
        self._waiting.append(turn)
        with self._pen:
            # More may have come before this one than are written at once.
            while not turn.done:
                self._write([self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_AT_ONCE))])
        if turn.failure is not None:
            raise turn.failure

    def _write(self, turns: list[_Turn]) -> None:
        try:
            self._together(turns)
        except Conflict:
            # One of them was refused, and with it all: so each for itself.
            for turn in turns:
                self._alone(turn)
        except Exception as failure:  # noqa: BLE001  it belongs to those who wait, each in their own thread
            for turn in turns:
                turn.failure, turn.done = failure, True

    def _together(self, turns: list[_Turn]) -> None:
        new = [turn.new for turn in turns]
        records = [record for one in new for record in one.vault]
        if records and self._store.vault_is_apart:
            self._vault_first(new, records)
        else:
            with self._store.write() as tx:
                tx.vault.add(records)
                tx.new_cases.add(new)
        for turn in turns:
            turn.done = True

    def _vault_first(self, new: list[NewCase], records: list[RecordRow]) -> None:
        """Two files cannot be written as one, so the vault's comes first: a case that is there has its record.

        A record without a case, left by a process that died in between, is removed by retention. It may do so just
        now, which is why the second transaction looks whether the record is still there.
        """
        with self._store.write() as tx:
            tx.vault.add(records)
        try:
            with self._store.write() as tx:
                tx.vault.require(records)
                tx.new_cases.add(new)
        except (Conflict, StoreUnavailable):
            with self._store.write() as tx:
                tx.vault.remove({record.case_hash for record in records})
            raise

    def _alone(self, turn: _Turn) -> None:
        try:
            self._together([turn])
        except Exception as failure:  # noqa: BLE001  as above
            turn.failure, turn.done = failure, True
