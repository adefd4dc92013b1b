"""An inbox session in a sealed cookie: nothing about it is on the server."""

import base64
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.errors import TipbridgeError
from connector.vault.codes import CodeKeys
from connector.vault.keyring import ServiceKeys
from connector.vault.secret import SecretBytes

_NONCE = 12
_LABEL = b"session/cookie"


class SessionEnded(TipbridgeError):
    """The cookie is too old, altered, or from another installation."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a cookie holds: the keys of one mailbox, until when, and a nonce that marks our own forms."""

    keys: CodeKeys = field(repr=False)
    expires_at: datetime
    nonce: str = field(repr=False)

    @classmethod
    def begin(cls, keys: CodeKeys, expires_at: datetime) -> "Session":
        """A new session with a nonce of its own."""
        return cls(keys, expires_at, os.urandom(16).hex())

    def until(self, expires_at: datetime) -> "Session":
        """The same session, for longer."""
        return replace(self, expires_at=expires_at)


class SessionSealer:
    """Seals and opens cookies under keys that come out of the service keys."""

    def __init__(self, service_keys: ServiceKeys) -> None:
        self._service_keys = service_keys

    def seal(self, session: Session) -> str:
        """A cookie value, always of the same length."""
        plaintext = b"".join(
            [
                int(session.expires_at.timestamp()).to_bytes(8, "big"),
                bytes.fromhex(session.nonce),
                session.keys.lookup,
                session.keys.seed.reveal(),
            ]
        )
        key_id, key = self._service_keys.purpose_keys(_LABEL)[0]
        nonce = os.urandom(_NONCE)
        marked = bytes.fromhex(key_id)
        sealed = marked + nonce + AESGCM(key).encrypt(nonce, plaintext, marked)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, cookie: str, now: datetime) -> Session:
        """The session of a cookie. Raises SessionEnded."""
        try:
            sealed = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
            marked, nonce = sealed[:4], sealed[4 : 4 + _NONCE]
            key = dict(self._service_keys.purpose_keys(_LABEL))[marked.hex()]
            plaintext = AESGCM(key).decrypt(nonce, sealed[4 + _NONCE :], marked)
        except (ValueError, KeyError, InvalidTag):
            raise SessionEnded("the session has ended") from None
        expires_at = datetime.fromtimestamp(int.from_bytes(plaintext[:8], "big"), UTC)
        if expires_at <= now:
            raise SessionEnded("the session has ended")
        keys = CodeKeys(plaintext[24:56], SecretBytes(plaintext[56:88]))
        return Session(keys, expires_at, plaintext[8:24].hex())
