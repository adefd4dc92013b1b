"""Sound in a file of its own kind, which stays what it is: its frames are copied, and nothing else.

A routine gives None where the file holds something else than its usual codec: then it is packed as a film is.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from connector.cleaning.films.lone_sounds import amr, flac, mp3, ogg
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import Washed

ROUTINES: Mapping[Kind, Callable[[BinaryIO, BinaryIO], Washed | None]] = MappingProxyType(
    {Kind.AMR: amr.wash, Kind.OGG: ogg.wash, Kind.MP3: mp3.wash, Kind.FLAC: flac.wash}
)
"""Raise CannotClean, or whatever their demuxer raises."""
