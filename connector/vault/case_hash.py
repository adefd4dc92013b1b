"""By what a case's record is found in the vault: a keyed hash, so that a thief of the database alone cannot join them."""

import hmac

from connector.vault.derivation import derived
from connector.vault.keyring import PepperRing


def case_hashes(peppers: PepperRing, number: str) -> list[bytes]:
    """One for each pepper that was ever in use, the active one's first: under that, new records are put."""
    return [
        hmac.digest(derived(pepper.reveal(), b"vault/index"), number.encode(), "sha256")
        for pepper in peppers.all()
    ]
