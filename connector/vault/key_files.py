"""Key files: small, readable, for their owner alone.

tipbridge key file 1 service
3f9c01d2 2026-11-24 active  <64 hex digits>
77ab54e0 2026-05-02 retired <64 hex digits>
"""

import os
import secrets
import stat
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from connector.errors import ConfigError
from connector.vault.derivation import KEY_BYTES
from connector.vault.secret import SecretBytes

Kind = Literal["service", "pepper"]
_HEADER = "tipbridge key file 1"
_ID_BYTES = 4
_KINDS: dict[str, Kind] = {f"{_HEADER} service": "service", f"{_HEADER} pepper": "pepper"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a file. `key_id` may be shown; it says nothing of the key."""

    key_id: str
    created: date
    active: bool
    secret: SecretBytes = field(repr=False)


def create_key_file(path: Path, kind: str, today: date) -> None:
    """Write a new key file of a kind (`service`, `pepper`) with one key (0600). Raises ConfigError where there is one."""
    if path.exists():
        raise ConfigError(
            "VLT-E001", f"the key file {path} exists already", "remove it yourself if you mean it"
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, _KINDS[f"{_HEADER} {kind}"], [_new_key(today)])


def read_key_file(path: Path) -> tuple[Kind, list[Key]]:
    """The keys of a file, the active one first. Raises ConfigError where it is missing, open to others, or broken."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise ConfigError(
            "VLT-E002",
            f"the key file {path} is missing",
            "bring it back from its safe place, or run tipbridge init",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            "VLT-E003", f"the key file {path} cannot be read", "check its owner and content"
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise ConfigError("VLT-E004", f"the key file {path} is open to others", f"run chmod 600 {path}")
    try:
        return _parsed(text)
    except (ValueError, KeyError):
        raise ConfigError(
            "VLT-E005", f"{path} is not a key file of this version", "bring it back from its safe place"
        ) from None


def rotate(path: Path, today: date) -> None:
    """Add a new active key; the one before is retired but stays."""
    kind, keys = read_key_file(path)
    _write(path, kind, [_new_key(today), *(replace(key, active=False) for key in keys)])


def drop_retired(path: Path, still_needed: set[str]) -> int:
    """Remove retired keys that nothing needs, always keeping the one retired last; how many that were.

    The last one stays because a process that has not been restarted yet may still be sealing with it.
    """
    kind, keys = read_key_file(path)
    kept = [key for place, key in enumerate(keys) if place < 2 or key.key_id in still_needed]
    if len(kept) < len(keys):
        _write(path, kind, kept)
    return len(keys) - len(kept)


def _new_key(today: date) -> Key:
    return Key(secrets.token_hex(_ID_BYTES), today, True, SecretBytes(secrets.token_bytes(KEY_BYTES)))


def _parsed(text: str) -> tuple[Kind, list[Key]]:
    header, *lines = text.splitlines()
    keys = []
    for line in lines:
        key_id, created, state, secret = line.split()
        value = bytes.fromhex(secret)
        if len(value) != KEY_BYTES or len(bytes.fromhex(key_id)) != _ID_BYTES:
            raise ValueError
        if state not in ("active", "retired"):
            raise ValueError
        keys.append(Key(key_id, date.fromisoformat(created), state == "active", SecretBytes(value)))
    if [key.active for key in keys] != [True] + [False] * (len(keys) - 1):
        raise ValueError
    if len({key.key_id for key in keys}) != len(keys):
        raise ValueError
    return _KINDS[header], keys


def _write(path: Path, kind: Kind, keys: list[Key]) -> None:
    lines = [f"{_HEADER} {kind}"]
    for key in keys:
        state = "active " if key.active else "retired"
        lines.append(f"{key.key_id} {key.created.isoformat()} {state} {key.secret.reveal().hex()}")
    draft = path.with_suffix(".new")
    # A draft left behind by a crash is not written over: it might be open to others.
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    # Replaced in one step and synced with its folder: after a power cut there is the old file or the new one.
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
