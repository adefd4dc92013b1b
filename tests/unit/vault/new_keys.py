"""Key files as `init` makes them."""

from datetime import date
from pathlib import Path

from connector.vault.key_files import create_key_file

TODAY = date(2026, 11, 24)


def new_key_file(folder: Path, kind: str = "service") -> Path:
    """A fresh key file of a kind."""
    path = folder / f"{kind}.key"
    create_key_file(path, kind, TODAY)
    return path
