"""The only home of APScheduler: it ticks, and decides nothing.

Deadlines live in the database. The scheduler's own store is in memory, missed ticks are made up for once
(`misfire_grace_time=None`, `coalesce=True`: the defaults would drop them), and a tick never overlaps itself.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from connector.log import Log


class Ticking(Protocol):
    """Something to be called again and again."""

    @property
    def name(self) -> str:
        """For the log."""
        ...

    @property
    def every(self) -> timedelta:
        """The interval."""
        ...

    @property
    def call(self) -> Callable[[], object]:
        """What to call."""
        ...


class Scheduler:
    """Calls each tick at its interval, each in a thread, never twice at once."""

    def __init__(self, ticks: Sequence[Ticking], log: Log) -> None:
        self._log = log
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max(1, len(ticks)))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone="UTC",
        )
        self._scheduler.add_listener(self._heard, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        for tick in ticks:
            self._scheduler.add_job(
                tick.call, "interval", seconds=tick.every.total_seconds(), id=tick.name, name=tick.name
            )

    def start(self) -> None:
        """Begin ticking, in the background."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; ticks that run are waited for."""
        self._scheduler.shutdown(wait=True)

    def _heard(self, event: JobExecutionEvent) -> None:
        if event.exception is not None:
            self._log.error("tick_failed", kind=event.job_id, error=type(event.exception).__name__)
        else:
            self._log.warning("tick_missed", kind=event.job_id)
