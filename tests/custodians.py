"""Custodians for tests: three people with keys, what they hand in, and what they do with a request."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connector.vault.custodians import CustodianKeys
from connector.vault.requests import Request, approve, deny
from connector.vault.seal_keys import HYBRID
from connector.vault.secret import SecretBytes

PASSPHRASE = "correct horse battery staple"


@dataclass
class Custodians:
    """A quorum among people, each with keys of their own."""

    quorum: int
    keys: dict[str, CustodianKeys]
    directory: Path

    @classmethod
    def made(cls, directory: Path, quorum: int = 2, count: int = 3) -> "Custodians":
        """So many people, their public files handed in."""
        directory.mkdir(parents=True, exist_ok=True)
        made = cls(quorum, {}, directory)
        for number in range(1, count + 1):
            made.join(f"custodian-{number}")
        return made

    def join(self, name: str) -> CustodianKeys:
        """Somebody becomes a custodian."""
        keys = CustodianKeys(name, SecretBytes(os.urandom(32)), HYBRID)
        self.keys[name] = keys
        self.public_path(name).write_bytes(keys.public_file.to_bytes())
        return keys

    def public_path(self, name: str) -> Path:
        """Where somebody's public file is."""
        return self.directory / f"{name}.pub"

    @property
    def section(self) -> dict[str, Any]:
        """The section `vault` of a config."""
        paths = {name: f"file:{self.public_path(name)}" for name in self.keys}
        return {"quorum": self.quorum, "custodians": paths}

    @property
    def names(self) -> list[str]:
        """Who they are."""
        return list(self.keys)

    def approvals(self, request: Request, at: datetime, *names: str) -> list[bytes]:
        """The approvals of these people, or of as many as are needed."""
        chosen = names or tuple(self.names[: self.quorum])
        return [approve(request, self.keys[name], at).to_bytes() for name in chosen]

    def denial(self, request: Request, at: datetime, name: str) -> bytes:
        """Somebody says no."""
        return deny(request, self.keys[name], at, "not convincing").to_bytes()
