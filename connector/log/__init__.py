"""The log: structured events with fields from an allow-list, and nothing else. structlog's only home.

A log outlives the database it describes, is copied to other machines and read by people who may read no tip.
So what may stand in it is listed (`connector.log.fields`), everything else is left out, exceptions lose their
text, and what other libraries say is reduced to the fact that they said something.
"""

from connector.log.capture import LogCapture
from connector.log.fields import FieldRefused
from connector.log.process import configure_logging
from connector.log.writing import Form, Log, get_log

__all__ = ["FieldRefused", "Form", "Log", "LogCapture", "configure_logging", "get_log"]
