"""Files that commands read and write: never over an existing one, secret ones for their owner alone."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

_LARGEST = 1_000_000_000


def read_file(path: Path) -> bytes:
    """What is in a file; a clear error where it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise click.ClickException(f"{path} is too large to be what is asked for")
        return path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None


def write_new(path: Path, data: bytes | Iterable[bytes], *, secret: bool = True) -> None:
    """Write a file that must not be there yet; on the disk when this returns."""
    mode = 0o600 if secret else 0o644
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise click.ClickException(
            f"{path} is there already; nothing was written over it. Name another file, or move it away"
        ) from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None
    with open(handle, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())


def must_not_exist(*paths: Path) -> None:
    """Say so before anything is made, if one of these is there already."""
    for path in paths:
        if path.exists():
            raise click.ClickException(f"{path} is there already; name another file, or move it away")
