"""Zammad's background worker: what happens after the answer."""

from collections import deque
from collections.abc import Callable


class Background:
    """Jobs in order. While `held`, as with a stopped worker, they wait and come when it is released."""

    def __init__(self) -> None:
        self._jobs: deque[Callable[[], object]] = deque()
        self.held = False

    def later(self, job: Callable[[], object]) -> None:
        """Do something once the request is answered."""
        self._jobs.append(job)

    def settle(self) -> None:
        """Do all that waits, unless held."""
        if not self.held:
            self.run()

    def run(self) -> None:
        """Do all that waits."""
        while self._jobs:
            self._jobs.popleft()()

    def hold(self) -> None:
        """Stop the worker."""
        self.held = True

    def release(self) -> None:
        """Start it again; what waited comes now."""
        self.held = False
        self.run()
