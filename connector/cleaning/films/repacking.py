"""Packing a film anew: its packets go, lane by lane, from the old container into a new one."""

import os
from collections.abc import Callable
from fractions import Fraction
from typing import BinaryIO

import av
from av.audio.stream import AudioStream
from av.container.input import InputContainer
from av.container.output import OutputContainer
from av.video.stream import VideoStream

from connector.cleaning.films.encoding import DrawnPicture, Size, SpokenAnew
from connector.cleaning.films.lanes import CopiedPicture, CopiedSound, Lane
from connector.cleaning.films.packing import MUXERS, Packing
from connector.cleaning.films.places import Places
from connector.cleaning.films.reading import BUFFER, Shown
from connector.cleaning.films.sieves import sieve_for
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

_MOST_PACKETS = 2_000_000
"""About twelve hours of film with sound."""


def repack(
    film: InputContainer,
    taken: Shown,
    packing: Packing,
    out: BinaryIO,
    *,
    places: Places,
    size: Size | None = None,
    earlier: int = 0,
) -> None:
    """Write what is `taken` of the film to `out`, which is emptied first.

    `size` is what a picture that is drawn anew comes to; `earlier` moves the decoding of a copied one. Raises
    MustBeDrawnAnew and OutOfOrder (see `lanes`), CannotClean, and whatever a demuxer raises for a damaged file.
    """
    out.seek(0)
    out.truncate()
    muxer, options = MUXERS[packing.kind]
    with av.open(
        out, "w", format=muxer, buffer_size=BUFFER, container_options=dict(options), io_open=_reopening(out)
    ) as new:
        lanes: dict[int, Lane] = {}
        if taken.picture is not None:
            lanes[taken.picture.index] = _picture_lane(new, taken.picture, packing, size, earlier)
        for sound, encoder in zip(taken.sounds, packing.sounds, strict=True):
            lanes[sound.index] = _sound_lane(new, sound, encoder, size, alone=packing.kind is Kind.M4A)
        _run(film, lanes, new, places)


def lag(film: InputContainer, picture: VideoStream) -> int:
    """By how much the film's frames are decoded too late to be shown, in units of the stream."""
    return max(
        (
            packet.dts - packet.pts
            for packet in film.demux(picture)
            if packet.dts is not None and packet.pts is not None
        ),
        default=0,
    )


def _run(film: InputContainer, lanes: dict[int, Lane], new: OutputContainer, places: Places) -> None:
    written = 0
    for count, packet in enumerate(film.demux()):
        if count > _MOST_PACKETS:
            raise CannotClean(Trouble.TOO_LONG)
        lane = lanes.get(packet.stream_index)
        if packet.size:
            places.note(packet.pos, packet.size, kept=lane is not None)
        if lane is None or (not packet.size and packet.dts is None):
            continue
        for made in lane.feed(packet):
            new.mux_one(made)
            written += 1
    for lane in lanes.values():
        for made in lane.rest():
            new.mux_one(made)
            written += 1
    places.check()
    if not written:
        raise CannotClean(Trouble.DAMAGED)


def _picture_lane(
    new: OutputContainer, source: VideoStream, packing: Packing, size: Size | None, earlier: int
) -> Lane:
    if packing.picture is not None:
        return DrawnPicture(new, source, size)
    codec = source.codec_context.codec.canonical_name
    target = new.add_stream_from_template(source, opaque=True)
    if codec == "hevc" and packing.kind is Kind.MP4:
        # What Apple's players know it by.
        target.codec_context.codec_tag = "hvc1"
    sieve = sieve_for(codec, source.codec_context.extradata)
    target.codec_context.extradata = sieve.header
    return CopiedPicture(target, sieve, earlier)


def _sound_lane(
    new: OutputContainer, source: AudioStream, encoder: str | None, size: Size | None, *, alone: bool
) -> Lane:
    if encoder is not None:
        return SpokenAnew(new, source, encoder, None if size is None else size.sound_rate)
    target = new.add_stream_from_template(source, opaque=True)
    sieve = sieve_for(source.codec_context.codec.canonical_name, source.codec_context.extradata)
    target.codec_context.extradata = sieve.header
    return CopiedSound(target, sieve, alone=alone)


class _Again:
    """The file that is being written, read from its start: the muxer moves its table of contents there."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def read(self, count: int) -> bytes:
        data = os.pread(self._descriptor, count, self._at)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: os.fstat(self._descriptor).st_size}
        self._at = start[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        pass


def _reopening(out: BinaryIO) -> Callable[..., _Again]:
    def open_again(_url: str, _flags: int, _options: object) -> _Again:
        out.flush()
        return _Again(out.fileno())

    return open_again


def seconds(film: InputContainer, taken: Shown) -> Fraction:
    """How long the film says that it is; nought where it does not."""
    lengths = [Fraction(film.duration or 0, 1_000_000)]
    for stream in (taken.picture, *taken.sounds):
        if stream is not None and stream.duration and stream.time_base:
            lengths.append(stream.duration * stream.time_base)
    return max(lengths)
