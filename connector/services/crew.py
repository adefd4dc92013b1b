"""A few hands for one kind of work: as many as there is work for, never more than allowed."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor

from connector.errors import StoreUnavailable
from connector.log import Log


class Crew:
    """Runs `do_one` in up to `size` threads until it says that there is nothing left.

    `wake` is cheap and may be called as often as one likes: it sets one hand to work if there is work. A hand that
    finds some wakes the next one, so that a burst is soon met by all and an idle hour costs one look a tick.
    """

    def __init__(
        self,
        size: int,
        do_one: Callable[[], bool],
        worth_it: Callable[[], bool],
        executor: Executor,
        log: Log,
    ) -> None:
        self._size = size
        self._do_one = do_one
        self._worth_it = worth_it
        self._executor = executor
        self._log = log
        self._busy = 0
        self._lock = threading.Lock()

    def wake(self) -> None:
        """Set a hand to work if there is something to do and a hand is free."""
        with self._lock:
            if self._busy >= self._size:
                return
        try:
            if self._worth_it():
                self._add_hand()
        except StoreUnavailable as error:
            self._log.warning("store_unavailable", error=type(error).__name__)

    def _add_hand(self) -> None:
        with self._lock:
            if self._busy >= self._size:
                return
            self._busy += 1
        try:
            self._executor.submit(self._work)
        except RuntimeError:
            # The executor has been shut down: the process is ending.
            with self._lock:
                self._busy -= 1

    def _work(self) -> None:
        try:
            while self._do_one():
                self._add_hand_if_worth_it()
        except StoreUnavailable as error:
            self._log.warning("store_unavailable", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  a thread's last line
            self._log.exception("crew_fault", error)
        finally:
            with self._lock:
                self._busy -= 1

    def _add_hand_if_worth_it(self) -> None:
        with self._lock:
            full = self._busy >= self._size
        if not full and self._worth_it():
            self._add_hand()
