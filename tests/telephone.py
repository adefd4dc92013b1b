"""A provider of calls, texts and mails in memory: it accepts, refuses, hangs, loses and doubles, and its phones ring.

What it is told to do is set by tests; what it was asked to do is kept. It notices by itself when two calls to one number
are live at once.
"""

import heapq
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from connector.domain.chain import Via
from connector.domain.escalating import Outcome, Progress
from connector.testing import FakeClock
from escalation.channels.base import (
    Channels,
    Misconfigured,
    Notification,
    OutcomeUnknown,
    Refused,
    Report,
    Sent,
    Temporary,
)


@dataclass
class Request:
    """One request that a provider has accepted. `ended` is the outcome once there is one."""

    provider: str
    provider_id: str
    notification: Notification
    at: datetime
    progress: Progress = Progress.ACCEPTED
    ended: Outcome | None = None
    reports: list[Report] = field(default_factory=list)


@dataclass
class Phone:
    """What happens when a number is called: after `after` the call ends like this, or `does` acts for the person."""

    outcome: Outcome = Outcome.NO_ANSWER
    after: timedelta = timedelta(seconds=35)
    machine: bool = False
    does: Callable[[str], object] | None = None
    tells: bool = True
    """Whether callbacks come at all."""
    doubled: bool = False
    """Whether each comes twice, and the last one first."""


class Exchange:
    """All providers, all phones. `report` is where callbacks go."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.requests: list[Request] = []
        self.asked: list[tuple[str, str]] = []
        """Every call of send, find and stop, with the attempt or the provider's id."""
        self.phones: dict[str, Phone] = {}
        self.faults: dict[str, list[str]] = {}
        """What a provider does with its next requests: a list of temporary, refuse, misconfigured, hang, lose."""
        self.always: dict[str, str] = {}
        self.twice_at_once: list[str] = []
        self.report: Callable[[str, Report], object] = lambda _attempt, _report: None
        self._events: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def channels(self, *, backup: bool = False) -> Channels:
        """The channels for the service."""
        phones = ["twilio", "twilio_backup"] if backup else ["twilio"]
        return {
            Via.VOICE: [Line(self, name, Via.VOICE) for name in phones],
            Via.SMS: [Line(self, name, Via.SMS) for name in phones],
            Via.EMAIL: [Line(self, "email", Via.EMAIL)],
        }

    def sent(self, via: Via | None = None) -> list[Request]:
        """What was accepted, in order."""
        return [request for request in self.requests if via in (None, request.notification.via)]

    def next_event(self) -> datetime | None:
        """When something happens on the phones next."""
        with self._lock:
            return self._events[0][0] if self._events else None

    def fire(self) -> None:
        """Let everything happen that is due."""
        while True:
            with self._lock:
                if not self._events or self._events[0][0] > self.clock.now():
                    return
                _, _, event = heapq.heappop(self._events)
            event()

    def at(self, moment: datetime, event: Callable[[], object]) -> None:
        """Have something happen."""
        with self._lock:
            heapq.heappush(self._events, (moment, next(self._numbers), event))

    def accept(self, provider: str, notification: Notification) -> Request:
        """A request has got through."""
        with self._lock:
            number = next(self._numbers)
            request = Request(provider, f"{provider}-{number}", notification, self.clock.now())
            if notification.via is Via.VOICE and any(
                other.ended is None and other.notification.via is Via.VOICE
                for other in self.requests
                if other.notification.to == notification.to
            ):
                self.twice_at_once.append(notification.to)
            self.requests.append(request)
        phone = self.phones.get(notification.to, Phone())
        if notification.via is Via.VOICE:
            self._ring(request, phone)
        elif notification.via is Via.SMS and phone.tells:
            self.at(self.clock.now() + timedelta(seconds=3), lambda: self.end(request, Outcome.DELIVERED))
        return request

    def _ring(self, request: Request, phone: Phone) -> None:
        now = self.clock.now()
        attempt = request.notification.attempt_id
        if phone.tells and not phone.doubled:
            self.at(now + timedelta(seconds=1), lambda: self._tell(request, Progress.RINGING))
        if phone.does is not None:
            does = phone.does

            def answered() -> None:
                if request.ended is None:
                    self._tell(request, Progress.ANSWERED)
                    does(attempt)

            self.at(now + timedelta(seconds=5), answered)
        after = min(phone.after, request.notification.ring) if phone.does is None else phone.after
        self.at(now + after, lambda: self.end(request, phone.outcome))

    def _tell(self, request: Request, progress: Progress) -> None:
        if request.ended is None:
            request.progress = max(request.progress, progress)
            self.report(
                request.notification.attempt_id,
                Report(progress.name.lower(), progress, self.clock.now(), request.provider_id),
            )

    def end(self, request: Request, outcome: Outcome) -> None:
        """A call or text is over; the callbacks follow, if they do."""
        if request.ended is not None:
            return
        request.ended = outcome
        phone = self.phones.get(request.notification.to, Phone())
        if phone.tells:
            attempt = request.notification.attempt_id
            last = self.last_report(request)
            early = Report("ringing", Progress.RINGING, self.clock.now(), request.provider_id)
            for report in (last, early, last, early) if phone.doubled else (last,):
                self.report(attempt, report)

    def last_report(self, request: Request) -> Report:
        """What the provider says of a request when it is asked."""
        phone = self.phones.get(request.notification.to, Phone())
        progress = Progress.ENDED if request.ended is not None else request.progress
        return Report(
            f"now-{progress.name.lower()}",
            progress,
            self.clock.now(),
            request.provider_id,
            request.ended,
            machine=phone.machine and progress is Progress.ENDED,
        )


class Line:
    """One provider for one kind of notification."""

    def __init__(self, exchange: Exchange, name: str, via: Via) -> None:
        self._exchange = exchange
        self._name = name
        self._via = via

    @property
    def name(self) -> str:
        """The provider."""
        return self._name

    @property
    def patience(self) -> timedelta:
        """Ten seconds."""
        return timedelta(seconds=10)

    def send(self, notification: Notification) -> Sent:
        """Accept, or do what it was told."""
        self._exchange.asked.append(("send", notification.attempt_id))
        fault = self._fault()
        raised: dict[str, Any] = {
            "temporary": Temporary("busy"),
            "refuse": Refused("no such number"),
            "misconfigured": Misconfigured("the credentials are refused"),
            "lose": OutcomeUnknown("no answer came"),
        }
        if fault in raised:
            raise raised[fault]
        request = self._exchange.accept(self._name, notification)
        if fault == "hang":
            raise OutcomeUnknown("no answer came")
        if self._via is Via.EMAIL:
            request.ended = Outcome.SENT
        return Sent(request.provider_id, final=self._via is Via.EMAIL)

    def find(self, notification: Notification, provider_id: str | None) -> Report | None:
        """What became of an earlier request."""
        self._exchange.asked.append(("find", notification.attempt_id))
        for request in reversed(self._exchange.requests):
            by_id = provider_id is not None and request.provider_id == provider_id
            if request.provider == self._name and (
                by_id or request.notification.attempt_id == notification.attempt_id
            ):
                return self._exchange.last_report(request)
        return None

    def stop(self, provider_id: str) -> None:
        """Take a call back."""
        self._exchange.asked.append(("stop", provider_id))
        for request in self._exchange.requests:
            if request.provider_id == provider_id and request.ended is None:
                self._exchange.end(request, Outcome.CANCELLED)

    def _fault(self) -> str | None:
        queued = self._exchange.faults.get(self._name, [])
        return queued.pop(0) if queued else self._exchange.always.get(self._name)
