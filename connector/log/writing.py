"""Writing events: one line each, as JSON for machines or as key=value for people."""

import sys
from collections.abc import Mapping, MutableMapping
from threading import Lock
from typing import Any, Literal, Protocol, TextIO

import structlog

from connector.clock import Clock, SystemClock
from connector.log.exceptions import described
from connector.log.fields import allowed, event_name

Form = Literal["json", "console"]

_SHOWN_FIRST = ("timestamp", "level", "event")


class Log(Protocol):
    """What everything that logs is handed. Fields are those of `connector.log.fields.ALLOWED`."""

    def debug(self, event: str, /, **fields: object) -> None:
        """For those who look for a fault; not written by default."""
        ...

    def info(self, event: str, /, **fields: object) -> None:
        """Something was done."""
        ...

    def warning(self, event: str, /, **fields: object) -> None:
        """Something is not as it should be, and is being dealt with."""
        ...

    def error(self, event: str, /, **fields: object) -> None:
        """Somebody has to look at this."""
        ...

    def exception(self, event: str, error: BaseException, /, **fields: object) -> None:
        """As `error`, with the exception's class and the places it came through; never its text."""
        ...

    def bind(self, **fields: object) -> "Log":
        """A log that adds these fields to each event."""
        ...


class Sink(Protocol):
    """Where a finished event goes: a stream, or a test's list."""

    def take(self, event: Mapping[str, Any]) -> None:
        """Take one event, already reduced to what may be logged."""
        ...


class Lines:
    """A sink that writes lines to a stream, by default the process's stderr. Threads may share it."""

    def __init__(self, stream: TextIO | None, form: Form) -> None:
        self._stream = stream
        self._lock = Lock()
        self._as_json = structlog.processors.JSONRenderer()
        self._as_text = structlog.processors.LogfmtRenderer(key_order=_SHOWN_FIRST)
        self._form = form

    def take(self, event: Mapping[str, Any]) -> None:
        """Write one line. A log that cannot be written (full disk, closed pipe) stops nothing."""
        line = (
            self._as_json(None, "", dict(event))
            if self._form == "json"
            else self._as_text(None, "", dict(event))
        )
        try:
            with self._lock:
                stream = self._stream or sys.stderr
                stream.write(f"{line!s}\n")
                stream.flush()
        except (OSError, ValueError):
            return


class StructuredLog:
    """The real Log: structlog's levels and bound fields around our allow-list."""

    def __init__(self, bound: structlog.typing.FilteringBoundLogger) -> None:
        self._bound = bound

    def debug(self, event: str, /, **fields: object) -> None:
        """See Log."""
        self._bound.debug(event, **fields)

    def info(self, event: str, /, **fields: object) -> None:
        """See Log."""
        self._bound.info(event, **fields)

    def warning(self, event: str, /, **fields: object) -> None:
        """See Log."""
        self._bound.warning(event, **fields)

    def error(self, event: str, /, **fields: object) -> None:
        """See Log."""
        self._bound.error(event, **fields)

    def exception(self, event: str, error: BaseException, /, **fields: object) -> None:
        """See Log."""
        self._bound.error(event, **{**fields, **described(error)})

    def bind(self, **fields: object) -> "StructuredLog":
        """See Log."""
        return StructuredLog(self._bound.bind(**fields))


def log_into(sink: Sink, clock: Clock, *, strict: bool, level: str = "info") -> StructuredLog:
    """A log whose events end in `sink`. Strict, a field that may not be logged raises FieldRefused."""

    def finish(_logger: object, method: str, event: MutableMapping[str, Any]) -> Any:
        name = event_name(event.pop("event", None), strict=strict)
        head = {"timestamp": clock.now().isoformat(timespec="milliseconds"), "level": method, "event": name}
        sink.take({**head, **allowed(event, strict=strict)})
        # Nothing is left for structlog to write.
        raise structlog.DropEvent

    wrapper = structlog.make_filtering_bound_logger(level)
    return StructuredLog(structlog.wrap_logger(None, processors=[finish], wrapper_class=wrapper))


def get_log(
    name: str,
    *,
    stream: TextIO | None = None,
    form: Form = "json",
    clock: Clock | None = None,
    level: str = "info",
) -> Log:
    """A log named `name` (field `logger`) that writes to `stream`, by default the process's stderr."""
    return log_into(Lines(stream, form), clock or SystemClock(), strict=False, level=level).bind(logger=name)
