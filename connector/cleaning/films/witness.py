"""The second look at a film or sound that has been packed anew, by code that did not pack it.

Every byte is looked at by a parser that knows only what we write; then the beginning is decoded, for a file that
no player can show is not what it says.
"""

from typing import BinaryIO

import av
from av.codec.context import ThreadType
from av.container.input import InputContainer
from av.error import FFmpegError

from connector.cleaning.films.witnesses import iso, matroska, sounds
from connector.cleaning.films.witnesses.bytes_of import NotClean, insist
from connector.cleaning.films.witnesses.packets import check_sample
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import Wish

_DEMUXERS = {
    **dict.fromkeys((Kind.MP4, Kind.M4A, Kind.THREE_GP), "mov"),
    Kind.WEBM: "matroska",
    Kind.MP3: "mp3",
    Kind.OGG: "ogg",
    Kind.WAV: "wav",
    Kind.FLAC: "flac",
    Kind.AMR: "amr",
}
_LOOKED_AT = 200
"""Packets of a stream within which its decoder must have shown something."""


def is_clean(kind: Kind, data: BinaryIO, wish: Wish) -> bool:  # noqa: ARG001
    """Whether `data` is a film or sound of this kind with nothing in it but what is seen and heard."""
    try:
        _check_bytes(kind, data)
        _check_beginning(kind, data)
    except NotClean:
        return False
    return True


def _check_bytes(kind: Kind, data: BinaryIO) -> None:
    match kind:
        case Kind.MP4 | Kind.M4A | Kind.THREE_GP:
            _check_iso(kind, data)
        case Kind.WEBM:
            matroska.check_webm(data)
        case Kind.MP3:
            sounds.check_mp3(data)
        case Kind.OGG:
            sounds.check_ogg(data)
        case Kind.WAV:
            sounds.check_wav(data)
        case Kind.FLAC:
            sounds.check_flac(data)
        case Kind.AMR:
            sounds.check_amr(data)
        case _:
            raise NotClean("not a kind that we write")


def _check_iso(kind: Kind, data: BinaryIO) -> None:
    tracks = iso.tracks_of(data)
    pictures = [track for track in tracks if track.handler == b"vide"]
    insist(len(pictures) <= 1 and (kind is not Kind.M4A or not pictures))
    for track in tracks:
        entry = track.entry
        if entry is None:
            raise NotClean("a track without a codec")
        for at, size in track.samples():
            data.seek(at)
            check_sample(entry.name, entry.length_size, entry.object_type, data.read(size))


def _check_beginning(kind: Kind, data: BinaryIO) -> None:
    data.seek(0)
    with av.open(data, "r", format=_DEMUXERS[kind], buffer_size=1 << 20) as film:
        silent = {stream.index: _LOOKED_AT for stream in film.streams}
        for stream in film.streams:
            stream.codec_context.thread_count = 1
            stream.codec_context.thread_type = ThreadType.NONE
        for packet in film.demux():
            at = packet.stream_index
            if at in silent and _shows(film, at, packet):
                del silent[at]
            elif at in silent:
                silent[at] -= 1
                insist(silent[at] > 0)
            if not silent:
                return
    raise NotClean("a stream that shows nothing")


def _shows(film: InputContainer, at: int, packet: av.Packet) -> bool:
    try:
        return bool(film.streams[at].codec_context.decode(packet))
    except FFmpegError:
        return False
