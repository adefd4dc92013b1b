"""FLAC: the one block that a decoder needs, and the frames.

Pictures, comments, cue sheets, seek tables and what applications add are other blocks. Source: RFC 9639.
"""

from typing import BinaryIO

from connector.cleaning.films.reading import opened, shown
from connector.cleaning.films.telling import look
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed
from connector.cleaning.words import Trouble

_STREAM_INFO = 34
_LAST_BLOCK = b"\x80\x00\x00\x22"
"""The head of a block of this type and size that no other follows."""


def wash(source: BinaryIO, out: BinaryIO) -> Washed:
    """STREAMINFO and the frames."""
    with opened(Kind.FLAC, source) as file:
        taken = shown(file)
        if not taken.sounds:
            raise CannotClean(Trouble.DAMAGED)
        sound = taken.sounds[0]
        info = sound.codec_context.extradata or b""
        if len(info) < _STREAM_INFO:
            raise CannotClean(Trouble.DAMAGED)
        out.write(b"fLaC" + _LAST_BLOCK + info[:_STREAM_INFO])
        for packet in file.demux(sound):
            out.write(bytes(packet))
        return Washed(Kind.FLAC, look(Kind.FLAC, source, file, taken))
