"""The real HTTP client that plugins are handed; how they see it is in `connector.plugin_api.http_types`.

The only home of `requests`. The parts: where we may go (`origin`), how fast (`rate`), how long an answer may
take (`pace`), the wire (`transport`), what a failure means (`translation`), one request from beginning to end
(`exchange`).
"""

from connector.plugin_api.http.clients import HttpClients
from connector.plugin_api.http.exchange import HttpLog

__all__ = ["HttpClients", "HttpLog"]
