"""Derivations that begin when they get their turn and end when the test says so, in real threads."""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from connector.domain.code import Code
from connector.vault.codes import INSECURE_TEST_COST, CodeDeriver, CodeKeys
from connector.vault.keyring import PepperRing
from connector.vault.lanes import DerivationLanes

DEADLINE = 10.0
"""Seconds after which a thread that should have moved has not."""


def somebody(number: int) -> Code:
    """The code of the person with this number."""
    return Code(f"{number:020d}")


class HeldDeriver(CodeDeriver):
    """Tells who has begun, in order; each derivation then waits until it is let go."""

    def __init__(self) -> None:
        super().__init__(bytes(16), PepperRing([]), INSECURE_TEST_COST)
        self.begun: queue.Queue[int] = queue.Queue()
        self._gates: dict[int, threading.Event] = {}
        self._all_open = threading.Event()

    def derive(self, code: Code) -> tuple[CodeKeys, ...]:
        number = int(code.digits())
        gate = self._gate(number)
        self.begun.put(number)
        if not gate.wait(DEADLINE):
            raise TimeoutError(number)
        return ()

    def let_go(self, number: int) -> None:
        """This person's derivation ends, now or as soon as it begins."""
        self._gate(number).set()

    def let_everybody_go(self) -> None:
        """Whoever waits and whoever comes."""
        self._all_open.set()
        for gate in list(self._gates.values()):
            gate.set()

    def _gate(self, number: int) -> threading.Event:
        gate = self._gates.setdefault(number, threading.Event())
        if self._all_open.is_set():
            gate.set()
        return gate


class Crowd:
    """People before the lanes of a machine with so many cores."""

    def __init__(self, cores: int) -> None:
        self.deriver = HeldDeriver()
        self.lanes = DerivationLanes(self.deriver, cores)
        self._threads = ThreadPoolExecutor(max_workers=64)

    def tip(self, number: int) -> Future[tuple[CodeKeys, ...]]:
        """A tip comes in."""
        return self._threads.submit(self.lanes.intake, somebody(number))

    def guess(self, number: int, address: bytes) -> Future[tuple[CodeKeys, ...]]:
        """Somebody asks for an inbox."""
        return self._threads.submit(self.lanes.inbox, somebody(number), address)

    def next_to_begin(self) -> int:
        """Who gets a turn next; fails where nobody does."""
        return self.deriver.begun.get(timeout=DEADLINE)

    def after(self, number: int) -> int:
        """Let somebody go, and see who begins in their place."""
        self.deriver.let_go(number)
        return self.next_to_begin()

    def are_waiting(self, tips: int = 0, inboxes: int = 0) -> None:
        """Exactly so many wait in the queues, and nobody has begun unseen."""
        until(lambda: self._waiting() == (tips, inboxes))
        assert self.deriver.begun.empty()

    def go_home(self) -> None:
        """The end: everybody is let through."""
        self.deriver.let_everybody_go()
        self._threads.shutdown(wait=True)

    def _waiting(self) -> tuple[int, int]:
        with self.lanes._lock:
            return len(self.lanes._tips), len(self.lanes._returning)


def until(condition: Callable[[], bool]) -> None:
    """Return as soon as the condition holds; fails after the deadline."""
    end = time.monotonic() + DEADLINE
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < end, "it did not come to that in time"
        pause.wait(0.002)
