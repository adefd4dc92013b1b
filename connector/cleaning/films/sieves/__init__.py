"""What a packet of picture or sound may carry besides: each sieve lets through what a decoder needs.

A container is packed anew, so that nothing of the old one is left; these look into the packets themselves.
`sieve_for` names the one for a codec. A sieve is made from the codec's header (`extradata`), offers a clean
one, and takes packets one by one; an empty answer means that nothing of the packet is left.
"""

from typing import Protocol

from connector.cleaning.films.sieves.mpeg4 import UserDataSieve
from connector.cleaning.films.sieves.nal import NalSieve
from connector.cleaning.films.sieves.obu import ObuSieve
from connector.cleaning.films.sieves.sounds import AacSieve, OpusSieve, as_it_is, bare_alac, bare_vorbis


class Sieve(Protocol):
    """Lets through what a decoder needs."""

    @property
    def header(self) -> bytes | None:
        """The clean header of the codec."""
        ...

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:
        """What is left of the packet. `header` is a new one that holds from this packet on."""
        ...


def sieve_for(codec: str, header: bytes | None) -> Sieve:
    """The sieve of a codec, by its name in FFmpeg. Raises ValueError for a header that makes no sense."""
    match codec:
        case "h264" | "hevc":
            return NalSieve(codec, header)
        case "av1":
            return ObuSieve(header)
        case "mpeg4":
            return UserDataSieve(header)
        case "aac":
            return AacSieve(header)
        case "opus":
            return OpusSieve(header)
        case "vorbis":
            return as_it_is(bare_vorbis(header))
        case "alac":
            return as_it_is(bare_alac(header))
        case _:
            return as_it_is(header)
