"""Making everything that a process says go through the log: other libraries, warnings, what nobody caught.

Python and its libraries print messages and tracebacks to stderr, and a message may quote an address, a header
or a reporter's words. After `configure_logging` only levels, logger names, exception classes and places are
left of them.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import Any, TextIO

from connector.clock import Clock
from connector.log.exceptions import described
from connector.log.writing import Form, Log, get_log


def configure_logging(
    *, stream: TextIO | None = None, form: Form = "json", level: str = "info", clock: Clock | None = None
) -> Log:
    """Reroute all that this process would print on its own; return the log. For the start of a process, once.

    Third-party loggers are heard from warnings on.
    """
    log = get_log("tipbridge", stream=stream, form=form, clock=clock, level=level)
    _reroute_loggers(log)
    _catch_the_uncaught(log)
    return log


class WithoutWords(logging.Handler):
    """Passes on that a library logged something: level, logger, exception class, places. Not the message."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record without its words.

        The handler takes all levels and drops the low ones here: Flask and werkzeug add handlers of their own
        to a logger whose records they think nobody hears.
        """
        if record.levelno < logging.WARNING:
            return
        raised = record.exc_info[1] if record.exc_info else None
        fields: dict[str, Any] = described(raised) if raised else {}
        say = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        say("library_message", **{**fields, "logger": record.name})


def _reroute_loggers(log: Log) -> None:
    root = logging.getLogger()
    root.handlers[:] = [WithoutWords(log)]
    root.setLevel(logging.WARNING)
    # Loggers made so far may have handlers of their own, or keep their records to themselves.
    for known in logging.root.manager.loggerDict.values():
        if isinstance(known, logging.Logger):
            known.handlers.clear()
            known.propagate = True
            if known.level < logging.WARNING:
                known.setLevel(logging.NOTSET)
    # Werkzeug would set its own level to INFO, where it tells addresses.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False


def _catch_the_uncaught(log: Log) -> None:
    def uncaught(_class: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            log.error("uncaught", **described(error))

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            log.error("uncaught_in_thread", **described(args.exc_value))

    def unraisable(args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            log.error("unraisable", **described(args.exc_value))

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable
