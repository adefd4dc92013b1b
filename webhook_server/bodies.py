"""Bodies as waitress gathers them before a request begins: above a few megabytes encrypted, never in the clear."""

from pathlib import Path
from typing import Any, cast

from waitress.buffers import OverflowableBuffer, TempfileBasedBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from connector.vault.spool import Spool


class _SpoolBuffer(TempfileBasedBuffer):
    directory: Path

    def newfile(self) -> Any:
        return Spool(self.directory)


class _Body(OverflowableBuffer):
    spool: type[_SpoolBuffer]

    def _set_large_buffer(self) -> None:
        before: Any = self.buf
        self.buf = cast("Any", self.spool(before))
        if before is not None:
            before.close()
        self.overflowed = True


class _Parser(HTTPRequestParser):
    body: type[_Body]

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            # Nothing has been put into the one that was made for it.
            self.body_rcv.buf = self.body(self.adj.inbuf_overflow)


def channel_spooling_into(directory: Path) -> type[HTTPChannel]:
    """The class of connections whose large bodies lie encrypted in `directory`."""
    spool = type("_SpoolBuffer", (_SpoolBuffer,), {"directory": directory})
    body = type("_Body", (_Body,), {"spool": spool})
    parser = type("_Parser", (_Parser,), {"body": body})
    return type("_Channel", (HTTPChannel,), {"parser_class": parser})
