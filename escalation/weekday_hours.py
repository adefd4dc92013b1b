"""The hours of a school that has not written any down: Monday to Friday, eight to four, on its own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_OPENS, _CLOSES = time(8), time(16)


class WeekdayHours:
    """A `SchoolTime` without holidays. Opening is worked out on the school's clock and only then brought to UTC."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def local(self, at: datetime) -> datetime:
        """The same moment on the school's clock."""
        return at.astimezone(self._zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the school is open."""
        span = self._span(self.local(at).date())
        return span is not None and span[0] <= at < span[1]

    def next_opening(self, after: datetime) -> datetime:
        """The first opening later than this."""
        day = self.local(after).date()
        while True:
            span = self._span(day)
            if span is not None and span[0] > after:
                return span[0]
            day += timedelta(days=1)

    def add_school_time(self, start: datetime, span: timedelta) -> datetime:
        """When so much open time has gone by."""
        day, left = self.local(start).date(), span
        while True:
            hours = self._span(day)
            if hours is not None and hours[1] > start:
                begun = max(start, hours[0])
                if left <= hours[1] - begun:
                    return begun.astimezone(UTC) + left
                left -= hours[1] - begun
            day += timedelta(days=1)

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        if day.weekday() > 4:
            return None
        opens, closes = (
            datetime.combine(day, moment, self._zone).astimezone(UTC) for moment in (_OPENS, _CLOSES)
        )
        return opens, closes
