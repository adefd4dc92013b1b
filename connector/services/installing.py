"""What is drawn once for an installation."""

import secrets

from connector.clock import Clock
from connector.errors import Conflict
from connector.store import Store


def code_salt(store: Store, clock: Clock) -> bytes:
    """The salt of this installation's codes; drawn by whichever process asks first."""
    with store.read() as tx:
        salt = tx.installation.code_salt()
    if salt is not None:
        return salt
    try:
        with store.write() as tx:
            drawn = secrets.token_bytes(16)
            tx.installation.create(drawn, clock.now().date())
    except Conflict:
        with store.read() as tx:
            return tx.installation.code_salt() or b""
    return drawn
