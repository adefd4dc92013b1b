"""What the web half is handed: services, and the few facts of the set-up that pages and API show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from connector.cleaning import TextChecker
from connector.clock import Clock
from connector.log import Log
from connector.plugin_api import HelpdeskPlugin
from connector.services.door import Door
from connector.services.entrance import Entrance
from connector.services.intake import Intake
from connector.services.mailbox import Mailboxes
from connector.services.polling import Polling
from connector.services.programme import Programme
from connector.services.watching import Watching
from connector.vault.sessions import SessionSealer


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one call may bring: number of files, bytes of one file, bytes of the whole body."""

    files: int = 10
    file_bytes: int = 200_000_000

    @property
    def body_bytes(self) -> int:
        """The largest body that is read: bodies are held in memory, so it is one large file and some small ones."""
        return self.file_bytes + 16_000_000


@dataclass(frozen=True, slots=True)
class WebParts:
    """Handed in by bootstrap. `secure` says that the public address is https. `promise` is shown on the first page."""

    clock: Clock
    log: Log
    intake: Intake
    mailboxes: Mailboxes
    entrance: Entrance
    sessions: SessionSealer = field(repr=False)
    polling: Polling
    watching: Watching
    programme: Programme
    helpdesks: Mapping[str, HelpdeskPlugin]
    limits: Limits
    promise: str
    checker: TextChecker
    door: Door
    secure: bool
    trusted_proxies: int = 0
