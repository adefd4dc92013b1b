"""Looking into the samples themselves: a list of the units that may be in them, and noughts where words could be.

Sources: ITU-T H.264 table 7-1, H.265 table 7-1; AV1 bitstream specification 6.2.2; ISO/IEC 14496-2 table 6-3;
14496-3 4.4.2; RFC 6716 3.2.5.
"""

from connector.cleaning.films.witnesses.bytes_of import NotClean, insist

_H264 = frozenset({1, 2, 3, 4, 5, 9, 10, 11})
_H264_SETS = frozenset({7, 8, 13})
_HEVC = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21, 35, 36, 37})
_HEVC_SETS = frozenset({32, 33, 34})
_MOST_SET = 1024
"""Bytes of a parameter set; usual are ten to a hundred."""

_AV1 = frozenset({1, 3, 4, 6, 7})


def check_sample(name: bytes, length_size: int, object_type: int, sample: bytes) -> None:
    """Raises NotClean for a sample of this codec that holds what is not picture or sound."""
    match name:
        case b"avc1" | b"hvc1" | b"hev1":
            _units(name, length_size, sample)
        case b"av01":
            check_obus(sample)
        case b"mp4v":
            insist(b"\0\0\1\xb2" not in sample)
        case b"mp4a" if object_type == 0x40:
            _leading_elements(sample)
        case b"Opus":
            check_opus(sample)


def _units(name: bytes, length_size: int, sample: bytes) -> None:
    insist(1 <= length_size <= 4)
    at = 0
    while at < len(sample):
        begin = at + length_size
        at = begin + int.from_bytes(sample[at:begin])
        insist(begin < at <= len(sample))
        check_unit(name, sample[begin : begin + 2], size=at - begin)


def check_unit(name: bytes, unit: bytes, *, size: int | None = None, sets_only: bool = False) -> None:
    """Raises NotClean for a unit that is not on the list; only its first two bytes are looked at."""
    size = len(unit) if size is None else size
    if name == b"avc1":
        kind, sets, others = unit[0] & 0x1F, _H264_SETS, _H264
        insist(not unit[0] & 0x80)
    else:
        kind, sets, others = unit[0] >> 1 & 0x3F, _HEVC_SETS, _HEVC
        # Neither a forbidden bit nor another layer than the base.
        insist(not unit[0] & 0x81 and not unit[1] & 0xF8)
    insist(kind in sets or (kind in others and not sets_only))
    insist(kind not in sets or size <= _MOST_SET)


def check_obus(data: bytes) -> None:
    """Raises NotClean for a unit of AV1 that is not on the list."""
    at = 0
    while at < len(data):
        head = data[at]
        insist(not head & 0x81 and head >> 3 & 0xF in _AV1)
        at += 2 if head & 4 else 1
        if not head & 2:
            return
        size = shift = 0
        while True:
            size |= (data[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not data[at - 1] & 0x80:
                break
            insist(shift < 56)
        at += size
    insist(at == len(data))


def _leading_elements(sample: bytes) -> None:
    """Fillers and data elements before the sound of an AAC packet must be empty."""
    bits = "".join(f"{byte:08b}" for byte in sample[:1100])
    at = 0
    while bits[at : at + 3] in ("110", "100"):
        if bits[at : at + 3] == "110":
            count = int(bits[at + 3 : at + 7], 2)
            at += 7
            if count == 15:
                count += int(bits[at : at + 8], 2) - 1
                at += 8
            if count and int(bits[at : at + 4], 2) in (11, 13, 14):
                return
        else:
            aligned, count = bits[at + 7] == "1", int(bits[at + 8 : at + 16], 2)
            at += 16
            if count == 255:
                count += int(bits[at : at + 8], 2)
                at += 8
            at += -at % 8 if aligned else 0
        insist("1" not in bits[at : at + 8 * count])
        at += 8 * count


def check_opus(packet: bytes) -> None:
    """Raises NotClean for an Opus packet with something in its padding."""
    if len(packet) < 3 or packet[0] & 3 != 3 or not packet[1] & 0x40:
        return
    at, padding = 2, 0
    while packet[at] == 255:
        padding, at = padding + 254, at + 1
        if at >= len(packet):
            raise NotClean("padding without an end")
    padding += packet[at]
    insist(not packet[max(at + 1, len(packet) - padding) :].strip(b"\0"))
