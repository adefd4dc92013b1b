"""A large content in sealed pieces: AES-256-GCM, each bound to its file, its place, and to being the last or not.

The nonce is the piece's number: a key seals one content once, so no number meets it twice. That the last piece says so is
what makes a content that was cut off fail to open (the STREAM construction, Hoang, Reyhanitabar, Rogaway and Vizar 2015).
"""

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.vault.keyring import SealBroken

_NONCE = 12


def sealed_pieces(key: bytes, context: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, sealed, in order. `key` must be fresh. An empty content has one empty piece."""
    cipher, number, held = AESGCM(key), 0, b""
    for number, piece in enumerate(pieces):
        if number:
            yield _sealed(cipher, context, number - 1, held, last=False)
        held = piece
    yield _sealed(cipher, context, number, held, last=True)


def opened_piece(key: bytes, context: bytes, number: int, sealed: bytes, *, last: bool) -> bytes:
    """One piece again. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(_nonce(number), sealed, _place(context, number, last=last))
    except InvalidTag:
        raise SealBroken from None


def _sealed(cipher: AESGCM, context: bytes, number: int, piece: bytes, *, last: bool) -> bytes:
    return cipher.encrypt(_nonce(number), piece, _place(context, number, last=last))


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _place(context: bytes, number: int, *, last: bool) -> bytes:
    return context + (b"|last|" if last else b"|more|") + str(number).encode()
