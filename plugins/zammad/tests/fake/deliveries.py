"""Webhook deliveries: queued with the change, built and signed when sent, tried five times."""

import threading

from plugins.zammad.tests.fake import payload
from plugins.zammad.tests.fake.delivery import Delivery, signed
from plugins.zammad.tests.fake.rows import Row, TicketEvent
from plugins.zammad.tests.fake.sender import Post, send
from plugins.zammad.tests.fake.wire import dump
from plugins.zammad.tests.fake.world import World


class Deliveries:
    """The queue of deliveries.

    By default a thread sends each as soon as it is due. After `hold()` they wait for `deliver()`, which
    sends in the caller's thread: so that a test decides when, in which order and how often. What failed is
    tried again by `retry()` only; Zammad's own waits (10, 20, 30, 40 s) are not kept.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._held = False
        self._lose = 0
        self._double = 0
        self._waiting: list[Delivery] = []
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._busy = 0
        self.all: list[Delivery] = []

    def add(self, trigger: Row, webhook_id: int, event: TicketEvent) -> None:
        """Queue a delivery; none for a webhook that is gone or off."""
        webhook = self._world.webhooks.get(webhook_id)
        if webhook is None or not webhook["active"]:
            return
        delivery = Delivery(trigger["id"], webhook_id, event.ticket_id, event.article_id)
        with self._wake:
            if self._lose:
                self._lose -= 1
                return
            self.all.append(delivery)
            copies = 2 if self._double else 1
            self._double = max(0, self._double - 1)
            self._waiting += [delivery] * copies
            if not self._held:
                self._start()
                self._wake.notify_all()

    def lose_next(self, count: int = 1) -> None:
        """The next deliveries never leave and are never tried again."""
        self._lose += count

    def double_next(self, count: int = 1) -> None:
        """The next deliveries arrive twice, under the same delivery id."""
        self._double += count

    def hold(self) -> None:
        """From now on deliveries wait for `deliver()`."""
        self._held = True

    def deliver(self, *, reverse: bool = False) -> list[Delivery]:
        """Send what waits, in order or in the opposite one. Returns what was sent."""
        with self._wake:
            due, self._waiting = self._waiting, []
        return self._send_all(due[::-1] if reverse else due)

    def build_waiting(self) -> list[Post]:
        """The requests that would be sent now, instead of sending them."""
        with self._wake:
            due, self._waiting = self._waiting, []
        with self._world.lock:
            return [post for delivery in due if (post := self._request(delivery)) is not None]

    def resume(self) -> None:
        """Send what waits, and again at once what becomes due."""
        with self._wake:
            self._held = False
            self._start()
            self._wake.notify_all()

    def retry(self) -> list[Delivery]:
        """Try everything again that has not arrived and is not given up."""
        return self._send_all(
            [one for one in self.all if one.answers and not one.arrived and not one.given_up]
        )

    def stop(self) -> None:
        """End the thread."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wait_until_idle(self, timeout: float = 5.0) -> bool:
        """Block until everything that was due was tried once; False if that took too long."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._waiting and not self._busy, timeout)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="fake-zammad-webhooks", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopped or (self._waiting and not self._held))
                if self._stopped:
                    return
                delivery = self._waiting.pop(0)
                self._busy += 1
            try:
                self._send(delivery)
            finally:
                with self._wake:
                    self._busy -= 1
                    self._wake.notify_all()

    def _send_all(self, due: list[Delivery]) -> list[Delivery]:
        for delivery in due:
            self._send(delivery)
        return due

    def _send(self, delivery: Delivery) -> None:
        with self._world.lock:
            post = self._request(delivery)
        if post is not None:
            delivery.answers.append(send(post, follow_redirects=self._world.version.follows_redirects))

    def _request(self, delivery: Delivery) -> Post | None:
        """The request as of now; None where ticket, trigger or webhook went away meanwhile."""
        world = self._world
        ticket, webhook = world.tickets.get(delivery.ticket_id), world.webhooks.get(delivery.webhook_id)
        trigger = world.triggers.get(delivery.trigger_id)
        if ticket is None or webhook is None or trigger is None:
            return None
        record = payload.build(world, ticket, world.articles.get(delivery.article_id))
        post = signed(webhook, dump(record), trigger_name=trigger["name"], delivery_id=delivery.id)
        post.headers["Content-Type"] = world.version.webhook_content_type
        return post
