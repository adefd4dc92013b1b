"""Bare sound as we write it: MP3, Ogg, WAV, FLAC, AMR. Frame follows frame from the first byte to the last.

Sources: ISO/IEC 11172-3, 2.4; RFC 3533 and 7845, Vorbis I; RFC 9639; RFC 4867, section 5; Microsoft's
description of RIFF WAVE.
"""

import struct
from typing import BinaryIO

from connector.cleaning.films.witnesses.bytes_of import Fields, NotClean, insist
from connector.cleaning.films.witnesses.packets import check_opus

_LAYER3 = {
    True: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    False: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
_RATES = [11025, 12000, 8000, 0, 0, 0, 0, 0, 22050, 24000, 16000, 0, 44100, 48000, 32000, 0]


def check_mp3(data: BinaryIO) -> None:
    """One silent frame with Xing's numbers, then nothing but frames, with noughts between their sounds."""
    data.seek(0)
    first = data.read(4)
    length, side, mpeg1, channels = _mp3_head(first)
    _check_first(Fields(data.read(length - 4)), side, channels, mpeg1)
    ancillary = _Ancillary()
    while head := data.read(4):
        length, side, mpeg1, channels = _mp3_head(head)
        body = data.read(length - 4)
        insist(len(body) == length - 4)
        ancillary.frame(body if head[1] & 1 else body[2:], side, mpeg1, channels)
    ancillary.end()


def _mp3_head(head: bytes) -> tuple[int, int, bool, int]:
    """The length of the frame and of its side information, whether it is MPEG-1, and how many channels."""
    insist(len(head) == 4 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)
    mpeg1 = head[1] & 0x18 == 0x18
    rate = _RATES[(head[1] >> 3 & 3) << 2 | head[2] >> 2 & 3]
    index = head[2] >> 4
    insist(rate > 0 and 0 < index < 15)
    channels = 1 if head[3] & 0xC0 == 0xC0 else 2
    length = (144 if mpeg1 else 72) * 1000 * _LAYER3[mpeg1][index] // rate + (head[2] >> 1 & 1)
    side = {(True, 1): 17, (True, 2): 32, (False, 1): 9, (False, 2): 17}[mpeg1, channels]
    insist(length >= 4 + side)
    return length, side, mpeg1, channels


def _check_first(fields: Fields, side: int, _: int, __: bool) -> None:
    fields.zeros(side)
    fields.must_be(b"Xing\0\0\0\3")
    fields.take(8)
    if fields.take(4) == b"LAME":
        fields.zeros(17)
        fields.take(3)
    insist(not fields.rest().strip(b"\0"))


class _Ancillary:
    """Follows where sound begins and ends in the regions of all frames together; what lies between must be nought."""

    def __init__(self) -> None:
        self._pool = ""
        """The regions' bits that no sound has claimed yet."""

    def frame(self, body: bytes, side: int, mpeg1: bool, channels: int) -> None:
        bits = "".join(f"{byte:08b}" for byte in body[:side])
        pointer = int(bits[: 9 if mpeg1 else 8], 2)
        first = {(True, 1): 18, (True, 2): 20, (False, 1): 9, (False, 2): 10}[mpeg1, channels]
        step = 59 if mpeg1 else 63
        count = channels * (2 if mpeg1 else 1)
        sound = sum(int(bits[first + step * n : first + step * n + 12], 2) for n in range(count))
        back = min(8 * pointer, len(self._pool))
        insist("1" not in self._pool[: len(self._pool) - back])
        region = bin(int.from_bytes(b"\1" + body[side:]))[3:]
        self._pool = (self._pool[len(self._pool) - back :] + region)[sound - 8 * pointer + back :]

    def end(self) -> None:
        insist("1" not in self._pool)


_OGG_MOST = 1 << 25


def check_ogg(data: BinaryIO) -> None:
    """One stream of Opus or Vorbis, numbered from nought, without a word in its comments."""
    data.seek(0)
    packets: list[bytes] = []
    rest, number = b"", 0
    opus = False
    while head := data.read(27):
        insist(head.startswith(b"OggS\0") and len(head) == 27 and not head[5] & 0xF8)
        insist(head[14:22] == b"\1\0\0\0" + number.to_bytes(4, "little") and bool(head[5] & 2) == (number == 0))
        lacing = data.read(head[26])
        for lace in lacing:
            rest += data.read(lace)
            insist(len(rest) <= _OGG_MOST)
            if lace == 255:
                continue
            if len(packets) < 3:
                packets.append(rest)
            elif opus:
                check_opus(rest)
            rest = b""
        if number == 0:
            insist(len(packets) == 1)
            opus = packets[0].startswith(b"OpusHead")
        number += 1
    _check_ogg_headers(packets, opus)


def _check_ogg_headers(packets: list[bytes], opus: bool) -> None:
    insist(len(packets) == 3)
    if opus:
        insist(19 <= len(packets[0]) <= 21 + 255 and packets[1] == b"OpusTags" + bytes(8))
        check_opus(packets[2])
    else:
        insist(packets[0].startswith(b"\1vorbis") and len(packets[0]) == 30)
        insist(packets[1] == b"\3vorbis" + bytes(8) + b"\1" and packets[2].startswith(b"\5vorbis"))


def check_wav(data: BinaryIO) -> None:
    """A format, and samples."""
    size = data.seek(0, 2)
    data.seek(0)
    insist(data.read(12) == b"RIFF" + struct.pack("<I", size - 8) + b"WAVE")
    insist(data.read(4) == b"fmt ")
    length = int.from_bytes(data.read(4), "little")
    insist(length in (16, 18, 40))
    _check_format(data.read(length))
    name = data.read(4)
    if name == b"fact":
        insist(data.read(4) == b"\4\0\0\0")
        data.read(4)
        name = data.read(4)
    insist(name == b"data")
    length = int.from_bytes(data.read(4), "little")
    at = data.tell()
    insist(size == at + length + length % 2)
    if length % 2:
        data.seek(size - 1)
        insist(data.read(1) == b"\0")


def _check_format(form: bytes) -> None:
    tag = int.from_bytes(form[:2], "little")
    insist(tag in (1, 3, 6, 7, 0xFFFE))
    if len(form) == 18:
        insist(form[16:] == b"\0\0")
    elif len(form) == 40:
        insist(form[16:18] == b"\x16\0" and form[26:] == b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71")


def check_flac(data: BinaryIO) -> None:
    """The one block, and frames."""
    data.seek(0)
    insist(data.read(8) == b"fLaC\x80\0\0\x22")
    insist(len(data.read(34)) == 34)
    sync = data.read(2)
    insist(len(sync) == 2 and sync[0] == 0xFF and sync[1] & 0xFE == 0xF8)


_AMR = {
    b"#!AMR\n": (95, 103, 118, 134, 148, 159, 204, 244, 39),
    b"#!AMR-WB\n": (132, 177, 253, 285, 317, 365, 397, 461, 477, 40),
}


def check_amr(data: BinaryIO) -> None:
    """Frames to the end, with noughts for spare bits."""
    data.seek(0)
    start = data.read(9)
    magic = next((magic for magic in _AMR if start.startswith(magic)), None)
    if magic is None:
        raise NotClean("not AMR")
    bits = _AMR[magic]
    data.seek(len(magic))
    while head := data.read(1):
        insist(not head[0] & 0x83)
        kind = head[0] >> 3
        size = bits[kind] if kind < len(bits) else 0
        insist(kind < len(bits) or kind in (14, 15))
        speech = data.read(-(-size // 8))
        insist(len(speech) == -(-size // 8))
        spare = 8 * len(speech) - size
        insist(not spare or not speech[-1] & (1 << spare) - 1)
