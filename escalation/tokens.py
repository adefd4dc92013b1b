"""The secret in an acknowledgement's link: derived from a key that is not in the database, and stored only as a hash."""

import base64
import hashlib
import hmac


class Tokens:
    """Makes and hashes tokens. The same attempt has the same token, however often it is sent."""

    def __init__(self, key: bytes) -> None:
        """`key` is 32 random bytes from outside the database."""
        self._key = key

    def token(self, attempt_id: str) -> str:
        """22 characters that only a holder of the key can make: 128 bits."""
        digest = hmac.digest(self._key, b"ack|" + attempt_id.encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def token_hash(token: str) -> str:
    """By what an attempt is found when somebody comes with a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def destination_hash(address: str) -> str:
    """By what two attempts are known to go to one number."""
    return hashlib.sha256(address.encode()).hexdigest()
