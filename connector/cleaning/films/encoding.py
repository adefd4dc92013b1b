"""Drawing a picture and speaking a sound anew, where they cannot be copied or have to become smaller.

The decoder's frames go into H.264 and AAC (or the codec asked for), in one thread. What the encoder says of
itself goes through the same sieve as everything else.
"""

# Packet is generic for type checkers only.
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container.output import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.sidedata.sidedata import Type
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from connector.cleaning.films.sieves import AacSieve, NalSieve, OpusSieve, Sieve, as_it_is
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

_QUALITY = "21"
"""The constant rate factor of a picture that need not fit: the eye sees no difference at arm's length."""

_AAC_RATES = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
_BITEXACT = 1 << 23
"""AV_CODEC_FLAG_BITEXACT: the encoder does not write its version."""

_MOST_BROKEN = 50
"""Packets that cannot be decoded until a stream counts as damaged, if there are more of them than good ones."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a film comes to: the larger and the smaller side at most, frames a second at most, bits a second."""

    long_side: int
    short_side: int
    most_frames: int
    picture_rate: int
    sound_rate: int


class DrawnPicture:
    """A picture that is drawn anew."""

    def __init__(self, new: OutputContainer, source: VideoStream, size: Size | None) -> None:
        self._source = source
        self._decoding = _Decoding(source)
        context = source.codec_context
        self._width, self._height = _fitted(context.width, context.height, context.sample_aspect_ratio, size)
        rate = source.average_rate or source.guessed_rate or Fraction(30)
        most = Fraction(size.most_frames if size else 60)
        self._gap = Fraction(0) if rate <= most * Fraction(11, 10) else 1 / most
        self._due: Fraction | None = None
        self._stream = _encoder(new, source, min(rate, most), size)
        self._stream.width, self._stream.height = self._width, self._height
        self._sieve: Sieve = NalSieve("h264", None)
        self._turned = False

    def feed(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        """What the encoder gives."""
        for frame in self._decoding.feed(packet):
            if isinstance(frame, VideoFrame):
                yield from self._drawn(frame)

    def rest(self) -> Iterable[Packet[Stream]]:
        """What decoder and encoder hold back."""
        for frame in self._decoding.feed(None):
            if isinstance(frame, VideoFrame):
                yield from self._drawn(frame)
        if self._due is not None:
            yield from _sieved(self._stream.encode(None), self._sieve)

    def _drawn(self, frame: VideoFrame) -> Iterable[Packet[Stream]]:
        if frame.pts is None or frame.time_base is None or not self._is_due(frame.pts * frame.time_base):
            return
        if not self._turned:
            self._turned = True
            _turn(self._stream, frame)
        fresh = frame.reformat(self._width, self._height, "yuv420p", threads=1, dst_color_range="MPEG")
        fresh.pts, fresh.time_base = frame.pts, frame.time_base
        # The encoder decides which frames are whole ones.
        fresh.pict_type = 0
        yield from _sieved(self._stream.encode(fresh), self._sieve)

    def _is_due(self, at: Fraction) -> bool:
        if self._due is not None and at < self._due:
            return False
        self._due = at + self._gap * Fraction(9, 10)
        return True


class SpokenAnew:
    """A sound that is encoded anew."""

    def __init__(
        self, new: OutputContainer, source: AudioStream, encoder: str, rate: int | None = None
    ) -> None:
        """`rate` in bits a second; None for what the encoder thinks right."""
        self._decoding = _Decoding(source)
        context = source.codec_context
        samples = context.sample_rate
        if encoder == "libopus" or (encoder == "aac" and samples not in _AAC_RATES):
            samples = 48000
        self._stream = new.add_stream(encoder, rate=samples)
        self._stream.codec_context.flags |= _BITEXACT
        lossless = encoder in ("flac", "pcm_s16le")
        if lossless:
            self._stream.codec_context.layout = context.layout
        else:
            self._stream.codec_context.layout = "mono" if context.layout.nb_channels == 1 else "stereo"
        if encoder == "flac":
            self._stream.codec_context.format = "s32" if context.format.bytes > 2 else "s16"
        if rate is not None and not lossless:
            self._stream.bit_rate = rate
        self._sieve: Sieve | None = None
        self._encoder = encoder
        self._begun = False

    def feed(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        """What the encoder gives."""
        for frame in self._decoding.feed(packet):
            if isinstance(frame, AudioFrame):
                self._begun = True
                yield from self._spoken(frame)

    def rest(self) -> Iterable[Packet[Stream]]:
        """What decoder and encoder hold back."""
        for frame in self._decoding.feed(None):
            if isinstance(frame, AudioFrame):
                self._begun = True
                yield from self._spoken(frame)
        if self._begun:
            yield from self._spoken(None)

    def _spoken(self, frame: AudioFrame | None) -> Iterable[Packet[Stream]]:
        packets = self._stream.encode(frame)
        if packets and self._sieve is None:
            self._sieve = self._made_sieve(self._stream.codec_context.extradata)
        return _sieved(packets, self._sieve or as_it_is(None))

    def _made_sieve(self, header: bytes | None) -> Sieve:
        match self._encoder:
            case "aac":
                return AacSieve(header)
            case "libopus":
                return OpusSieve(header)
            case _:
                return as_it_is(header)


class _Decoding:
    """A decoder that forgives some broken packets, as players do."""

    def __init__(self, source: VideoStream | AudioStream) -> None:
        self._context = source.codec_context
        self._good = self._broken = 0

    def feed(self, packet: Packet[Stream] | None) -> list[VideoFrame] | list[AudioFrame]:
        try:
            frames = self._context.decode(packet)
        except FFmpegError:
            self._broken += 1
            if self._broken > max(_MOST_BROKEN, self._good):
                raise CannotClean(Trouble.DAMAGED) from None
            return []
        self._good += bool(frames)
        return frames


def _encoder(new: OutputContainer, source: VideoStream, rate: Fraction, size: Size | None) -> VideoStream:
    options = {"preset": "superfast", "tune": "fastdecode", "g": str(max(1, round(2 * rate))), "bf": "0"}
    if size is None:
        options["crf"] = _QUALITY
    else:
        # The rate is held over each two seconds: so the whole ends near where it should.
        bits = str(size.picture_rate)
        options |= {"b": bits, "maxrate": bits, "bufsize": str(2 * size.picture_rate)}
    stream = new.add_stream("libx264", rate=rate.limit_denominator(1000), options=options)
    context, old = stream.codec_context, source.codec_context
    context.thread_count = 1
    context.time_base = source.time_base or Fraction(1, 90_000)
    context.pix_fmt = "yuv420p"
    context.color_primaries, context.color_trc = old.color_primaries, old.color_trc
    context.colorspace, context.color_range = old.colorspace, 1
    return stream


def _fitted(width: int, height: int, aspect: Fraction | None, size: Size | None) -> tuple[int, int]:
    """The sides of what is drawn: even, of square pixels, not larger than before."""
    if aspect:
        width = max(1, round(width * aspect))
    if size is not None:
        scale = min(1.0, size.long_side / max(width, height), size.short_side / min(width, height))
        width, height = round(width * scale), round(height * scale)
    return max(2, width + 1 & ~1), max(2, height + 1 & ~1)


def _turn(stream: VideoStream, frame: VideoFrame) -> None:
    for side_data in frame.side_data:
        if side_data.type is Type.DISPLAYMATRIX:
            stream.set_display_matrix(memoryview(bytes(side_data)).cast("i").tolist())


def _sieved(packets: Iterable[Packet[Stream]], sieve: Sieve) -> Iterable[Packet[Stream]]:
    for packet in packets:
        data = sieve(bytes(packet))
        if not data:
            continue
        copy: Packet[Stream] = Packet(data)
        copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
        copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
        copy.stream = packet.stream
        yield copy
