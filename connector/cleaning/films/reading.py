"""Opening a stranger's film or sound, and choosing what of it is picture and what is sound.

The demuxer is the one that the file's kind names, and follows nothing out of the file. One picture is taken,
and at most two sounds: what players show. Second cameras, depth, covers, subtitles, positions, time codes and
chapters are other streams, and are not taken.
"""

from dataclasses import dataclass
from typing import BinaryIO

import av
from av.audio.stream import AudioStream
from av.codec.context import ThreadType
from av.container.input import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from connector.cleaning.kinds import Kind

_DEMUXERS = {
    **dict.fromkeys((Kind.MP4, Kind.MOV, Kind.THREE_GP, Kind.M4A), "mov"),
    **dict.fromkeys((Kind.WEBM, Kind.MKV), "matroska"),
    Kind.AVI: "avi",
    Kind.AAC: "aac",
    Kind.MP3: "mp3",
    Kind.WAV: "wav",
    Kind.FLAC: "flac",
    Kind.OGG: "ogg",
}

BUFFER = 1 << 20
"""Bytes that are read or written at once."""

_MOST_SOUNDS = 2
_NOT_SHOWN = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
_STILLS = frozenset({"png", "bmp", "gif", "tiff", "webp"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The streams of a film that are seen and heard."""

    picture: VideoStream | None
    sounds: tuple[AudioStream, ...]


def opened(kind: Kind, source: BinaryIO) -> InputContainer:
    """The film. Raises av.FFmpegError where it is not what it looks like."""
    source.seek(0)
    film = av.open(
        source, "r", format=_DEMUXERS[kind], buffer_size=BUFFER, metadata_errors="replace"
    )
    for stream in film.streams:
        if isinstance(stream, VideoStream | AudioStream) and stream.codec_context is not None:
            # No process here may start a thread.
            stream.codec_context.thread_count = 1
            stream.codec_context.thread_type = ThreadType.NONE
    return film


def shown(film: InputContainer) -> Shown:
    """What is taken of a film; nothing, perhaps."""
    pictures = [stream for stream in film.streams.video if _is_picture(stream)]
    pictures.sort(key=lambda stream: Disposition.default not in stream.disposition)
    sounds = [stream for stream in film.streams.audio if _is_readable(stream) and stream.sample_rate]
    sounds.sort(key=lambda stream: Disposition.default not in stream.disposition)
    return Shown(pictures[0] if pictures else None, tuple(sounds[:_MOST_SOUNDS]))


def _is_picture(stream: VideoStream) -> bool:
    return (
        _is_readable(stream)
        and not stream.disposition & _NOT_SHOWN
        and stream.codec_context.name not in _STILLS
        and stream.codec_context.width > 0
        and stream.codec_context.height > 0
    )


def _is_readable(stream: Stream) -> bool:
    return stream.codec_context is not None
