"""The HTTP client that plugins are handed, as they see it. The real one is in `connector.plugin_api.http`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from connector.domain.tip import CleanFile
from connector.plugin_api.errors import TemporaryFailure


@dataclass(frozen=True, slots=True)
class Base64File:
    """Stands in a JSON body for a file's content in base64 (RFC 4648, 4); it is encoded while it is sent.

    So a film of two hundred million bytes costs a few pieces of memory, not half a gigabyte.
    """

    file: CleanFile

    @property
    def encoded_size(self) -> int:
        """Bytes of the base64."""
        return -(-self.file.size // 3) * 4


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer below 500 that is not 429: the plugin judges it. Headers have lower-case names."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises TemporaryFailure where it is none: a proxy's page, not the helpdesk's word."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise TemporaryFailure(
                f"the helpdesk answered {self.status} with something that is not JSON"
            ) from None


class HttpClient(Protocol):
    """Requests to one helpdesk.

    Promises: held to the configured origin (no redirect is followed); TLS verified; connect and read time-outs;
    answers limited in size; nothing of bodies, queries or credentials in any log; not more requests at once than the
    plugin's rate limit allows.
    """

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        max_bytes: int | None = None,
    ) -> HttpResponse:
        """Send one request to `path` below the base URL, `json` as a JSON body (a `Base64File` in it is streamed).

        Returns any answer below 500 but 429. Raises TemporaryFailure for 429 and 5xx (with `retry_after`), for a
        connection that could not be made, for a redirect and for an answer over `max_bytes`; OutcomeUnknown where a
        request that changes something was sent and no answer came.
        """
        ...

    def download(self, location: str, *, limit: int) -> bytes:
        """Fetch a file of at most `limit` bytes.

        A path or a URL on our origin is asked for with our credentials; another https origin (a pre-signed storage
        address) without them. Raises PermanentFailure where it is larger or gone, TemporaryFailure as `request`.
        """
        ...
