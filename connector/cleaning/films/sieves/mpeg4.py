"""MPEG-4 part 2: what lies between a user_data start code and the next start code goes.

Encoders leave their names there. Source: ISO/IEC 14496-2, 6.2.2 and table 6-3.
"""

_USER_DATA = b"\x00\x00\x01\xb2"
_START = b"\x00\x00\x01"


class UserDataSieve:
    """Takes packets with start codes."""

    def __init__(self, header: bytes | None) -> None:
        self.header = None if header is None else self(header)

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:  # noqa: ARG002
        """The packet without user data."""
        begin = packet.find(_USER_DATA)
        if begin < 0:
            return packet
        kept, at = [], 0
        while begin >= 0:
            kept.append(packet[at:begin])
            at = packet.find(_START, begin + len(_USER_DATA))
            if at < 0:
                return b"".join(kept)
            begin = packet.find(_USER_DATA, at)
        return b"".join([*kept, packet[at:]])


def names_its_encoder(header: bytes | None, packet: bytes) -> bool:
    """Whether decoders would draw the film otherwise without its user data: they know XviD's and DivX's ways."""
    return any(name in data for data in (header or b"", packet) for name in (b"XviD", b"DivX"))
