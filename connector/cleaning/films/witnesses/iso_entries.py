"""What an MP4 says of a track's codec: the sample entry, its settings, and nothing that names an encoder.

Sources: ISO/IEC 14496-12, 8.5.2 and 12.1 to 12.2; 14496-14, 3.1 and 14496-1, 7.2.6 (esds); 14496-15 (avcC, hvcC);
the bindings of AV1, VP9, Opus, FLAC and ALAC; 3GPP TS 26.244 (d263, damr); ETSI TS 102 366, annex F (AC-3).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from connector.cleaning.films.witnesses.bytes_of import Fields, NotClean, insist
from connector.cleaning.films.witnesses.packets import check_obus, check_unit

_PICTURES = frozenset({b"avc1", b"hvc1", b"hev1", b"av01", b"vp09", b"mp4v", b"s263"})
_SOUNDS = frozenset({b"mp4a", b"ac-3", b"ec-3", b"alac", b"Opus", b"fLaC", b"samr", b"sawb"})
_MOST_SETTINGS = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """The codec's name in the file, how long the lengths before its units are, and its type where it is MPEG-4."""

    name: bytes
    length_size: int = 0
    object_type: int = 0


def sample_entry(handler: bytes, name: bytes, payload: bytes) -> Entry:
    """The codec of a track. Raises NotClean."""
    fields = Fields(payload)
    fields.must_be(bytes(6) + b"\0\1")
    if handler == b"vide":
        insist(name in _PICTURES)
        _picture(fields)
    else:
        insist(handler == b"soun" and name in _SOUNDS)
        _sound(fields)
    entry = Entry(name)
    for box, content in _boxes(fields.rest()):
        insist(len(content) <= _MOST_SETTINGS)
        if box in _SETTINGS:
            insist(name in _SETTINGS[box][0])
            entry = _SETTINGS[box][1](name, Fields(content)) or entry
        elif box in _GENERAL:
            _GENERAL[box](Fields(content))
        else:
            raise NotClean("a box that we do not write")
    return entry


def _picture(fields: Fields) -> None:
    fields.zeros(16)
    fields.take(4)
    fields.must_be(b"\0\x48\0\0\0\x48\0\0" + bytes(4) + b"\0\1" + bytes(32) + b"\0\x18\xff\xff")


def _sound(fields: Fields) -> None:
    fields.zeros(8)
    channels, bits = fields.numbers(2, "H")
    insist(channels <= 64 and bits in (0, 8, 16, 24, 32))
    fields.zeros(4)
    fields.take(4)


