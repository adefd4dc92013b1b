"""A request whose files never touch the disk, and whose form is held to limits."""

from io import BytesIO
from typing import IO

from flask import Request


class InMemoryRequest(Request):
    """Werkzeug writes multipart parts over 500 KB to a file in /tmp, in the clear. This one keeps them in memory."""

    max_form_parts = 64
    max_form_memory_size = 4_000_000

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002  werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()
