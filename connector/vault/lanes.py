"""Whose turn it is to derive: guesses can neither keep tips from coming in nor keep others from their inbox."""

import hmac
import secrets
import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from hashlib import sha256

from connector.clock import Clock
from connector.domain.code import Code
from connector.errors import TipbridgeError
from connector.vault.codes import CodeDeriver, CodeKeys

ROTATE_EVERY = timedelta(minutes=10)
MOST_WAITING = 256
"""For their inbox. At 50 derivations a second the last of them waits five seconds."""
RETRY_AFTER = 5.0


class LaneFull(TipbridgeError):
    """Too many are waiting; the same for right and wrong codes."""

    def __init__(self) -> None:
        super().__init__("too many are waiting for their inbox; try again in a few seconds")
        self.retry_after = RETRY_AFTER


class AddressKeys:
    """Stands for addresses without keeping them: a keyed hash whose key is drawn anew every ten minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._drawn_at: datetime = clock.now()

    def key_for(self, address: str) -> bytes:
        """The stand-in of an address, the same for ten minutes at most, only in this process's memory."""
        with self._lock:
            if self._clock.now() - self._drawn_at >= ROTATE_EVERY:
                self._key, self._drawn_at = secrets.token_bytes(32), self._clock.now()
            return hmac.digest(self._key, address.encode("utf-8", "replace"), sha256)


class DerivationLanes:
    """At most one derivation per core at a time. Tips may have every core, whoever comes back all but one.

    A tip that waits goes before everybody who waits for an inbox, so guesses delay it by one derivation at most,
    and that only where there is a single core.
    """

    def __init__(self, deriver: CodeDeriver, cores: int) -> None:
        self._deriver = deriver
        self._lock = threading.Lock()
        self._free = max(1, cores)
        # With one core there is none to leave free: then going first is all that a tip has, and it is enough.
        self._free_for_inbox = max(1, cores - 1)
        self._tips: deque[_Waiter] = deque()
        self._returning = _AddressQueue()

    def intake(self, code: Code) -> tuple[CodeKeys, ...]:
        """Derive for a tip that comes in: waits for its turn, is never refused."""
        waiter = _Waiter()
        with self._lock:
            self._tips.append(waiter)
            self._call_next()
        waiter.called.wait()
        try:
            return self._deriver.derive(code)
        finally:
            self._give_back(of_inbox=0)

    def inbox(self, code: Code, address_key: bytes) -> tuple[CodeKeys, ...]:
        """Derive for somebody who comes back: addresses take turns. Raises LaneFull."""
        waiter = _Waiter()
        with self._lock:
            self._returning.add(address_key, waiter)
            self._call_next()
        waiter.called.wait()
        if waiter.sent_away:
            raise LaneFull
        try:
            return self._deriver.derive(code)
        finally:
            self._give_back(of_inbox=1)

    def _give_back(self, of_inbox: int) -> None:
        with self._lock:
            self._free += 1
            self._free_for_inbox += of_inbox
            self._call_next()

    def _call_next(self) -> None:
        """Give free places to those who wait, tips first. A place is taken here, before its waiter wakes up."""
        while self._free and self._tips:
            self._free -= 1
            self._tips.popleft().called.set()
        while self._free and self._free_for_inbox and self._returning:
            self._free -= 1
            self._free_for_inbox -= 1
            self._returning.take_next().called.set()


class _Waiter:
    """Somebody in a queue; `sent_away` when their place was given to another address."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.sent_away = False


class _AddressQueue:
    """Who waits is served by address, round and round: an address with a thousand guesses gets one turn where an
    address with one request gets one.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[bytes, deque[_Waiter]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, address_key: bytes, waiter: _Waiter) -> None:
        """To the end of the address's own queue. Raises LaneFull."""
        if self._count >= MOST_WAITING:
            self._make_room(address_key)
        self._waiting.setdefault(address_key, deque()).append(waiter)
        self._count += 1

    def take_next(self) -> _Waiter:
        """Whoever's turn it is, out of the queue."""
        address_key, queue = self._waiting.popitem(last=False)
        waiter = queue.popleft()
        if queue:
            self._waiting[address_key] = queue
        self._count -= 1
        return waiter

    def _make_room(self, address_key: bytes) -> None:
        """The address with the longest queue gives up its last place to one with a shorter queue, or LaneFull."""
        longest = max(self._waiting, key=lambda key: len(self._waiting[key]))
        mine = len(self._waiting.get(address_key, ()))
        if len(self._waiting[longest]) <= mine + 1:
            raise LaneFull
        dropped = self._waiting[longest].pop()
        self._count -= 1
        dropped.sent_away = True
        dropped.called.set()