def _boxes(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    fields = Fields(payload)
    while fields.at < len(payload):
        length, name = fields.number(4), fields.take(4)
        yield name, fields.take(length - 8)


def _avcc(name: bytes, fields: Fields) -> Entry:
    fields.must_be(b"\1")
    profile = fields.number(1)
    fields.take(2)
    lengths = fields.number(1)
    insist(lengths & 0xFC == 0xFC)
    for _ in range(fields.number(1) & 0x1F):
        check_unit(b"avc1", fields.take(fields.number(2)), sets_only=True)
    for _ in range(fields.number(1)):
        check_unit(b"avc1", fields.take(fields.number(2)), sets_only=True)
    if profile in (100, 110, 122, 144, 244) and fields.rest_size:
        chroma, luma_depth, chroma_depth, extensions = fields.take(4)
        insist(chroma >= 0xFC and luma_depth >= 0xF8 and chroma_depth >= 0xF8 and extensions == 0)
    fields.end()
    return Entry(name, (lengths & 3) + 1)


def _hvcc(name: bytes, fields: Fields) -> Entry:
    fields.must_be(b"\1")
    fields.take(20)
    lengths = fields.number(1)
    for _ in range(fields.number(1)):
        insist(fields.number(1) & 0x3F in (32, 33, 34))
        for _unit in range(fields.number(2)):
            check_unit(b"hvc1", fields.take(fields.number(2)), sets_only=True)
    fields.end()
    return Entry(name, (lengths & 3) + 1)


def _av1c(_: bytes, fields: Fields) -> None:
    fields.must_be(b"\x81")
    fields.take(3)
    check_obus(fields.rest())


def _vpcc(_: bytes, fields: Fields) -> None:
    fields.must_be(b"\1\0\0\0")
    fields.take(6)
    fields.zeros(2)
    fields.end()


def _esds(name: bytes, fields: Fields) -> Entry:
    fields.zeros(4)
    stream = _descriptor(fields, 3)
    stream.take(2)
    stream.zeros(1)
    decoder = _descriptor(stream, 4)
    object_type = decoder.number(1)
    decoder.take(12)
    if decoder.rest_size:
        info = _descriptor(decoder, 5).rest()
        insist(len(info) <= (512 if name == b"mp4v" else 32))
        insist(b"\0\0\1\xb2" not in info)
        decoder.end()
    _descriptor(stream, 6).must_be(b"\2")
    stream.end()
    fields.end()
    return Entry(name, object_type=object_type)


def _descriptor(fields: Fields, tag: int) -> Fields:
    insist(fields.number(1) == tag)
    size = 0
    for _ in range(4):
        byte = fields.number(1)
        size = size << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    return Fields(fields.take(size))


def _maker(_: bytes, fields: Fields) -> None:
    """d263 and damr begin with who made the decoder: ours says FFMP, as every file from here does."""
    fields.must_be(b"FFMP")
    insist(fields.rest_size <= 5)


def _small(most: int) -> Callable[[bytes, Fields], None]:
    def check(_: bytes, fields: Fields) -> None:
        insist(fields.rest_size <= most)

    return check


def _dfla(_: bytes, fields: Fields) -> None:
    fields.must_be(bytes(4) + b"\x80\0\0\x22")
    fields.take(34)
    fields.end()


def _dops(_: bytes, fields: Fields) -> None:
    fields.zeros(1)
    channels = fields.number(1)
    fields.take(8)
    if fields.number(1):
        fields.take(2 + channels)
    fields.end()


def _colr(fields: Fields) -> None:
    fields.must_be(b"nclx")
    codes = fields.numbers(3, "H")
    insist(all(code <= 22 for code in codes) and fields.number(1) in (0, 0x80))
    fields.end()


_WHITE = (15635, 16450)
_GAMUTS = (
    # Green, blue, red in units of 1/50000: BT.709, Display P3, BT.2020.
    (15000, 30000, 7500, 3000, 32000, 16500),
    (13250, 34500, 7500, 3000, 34000, 16000),
    (8500, 39850, 6550, 2300, 35400, 14600),
)
_NEAR = 1000


def _mdcv(fields: Fields) -> None:
    """What display the film was graded on: only displays that there are, lest the numbers mean something else."""
    places = fields.numbers(8, "H")
    most, least = fields.numbers(2)
    fields.end()
    displays = ((0,) * 8, *((*gamut, *_WHITE) for gamut in _GAMUTS))
    insist(any(all(abs(a - b) <= _NEAR for a, b in zip(places, known, strict=True)) for known in displays))
    insist(most <= 100_000_000 and least <= 1_000_000)


def _numbers(count: int, form: str, most: int) -> Callable[[Fields], None]:
    def check(fields: Fields) -> None:
        insist(all(number <= most for number in fields.numbers(count, form)))
        fields.end()

    return check


_SETTINGS: Mapping[bytes, tuple[frozenset[bytes], Callable[[bytes, Fields], Entry | None]]] = MappingProxyType(
    {
        b"avcC": (frozenset({b"avc1"}), _avcc),
        b"hvcC": (frozenset({b"hvc1", b"hev1"}), _hvcc),
        b"av1C": (frozenset({b"av01"}), _av1c),
        b"vpcC": (frozenset({b"vp09"}), _vpcc),
        b"esds": (frozenset({b"mp4v", b"mp4a"}), _esds),
        b"d263": (frozenset({b"s263"}), _maker),
        b"damr": (frozenset({b"samr", b"sawb"}), _maker),
        b"dac3": (frozenset({b"ac-3"}), _small(3)),
        b"dec3": (frozenset({b"ec-3"}), _small(64)),
        b"alac": (frozenset({b"alac"}), _small(28)),
        b"dOps": (frozenset({b"Opus"}), _dops),
        b"dfLa": (frozenset({b"fLaC"}), _dfla),
    }
)
"""For which codecs a settings box may stand, and what looks into it."""

_GENERAL: Mapping[bytes, Callable[[Fields], None]] = MappingProxyType(
    {
        b"pasp": _numbers(2, "I", 1 << 24),
        b"colr": _colr,
        b"mdcv": _mdcv,
        b"clli": _numbers(2, "H", 10_000),
        b"amve": _numbers(2, "I", 1 << 31),
        b"btrt": _numbers(3, "I", 1 << 31),
        b"fiel": _numbers(2, "B", 14),
        b"clap": _numbers(8, "i", 1 << 20),
    }
)
"""Shape of the pixels, colours, rates, order of lines, cut."""
