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
"""In the inbox lane. At 50 derivations a second the last of them waits five seconds."""
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
    """At most one derivation per core at a time; one of them is always left for tips that come in."""

    def __init__(self, deriver: CodeDeriver, cores: int) -> None:
        self._deriver = deriver
        # With one core, tips still have a lane of their own: the system shares the core between both.
        self._intake = threading.BoundedSemaphore(max(1, cores - 1))
        self._inbox = _FairLane(max(1, cores - 1))

    def intake(self, code: Code) -> tuple[CodeKeys, ...]:
        """Derive for a tip that comes in: waits for its turn, is never refused."""
        with self._intake:
            return self._deriver.derive(code)

    def inbox(self, code: Code, address_key: bytes) -> tuple[CodeKeys, ...]:
        """Derive for somebody who comes back: addresses take turns. Raises LaneFull."""
        with self._inbox.turn(address_key):
            return self._deriver.derive(code)


class _Waiter:
    """Somebody in the queue; `sent_away` when their place was given to another address."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.sent_away = False


class _Turn:
    def __init__(self, lane: "_FairLane", address_key: bytes) -> None:
        self._lane = lane
        self._address_key = address_key

    def __enter__(self) -> None:
        self._lane.take(self._address_key)

    def __exit__(self, *_: object) -> None:
        self._lane.give_back()


class _FairLane:
    """Places for so many at once. Who waits is served by address, round and round: an address with a thousand
    guesses gets one turn where an address with one request gets one.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: OrderedDict[bytes, deque[_Waiter]] = OrderedDict()
        self._count = 0
        self._lock = threading.Lock()

    def turn(self, address_key: bytes) -> _Turn:
        return _Turn(self, address_key)

    def take(self, address_key: bytes) -> None:
        waiter = _Waiter()
        with self._lock:
            if self._free > 0 and not self._waiting:
                self._free -= 1
                return
            if self._count >= MOST_WAITING and not self._make_room(address_key):
                raise LaneFull
            self._waiting.setdefault(address_key, deque()).append(waiter)
            self._count += 1
        waiter.called.wait()
        if waiter.sent_away:
            raise LaneFull

    def give_back(self) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            address_key, queue = self._waiting.popitem(last=False)
            waiter = queue.popleft()
            if queue:
                self._waiting[address_key] = queue
            self._count -= 1
        waiter.called.set()

    def _make_room(self, address_key: bytes) -> bool:
        """The lane is full: the address with the longest queue gives up its last place to one with a shorter queue."""
        longest = max(self._waiting, key=lambda key: len(self._waiting[key]))
        mine = len(self._waiting.get(address_key, ()))
        if len(self._waiting[longest]) <= mine + 1:
            return False
        dropped = self._waiting[longest].pop()
        self._count -= 1
        dropped.sent_away = True
        dropped.called.set()
        return True
