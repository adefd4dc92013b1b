"""Sealing an identity: a fresh key for each record, parted among the custodians. There is no master secret.

What lies in the database: `version | commitment | ciphertext`, always of one size, and a share for each custodian. With the
key files of the service and the whole database nothing of it opens; k custodians open this one record and no other.
"""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from itertools import combinations, islice

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.domain.identity import Identity
from connector.vault.custodians import Custodian
from connector.vault.derivation import KEY_BYTES, derived
from connector.vault.keyring import SealBroken
from connector.vault.shamir import BadShares, combine, split

VERSION = b"\x01"
RECORD_BYTES = 3072
"""Every identity is brought to this size, also the one that says that nothing was kept."""
COMMITMENT = 32
_LENGTH = 4
_MOST_TRIES = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """One custodian's part of a record's key, sealed to them."""

    holder: str
    number: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A sealed content with its shares, in random order."""

    sealed: bytes = field(repr=False)
    quorum: int
    shares: tuple[Share, ...]

    @property
    def commitment(self) -> bytes:
        """By which the right key is recognised before anything is decrypted."""
        return commitment_of(self.sealed)


def commitment_of(sealed: bytes) -> bytes:
    """The commitment within a sealed record."""
    return sealed[len(VERSION) : len(VERSION) + COMMITMENT]


def seal_identity(
    identity: Identity, place: str, custodians: Sequence[Custodian], quorum: int
) -> SealedRecord:
    """Seal who somebody is (or that nothing was kept). `place` binds it: `1234-5678|identity`."""
    content = json.dumps(identity.as_json(), ensure_ascii=False).encode()
    if len(content) > RECORD_BYTES - _LENGTH:
        raise ValueError("an identity is larger than a record")
    padded = len(content).to_bytes(_LENGTH, "big") + content
    return seal_bytes(padded.ljust(RECORD_BYTES, b"\0"), place, custodians, quorum)


def seal_bytes(content: bytes, place: str, custodians: Sequence[Custodian], quorum: int) -> SealedRecord:
    """Seal anything under a fresh key, which is parted among the custodians."""
    key = os.urandom(KEY_BYTES)
    commitment = _commitment(key, place)
    ciphertext = AESGCM(derived(key, b"record/content")).encrypt(bytes(12), content, VERSION + place.encode())
    parts = split(key, quorum, len(custodians))
    # Who holds which number is drawn anew for every record, and so is their order.
    holders = list(custodians)
    secrets.SystemRandom().shuffle(holders)
    shares = [
        Share(
            holder.fingerprint,
            number,
            holder.seal.seal(parts[number], share_context(place, number, commitment)),
        )
        for number, holder in zip(parts, holders, strict=True)
    ]
    secrets.SystemRandom().shuffle(shares)
    return SealedRecord(VERSION + commitment + ciphertext, quorum, tuple(shares))


def share_context(place: str, number: int, commitment: bytes) -> bytes:
    """What a share is bound to: the case, its number, and the very record."""
    return b"share|" + place.encode() + b"|" + bytes([number]) + commitment


def key_from(shares: Mapping[int, bytes], quorum: int, place: str, commitment: bytes) -> bytes | None:
    """The record's key, if `quorum` of these shares are right; None if there are not as many."""
    for some in islice(combinations(sorted(shares), quorum), _MOST_TRIES):
        try:
            key = combine({number: shares[number] for number in some})
        except BadShares:
            continue
        if compare_digest(_commitment(key, place), commitment):
            return key
    return None


def open_bytes(sealed: bytes, key: bytes, place: str) -> bytes:
    """The content of a record. Raises SealBroken."""
    if sealed[:1] != VERSION or not compare_digest(commitment_of(sealed), _commitment(key, place)):
        raise SealBroken
    try:
        ciphertext = sealed[len(VERSION) + COMMITMENT :]
        return AESGCM(derived(key, b"record/content")).decrypt(
            bytes(12), ciphertext, VERSION + place.encode()
        )
    except InvalidTag:
        raise SealBroken from None


def open_identity(sealed: bytes, key: bytes, place: str) -> dict[str, object] | None:
    """Who it was, as `vault open` prints it; None where nothing was kept. Raises SealBroken."""
    padded = open_bytes(sealed, key, place)
    length = int.from_bytes(padded[:_LENGTH], "big")
    found: dict[str, object] | None = json.loads(padded[_LENGTH : _LENGTH + length])
    return found


def _commitment(key: bytes, place: str) -> bytes:
    # AES-GCM alone does not commit to its key: a wrong share must be recognised, not decrypt to something else.
    return sha256(b"tipbridge|record|" + place.encode() + b"|" + derived(key, b"record/commitment")).digest()
