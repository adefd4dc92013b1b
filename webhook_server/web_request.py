"""A request whose files never touch the disk in the clear, and whose form is held to limits."""

from pathlib import Path
from typing import IO, cast

from flask import Request

from connector.vault.spool import Incoming

IN_MEMORY = 4_000_000
"""Bytes of a body, or of one file, that are held in memory; what is larger lies encrypted in the spool directory."""


class SpoolingRequest(Request):
    """Werkzeug writes multipart parts over 500 KB to a file in /tmp, in the clear. This one does not."""

    max_form_parts = 64
    max_form_memory_size = 4_000_000
    spool_directory: Path
    """Set by a subclass, for werkzeug knows classes only."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002  werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return cast("IO[bytes]", Incoming(self.spool_directory, IN_MEMORY))


def spooling_into(directory: Path) -> type[SpoolingRequest]:
    """The class of requests for one service."""
    return type("SpoolingRequest", (SpoolingRequest,), {"spool_directory": directory})
