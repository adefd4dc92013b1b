"""Under a passphrase: the right one opens, every other and every altered byte does not, and forged costs are refused."""

from dataclasses import replace

import pytest

from connector.vault.passphrase import INSECURE_PASSPHRASE_COST, PassphraseCost, WrongPassphrase, lock, unlock
from connector.vault.secret import SecretBytes

SECRET = SecretBytes(b"\x33" * 32)


def test_the_right_passphrase_opens_and_no_other() -> None:
    locked = lock(SECRET, "correct horse", b"here", INSECURE_PASSPHRASE_COST)
    assert unlock(locked, "correct horse", b"here") == SECRET
    for passphrase, context in (("correct horsE", b"here"), ("", b"here"), ("correct horse", b"there")):
        with pytest.raises(WrongPassphrase):
            unlock(locked, passphrase, context)


def test_any_characters_make_a_passphrase() -> None:
    for passphrase in ("pässwörter \u2603", "\udcff half a character", "x" * 10_000):
        assert unlock(lock(SECRET, passphrase, b"", INSECURE_PASSPHRASE_COST), passphrase, b"") == SECRET


@pytest.mark.parametrize("cost", [(2**40, 1), (64, 2**31), (0, 1), (64, 0), (-1, -1)])
def test_a_forged_cost_takes_no_machine_down(cost: tuple[int, int]) -> None:
    locked = lock(SECRET, "correct horse", b"", INSECURE_PASSPHRASE_COST)
    with pytest.raises(WrongPassphrase):
        unlock(replace(locked, memory_kib=cost[0], iterations=cost[1]), "correct horse", b"")


def test_a_guess_costs_a_quarter_of_a_gigabyte() -> None:
    assert PassphraseCost().memory_kib >= 256 * 1024
    assert PassphraseCost().iterations >= 3
