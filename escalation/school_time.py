"""What escalation needs to know of a school's hours."""

from datetime import datetime, timedelta
from typing import Protocol


class SchoolTime(Protocol):
    """The hours of one school. Every moment that goes in or out is aware; out it is UTC, except from `local`."""

    def is_open(self, at: datetime) -> bool:
        """Whether the school is open at this moment."""
        ...

    def next_opening(self, after: datetime) -> datetime:
        """The first moment later than `after` at which the school opens."""
        ...

    def add_school_time(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which `span` of open hours has gone by since `start`."""
        ...

    def local(self, at: datetime) -> datetime:
        """The same moment on the school's clock, with its offset."""
        ...
