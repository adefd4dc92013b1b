"""MP4, M4A and 3GP as we write them: a brand, one description of the film, one heap of samples.

Each box is on a list, stands at its place, and each of its fields is nought, a constant, or a number that a player
needs. Every byte of the heap belongs to a sample of a track. Sources: ISO/IEC 14496-12, -14, -15; 3GPP TS 26.244.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from connector.cleaning.films.witnesses.bytes_of import Fields, NotClean, insist
from connector.cleaning.films.witnesses.iso_entries import Entry, sample_entry

_BRANDS = frozenset(
    {b"isom", b"iso2", b"avc1", b"mp41", b"mp42", b"M4A ", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"av01", b"iso6"}
)
_MOST_MOOV = 200_000_000
_MOST_LIST = 4_000_000

_UNITY = 0x10000
_MOST_SCALE = 4 * _UNITY
_LANGUAGE = b"\x55\xc4"
"""`und`."""


@dataclass(slots=True)
class Track:
    """What is known of one track once its boxes have been read."""

    handler: bytes = b""
    entry: Entry | None = None
    sizes: list[int] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)

    def samples(self) -> Iterator[tuple[int, int]]:
        """Where each sample lies, and its size."""
        number = 0
        for index, (first, count) in enumerate(self.runs):
            last = self.runs[index + 1][0] - 1 if index + 1 < len(self.runs) else len(self.chunks)
            for chunk in self.chunks[first - 1 : last]:
                at = chunk
                for size in self.sizes[number : number + count]:
                    yield at, size
                    at += size
                number += count
        insist(number == len(self.sizes))


def tracks_of(data: BinaryIO) -> list[Track]:
    """The tracks of a clean file. Raises NotClean."""
    size = data.seek(0, 2)
    boxes = list(_top(data, size))
    insist([name for name, _, _ in boxes] in ([b"ftyp", b"moov", b"mdat"], [b"ftyp", b"moov", b"free", b"mdat"]))
    _check_brands(_read(data, boxes[0]))
    if len(boxes) == 4:
        insist(not _read(data, boxes[2]).strip(b"\0"))
    tracks = _film(_read(data, boxes[1]))
    _check_heap(tracks, boxes[-1][1], boxes[-1][2])
    return tracks


def _top(data: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    at = 0
    while at < size:
        data.seek(at)
        head = data.read(16)
        length, begin = int.from_bytes(head[:4]), at + 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16]), at + 16
        insist(length >= begin - at and at + length <= size)
        yield head[4:8], begin, at + length
        at += length


def _read(data: BinaryIO, box: tuple[bytes, int, int]) -> bytes:
    _, begin, end = box
    insist(end - begin <= _MOST_MOOV)
    data.seek(begin)
    return data.read(end - begin)


def _check_brands(payload: bytes) -> None:
    fields = Fields(payload)
    insist(fields.take(4) in _BRANDS)
    insist(fields.number(4) in (0, 0x200))
    while fields.at < len(payload):
        insist(fields.take(4) in _BRANDS)


def _boxes(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    fields = Fields(payload)
    while fields.at < len(payload):
        length, name = fields.number(4), fields.take(4)
        yield name, fields.take(length - 8)


def _film(payload: bytes) -> list[Track]:
    tracks = []
    for name, content in _boxes(payload):
        match name:
            case b"mvhd":
                _check_mvhd(Fields(content))
            case b"trak":
                tracks.append(Track())
                _walk(content, b"trak", tracks[-1])
            case b"free":
                insist(not content.strip(b"\0"))
            case _:
                raise NotClean("a box that we do not write")
    insist(1 <= len(tracks) <= 3)
    return tracks


_WITHIN = MappingProxyType(
    {
        b"trak": (b"tkhd", b"edts", b"mdia"),
        b"edts": (b"elst",),
        b"mdia": (b"mdhd", b"hdlr", b"minf"),
        b"minf": (b"vmhd", b"smhd", b"dinf", b"stbl"),
        b"dinf": (b"dref",),
        b"stbl": (b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp"),
    }
)


def _walk(payload: bytes, parent: bytes, track: Track) -> None:
    seen = set()
    for name, content in _boxes(payload):
        insist(name in _WITHIN[parent] and name not in seen)
        seen.add(name)
        if name in _WITHIN:
            _walk(content, name, track)
        else:
            _CHECKS[name](Fields(content), track)


def _check_mvhd(fields: Fields) -> None:
    _times(fields, after=4)
    fields.must_be(b"\0\1\0\0\1\0" + bytes(10))
    _matrix(fields)
    fields.zeros(24)
    fields.number(4)
    fields.end()


def _times(fields: Fields, after: int) -> None:
    """Version, flags, when it was made and changed (nought), then so many bytes, then how long it is."""
    version = fields.number(1)
    insist(version in (0, 1))
    fields.take(3)
    fields.zeros(16 if version else 8)
    fields.take(after)
    fields.take(8 if version else 4)


def _matrix(fields: Fields) -> None:
    a, b, u, c, d, v, x, y, w = fields.numbers(9, "i")
    insist(u == v == 0 and w == 0x40000000)
    insist(all(abs(part) <= _MOST_SCALE for part in (a, b, c, d)))
    # Whole pixels.
    insist(x % _UNITY == y % _UNITY == 0)


def _check_tkhd(fields: Fields, _: Track) -> None:
    _times(fields, after=8)
    fields.zeros(8)
    layer, group, volume = fields.numbers(3, "H")
    insist(layer == 0 and group in (0, 1, 2) and volume in (0, 0x100))
    fields.zeros(2)
    _matrix(fields)
    fields.take(8)
    fields.end()


def _check_elst(fields: Fields, _: Track) -> None:
    version = fields.number(1)
    fields.zeros(3)
    for _entry in range(_count(fields)):
        fields.take(16 if version else 8)
        fields.must_be(b"\0\1\0\0")
    fields.end()


def _check_mdhd(fields: Fields, _: Track) -> None:
    _times(fields, after=4)
    fields.must_be(_LANGUAGE + bytes(2))
    fields.end()


def _check_hdlr(fields: Fields, track: Track) -> None:
    fields.zeros(8)
    track.handler = fields.take(4)
    insist(track.handler in (b"vide", b"soun"))
    fields.zeros(13)
    fields.end()


def _check_vmhd(fields: Fields, _: Track) -> None:
    fields.must_be(b"\0\0\0\1" + bytes(8))
    fields.end()


def _check_smhd(fields: Fields, _: Track) -> None:
    fields.zeros(8)
    fields.end()


def _check_dref(fields: Fields, _: Track) -> None:
    fields.must_be(bytes(4) + b"\0\0\0\1\0\0\0\x0curl \0\0\0\1")
    fields.end()


def _check_stsd(fields: Fields, track: Track) -> None:
    fields.must_be(bytes(4) + b"\0\0\0\1")
    length, name = fields.number(4), fields.take(4)
    track.entry = sample_entry(track.handler, name, fields.take(length - 8))
    fields.end()


def _check_pairs(fields: Fields, _: Track) -> None:
    fields.take(1)
    fields.zeros(3)
    fields.take(8 * _count(fields))
    fields.end()


def _check_stss(fields: Fields, _: Track) -> None:
    fields.zeros(4)
    fields.take(4 * _count(fields))
    fields.end()


def _check_stsc(fields: Fields, track: Track) -> None:
    fields.zeros(4)
    for _entry in range(_count(fields)):
        first, count, description = fields.numbers(3)
        insist(description == 1 and first >= 1 and (not track.runs or first > track.runs[-1][0]))
        track.runs.append((first, count))
    fields.end()


def _check_stsz(fields: Fields, track: Track) -> None:
    fields.zeros(4)
    size = fields.number(4)
    count = _count(fields)
    track.sizes = [size] * count if size else list(fields.numbers(count))
    fields.end()


def _check_stco(fields: Fields, track: Track) -> None:
    fields.zeros(4)
    track.chunks = list(fields.numbers(_count(fields)))
    fields.end()


def _check_co64(fields: Fields, track: Track) -> None:
    fields.zeros(4)
    track.chunks = list(fields.numbers(_count(fields), "Q"))
    fields.end()


def _check_sgpd(fields: Fields, _: Track) -> None:
    """How many packets a decoder has to hear before what it gives is right."""
    fields.must_be(b"\1\0\0\0")
    insist(fields.take(4) in (b"roll", b"prol"))
    fields.must_be(b"\0\0\0\2")
    for _entry in range(_count(fields)):
        fields.take(2)
    fields.end()


def _check_sbgp(fields: Fields, _: Track) -> None:
    fields.zeros(4)
    insist(fields.take(4) in (b"roll", b"prol"))
    fields.take(8 * _count(fields))
    fields.end()


def _count(fields: Fields) -> int:
    count = fields.number(4)
    insist(count <= _MOST_LIST)
    return count


_CHECKS: Mapping[bytes, Callable[[Fields, Track], None]] = MappingProxyType(
    {
        b"tkhd": _check_tkhd,
        b"elst": _check_elst,
        b"mdhd": _check_mdhd,
        b"hdlr": _check_hdlr,
        b"vmhd": _check_vmhd,
        b"smhd": _check_smhd,
        b"dref": _check_dref,
        b"stsd": _check_stsd,
        b"stts": _check_pairs,
        b"ctts": _check_pairs,
        b"stss": _check_stss,
        b"stsc": _check_stsc,
        b"stsz": _check_stsz,
        b"stco": _check_stco,
        b"co64": _check_co64,
        b"sgpd": _check_sgpd,
        b"sbgp": _check_sbgp,
    }
)


def _check_heap(tracks: list[Track], begin: int, end: int) -> None:
    """Every byte belongs to exactly one sample."""
    at = begin
    for start, size in sorted(sample for track in tracks for sample in track.samples()):
        insist(start == at)
        at += size
    insist(at == end)
