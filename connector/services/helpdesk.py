"""A configured helpdesk at work: its plugin, and the few settings by which the core treats it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from connector.domain.relay import Marker
from connector.plugin_api import Capabilities, HelpdeskPlugin


@dataclass(frozen=True, slots=True)
class Helpdesk:
    """`role` is all that a reporter learns of a helpdesk (`school`, `law-enforcement`).

    `timeout` is the longest that one of its requests may take; `concurrency` how many rows are sent to it at once by
    one worker.
    """

    helpdesk_id: str
    plugin: HelpdeskPlugin
    capabilities: Capabilities
    role: str = "school"
    marker: Marker = field(default_factory=Marker)
    poll_every: timedelta = timedelta(seconds=30)
    timeout: timedelta = timedelta(seconds=30)
    concurrency: int = 4
    trust_owner: bool = False
    reply_button: bool = False


Helpdesks = Mapping[str, Helpdesk]
_NOTHING_KNOWN = Capabilities(unique_reference=False)


def capabilities_of(helpdesks: Helpdesks, name: str) -> Capabilities:
    """What a helpdesk can do; nothing and without limits where it has been taken out of the config since."""
    known = helpdesks.get(name)
    return _NOTHING_KNOWN if known is None else known.capabilities
