"""By what a case's record is found in the vault: a keyed hash, so that a thief of the database alone cannot join them."""

import hmac

from connector.vault.keyring import PepperRing


def case_hashes(peppers: PepperRing, number: str) -> list[bytes]:
    """One for each pepper that was ever in use, the active one's first: under that, new records are put."""
    return [hmac.digest(index, number.encode(), "sha256") for index in peppers.purpose_keys(b"vault/index")]
