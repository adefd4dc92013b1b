"""Sound: encoders' names in fillers and comments."""

from dataclasses import dataclass

_NO_COMMENTS = b"\x03vorbis" + bytes(4) + bytes(4) + b"\x01"
"""A comment header with an empty vendor and no comments (Vorbis I, section 5)."""


@dataclass(frozen=True, slots=True)
class as_it_is:  # noqa: N801 - reads as what it does
    """For codecs whose packets have no room for words."""

    header: bytes | None

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:  # noqa: ARG002
        """The packet."""
        return packet


class AacSieve:
    """Blanks fillers and data elements that a packet begins with: there encoders write their names.

    Source: ISO/IEC 14496-3, 4.4.2.1 and 4.4.2.7. Elements after the sound are not looked for: to find them one
    would have to decode it. Packets with ADTS headers lose them.
    """

    def __init__(self, header: bytes | None) -> None:
        self._adts = not header
        self.header = header or None

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:  # noqa: ARG002
        """The packet's sound."""
        if self._adts:
            packet = self._raw(packet)
        return _blanked(packet) if packet and packet[0] >> 5 in (_FIL, _DSE) else packet

    def _raw(self, packet: bytes) -> bytes:
        if len(packet) < 7 or packet[0] != 0xFF or packet[1] & 0xF6 != 0xF0:
            raise ValueError("no ADTS header")
        profile, rate = packet[2] >> 6, packet[2] >> 2 & 0xF
        channels = (packet[2] & 1) << 2 | packet[3] >> 6
        if not channels or packet[6] & 3:
            raise ValueError("channels in the stream, or several blocks in a frame")
        config = (profile + 1) << 11 | rate << 7 | channels << 3
        self.header = self.header or config.to_bytes(2)
        return packet[7 if packet[1] & 1 else 9 :]


_FIL, _DSE = 6, 4
_SOUND_EXTENSIONS = frozenset({11, 13, 14})
"""Dynamic range and spectral band replication, which are no fillers although they travel as such."""


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value, self.size, self.at = int.from_bytes(data), 8 * len(data), 0

    def take(self, count: int) -> int:
        self.at += count
        if self.at > self.size:
            raise ValueError("a packet ends within an element")
        return self._value >> (self.size - self.at) & ((1 << count) - 1)

    def blank(self, count: int) -> None:
        self.take(count)
        self._value &= ~(((1 << count) - 1) << (self.size - self.at))

    def data(self) -> bytes:
        return self._value.to_bytes(self.size // 8)


def _blanked(packet: bytes) -> bytes:
    bits = _Bits(packet)
    while bits.at + 3 <= bits.size:
        element = bits.take(3)
        if element == _FIL:
            if not _blank_filler(bits):
                break
        elif element == _DSE:
            _blank_data(bits)
        else:
            break
    return bits.data()


def _blank_filler(bits: _Bits) -> bool:
    count = bits.take(4)
    if count == 15:
        count += bits.take(8) - 1
    if not count:
        return True
    extension = bits.take(4)
    bits.at -= 4
    if extension in _SOUND_EXTENSIONS:
        return False
    bits.blank(8 * count)
    return True


def _blank_data(bits: _Bits) -> None:
    bits.take(4)
    aligned = bits.take(1)
    count = bits.take(8)
    if count == 255:
        count += bits.take(8)
    if aligned:
        bits.at += -bits.at % 8
    bits.blank(8 * count)


class OpusSieve:
    """Blanks the padding at the end of packets, and cuts the header to what it says (RFC 6716, 3.2.5)."""

    def __init__(self, header: bytes | None) -> None:
        self.header = _bare_opus_head(header)

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:  # noqa: ARG002
        """The packet with noughts for padding."""
        padding = opus_padding(packet)
        return packet[: len(packet) - padding] + bytes(padding) if padding else packet


def opus_padding(packet: bytes) -> int:
    """How many bytes at the end of an Opus packet are padding."""
    if len(packet) < 3 or packet[0] & 3 != 3 or not packet[1] & 0x40:
        return 0
    padding, at = 0, 2
    while at < len(packet):
        byte = packet[at]
        at += 1
        padding += min(byte, 254)
        if byte != 255:
            break
    return min(padding, len(packet) - at)


def _bare_opus_head(header: bytes | None) -> bytes | None:
    if header is None or not header.startswith(b"OpusHead") or len(header) < 19:
        raise ValueError("no Opus header")
    return header[:19] if not header[18] else header[: 21 + header[9]]


def bare_vorbis(header: bytes | None) -> bytes:
    """The three headers of Vorbis in Xiph lacing, the middle one without a word in it."""
    if not header or header[0] != 2:
        raise ValueError("no Vorbis headers")
    sizes, at = [], 1
    while len(sizes) < 2:
        size = 0
        while header[at] == 255:
            size, at = size + 255, at + 1
        sizes.append(size + header[at])
        at += 1
    first, setup = header[at : at + sizes[0]], header[at + sum(sizes) :]
    return b"\x02" + _laced(len(first)) + _laced(len(_NO_COMMENTS)) + first + _NO_COMMENTS + setup


def _laced(size: int) -> bytes:
    return b"\xff" * (size // 255) + bytes([size % 255])


def bare_alac(header: bytes | None) -> bytes | None:
    """The decoder's settings as a box, without the channel layout and whatever else may follow them."""
    if header and len(header) > 36 and header[4:8] == b"alac":
        return (36).to_bytes(4) + header[4:36]
    return header
