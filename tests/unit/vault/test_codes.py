"""From a code to its keys. The vectors come from argon2-cffi (the reference code) and HMAC by hand."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.domain.code import Code
from connector.vault.codes import INSECURE_TEST_COST, Argon2Cost, CodeDeriver, CodeKeys, new_code
from connector.vault.derivation import derived
from connector.vault.keyring import PepperRing
from connector.vault.secret import SecretBytes

SALT = bytes(range(16))
CODE = Code("01234567890123456789")
CHEAP = [
    (
        "017fa21a5efa31065bf9a873ffee61a73d509c8d1f82d384b7c5308da91a26d4",
        "c206e3c5544bcab398580b272e0caa9b56a94e1fa8feb77f26c35ec72ae506cc",
    ),
    (
        "ef90e907fcb61f7a763e502e8c32b11fc338451e7e874f44d433af5f6b39e4bc",
        "2f947b587b52bb77e549329d7f8798681469931df7ec44c8a6f5b64c4b7c31fa",
    ),
]
AS_IN_SERVICE = [
    (
        "5c27578b5c1d1536b5e6fc4da771f43824fd25d1d391af5a0073492eb11627e1",
        "9e9a171fa0dc49e50bbb585f17d6d93791c849c4aec18e25edea5c761a95072a",
    ),
    (
        "b9d68f6cd1316bca7b04362858e312da8f3c9b37c823323779e25c9f83572936",
        "7712798035ff6cc33e1493fcd5e710f721eebd515b306f639472e20c3d22c76a",
    ),
]


def shown(keys: tuple[CodeKeys, ...]) -> list[tuple[str, str]]:
    return [(pair.lookup.hex(), pair.seed.reveal().hex()) for pair in keys]


@pytest.mark.parametrize(
    ("cost", "vectors"),
    [(INSECURE_TEST_COST, CHEAP), (Argon2Cost(), AS_IN_SERVICE)],
    ids=["cheap", "service"],
)
def test_a_code_gives_the_keys_it_always_gave(
    peppers: PepperRing, cost: Argon2Cost, vectors: list[tuple[str, str]]
) -> None:
    assert shown(CodeDeriver(SALT, peppers, cost).derive(CODE)) == vectors


def test_one_guess_costs_what_owasp_asks_for() -> None:
    assert Argon2Cost() == Argon2Cost(memory_kib=19_456, iterations=2)


@given(st.binary(min_size=16, max_size=64), st.binary(max_size=40))
def test_derivation_is_hkdf_with_sha256(key: bytes, label: bytes) -> None:
    extracted = hmac.digest(bytes(32), key, "sha256")
    first = hmac.digest(extracted, b"tipbridge|" + label + b"\x01", "sha256")
    second = hmac.digest(extracted, first + b"tipbridge|" + label + b"\x02", "sha256")
    assert derived(key, label) == first
    assert derived(key, label, 48) == (first + second)[:48]


def test_the_pair_of_a_pepper_stays_when_another_becomes_active(peppers: PepperRing) -> None:
    newer = PepperRing([SecretBytes(b"\xc3" * 32), *peppers.all()])
    assert shown(CodeDeriver(SALT, newer, INSECURE_TEST_COST).derive(CODE))[1:] == CHEAP


def test_another_salt_pepper_or_code_shares_nothing() -> None:
    one, other = PepperRing([SecretBytes(b"\x01" * 32)]), PepperRing([SecretBytes(b"\x02" * 32)])
    pairs = [
        *shown(CodeDeriver(SALT, one, INSECURE_TEST_COST).derive(CODE)),
        *shown(CodeDeriver(SALT, other, INSECURE_TEST_COST).derive(CODE)),
        *shown(CodeDeriver(SALT[::-1], one, INSECURE_TEST_COST).derive(CODE)),
        *shown(CodeDeriver(SALT, one, INSECURE_TEST_COST).derive(Code("01234567890123456780"))),
    ]
    assert len({value for pair in pairs for value in pair}) == 2 * len(pairs)


@pytest.mark.parametrize("drawn", [0, 7, 10**20 - 1])
def test_a_small_number_drawn_still_makes_twenty_digits(drawn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []

    def draws(limit: int) -> int:
        limits.append(limit)
        return drawn

    monkeypatch.setattr("connector.vault.codes.secrets.randbelow", draws)
    assert new_code().digits() == f"{drawn:020d}".encode()
    assert limits == [10**20]


def test_no_code_is_drawn_twice() -> None:
    assert len({new_code().digits() for _ in range(500)}) == 500
