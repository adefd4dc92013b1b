"""Sealing to a seed's key pair: both algorithms, bound to their place, every bit counts."""

import pytest

from connector.vault.keyring import SealBroken
from connector.vault.seal_keys import CLASSIC, HYBRID, SealPrivate, SealPublic, best_algorithm
from connector.vault.secret import SecretBytes
from tests.unit.vault.tampering import every_bit_flip

SEED = SecretBytes(b"\x07" * 32)
ALGORITHMS = [HYBRID, CLASSIC]


@pytest.fixture(params=ALGORITHMS)
def pair(request: pytest.FixtureRequest) -> SealPrivate:
    return SealPrivate.from_seed(SEED, request.param)


def test_the_same_seed_is_the_same_pair(pair: SealPrivate) -> None:
    assert pair.public() == SealPrivate.from_seed(SEED, pair.algorithm).public()


def test_what_is_sealed_opens_in_its_place_and_nowhere_else(pair: SealPrivate) -> None:
    sealed = pair.public().seal(b"a share", b"here")
    assert pair.open(sealed, b"here") == b"a share"
    with pytest.raises(SealBroken):
        pair.open(sealed, b"there")
    with pytest.raises(SealBroken):
        SealPrivate.from_seed(SecretBytes(b"\x08" * 32), pair.algorithm).open(sealed, b"here")


def test_sealed_twice_is_never_the_same_and_always_of_one_size(pair: SealPrivate) -> None:
    one, two = (pair.public().seal(b"a share", b"here") for _ in range(2))
    assert one != two
    assert len(one) == len(two)


def test_every_bit_of_a_sealed_value_counts() -> None:
    pair = SealPrivate.from_seed(SEED, CLASSIC)
    for spoilt in every_bit_flip(pair.public().seal(b"x", b"here")):
        with pytest.raises(SealBroken):
            pair.open(spoilt, b"here")


def test_every_byte_of_a_hybrid_value_counts() -> None:
    pair = SealPrivate.from_seed(SEED, HYBRID)
    sealed = pair.public().seal(b"x", b"here")
    for position in range(0, len(sealed), 3):
        spoilt = sealed[:position] + bytes([sealed[position] ^ 4]) + sealed[position + 1 :]
        with pytest.raises(SealBroken):
            pair.open(spoilt, b"here")


def test_one_algorithms_value_does_not_open_as_the_others() -> None:
    hybrid, classic = (SealPrivate.from_seed(SEED, algorithm) for algorithm in ALGORITHMS)
    with pytest.raises(SealBroken):
        classic.open(hybrid.public().seal(b"x", b""), b"")


@pytest.mark.parametrize(("algorithm", "size"), [(HYBRID, 32), (CLASSIC, 1216), (3, 32), (0, 0)])
def test_what_is_no_public_key_is_refused(algorithm: int, size: int) -> None:
    with pytest.raises(ValueError):
        SealPublic(algorithm, bytes(size))


def test_the_hybrid_is_taken_where_the_library_has_it() -> None:
    assert best_algorithm() == HYBRID


def test_a_private_half_has_no_face() -> None:
    assert "07" not in repr(SealPrivate.from_seed(SEED))
