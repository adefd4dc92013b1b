"""The keys of the running service: service keys wrap row keys, peppers make codes underivable for a thief."""

import os
import threading
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.errors import ConfigError, TipbridgeError
from connector.vault.derivation import derived
from connector.vault.key_files import Key, Kind, read_key_file
from connector.vault.secret import SecretBytes

_NONCE = 12
_ID = 4


class SealBroken(TipbridgeError):
    """What was sealed does not open here: altered, moved to another place, or sealed to somebody else."""

    def __init__(self) -> None:
        super().__init__("a sealed value does not open: it was altered, moved, or sealed under another key")


class UnknownKey(TipbridgeError):
    """Sealed under a key that is not in the key file (any more)."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the key {key_id} is not in the key file; bring the file back that has it")
        self.key_id = key_id


class ServiceKeys:
    """The service keys of an installation, by id. Reads the file again when it meets a key it does not know."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._ciphers: dict[str, AESGCM] = {}
        self._keys: list[Key] = []
        self._read()

    @classmethod
    def load(cls, path: Path) -> "ServiceKeys":
        """From a key file. Raises ConfigError where it is missing, open to others or broken."""
        return cls(path)

    @property
    def active_id(self) -> str:
        """The id of the key under which new rows are put."""
        return self._keys[0].key_id

    def wrap(self, row_key: bytes) -> bytes:
        """A row key under the active service key: `key id (4) | nonce (12) | ciphertext`.

        The nonce is random: 96 bits, and a service key wraps far fewer than 2**32 row keys in its life.
        """
        key_id = self.active_id
        nonce = os.urandom(_NONCE)
        marked = bytes.fromhex(key_id)
        return marked + nonce + self._ciphers[key_id].encrypt(nonce, row_key, b"row key|" + marked)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The row key again. Raises UnknownKey, SealBroken."""
        marked, nonce, sealed = wrapped[:_ID], wrapped[_ID : _ID + _NONCE], wrapped[_ID + _NONCE :]
        try:
            return self._cipher(marked.hex()).decrypt(nonce, sealed, b"row key|" + marked)
        except (InvalidTag, ValueError):  # ValueError: cut off within the nonce
            raise SealBroken from None

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same row key under the active service key."""
        return self.wrap(self.unwrap(wrapped))

    def purpose_keys(self, label: bytes) -> list[tuple[str, bytes]]:
        """A key for another purpose out of each service key, the active one's first."""
        return [(key.key_id, derived(key.secret.reveal(), label)) for key in self._keys]

    def key_ids(self) -> list[str]:
        """All ids, the active one's first."""
        return [key.key_id for key in self._keys]

    def _cipher(self, key_id: str) -> AESGCM:
        if key_id not in self._ciphers:
            # Another process may have rotated the keys since this one started.
            self._read()
        if key_id not in self._ciphers:
            raise UnknownKey(key_id)
        return self._ciphers[key_id]

    def _read(self) -> None:
        with self._lock:
            keys = _keys_of(self._path, "service")
            self._ciphers = {
                key.key_id: AESGCM(derived(key.secret.reveal(), b"service/wrap")) for key in keys
            }
            self._keys = keys


class PepperRing:
    """The peppers, the active one first. Retired ones stay as long as there are cases opened under them."""

    def __init__(self, peppers: list[SecretBytes]) -> None:
        self._peppers = peppers
        self._derived: dict[bytes, list[bytes]] = {}

    @classmethod
    def load(cls, path: Path) -> "PepperRing":
        """From a key file. Raises ConfigError where it is missing, open to others or broken."""
        return cls([key.secret for key in _keys_of(path, "pepper")])

    def all(self) -> list[SecretBytes]:
        """Every pepper, the active one first."""
        return list(self._peppers)

    def purpose_keys(self, label: bytes) -> list[bytes]:
        """A key for another purpose out of each pepper, the active one's first. Derived once: peppers stay."""
        if label not in self._derived:
            self._derived[label] = [derived(pepper.reveal(), label) for pepper in self._peppers]
        return self._derived[label]


def _keys_of(path: Path, wanted: Kind) -> list[Key]:
    kind, keys = read_key_file(path)
    if kind != wanted:
        raise ConfigError(
            "VLT-E006",
            f"{path} holds {kind} keys, not {wanted} keys",
            "put each key file back under its own name",
        )
    return keys
