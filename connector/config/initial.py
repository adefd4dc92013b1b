"""The first configuration: what `tipbridge init` writes. It runs as it is, with the practice helpdesk."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connector.config.initial_text import Answers, initial_text
from connector.config.problems import ConfigErrors, refused

__all__ = ["Answers", "CreateKey", "initial_text", "write_initial"]

CreateKey = Callable[[Path, str], object]
"""Writes a key file of a kind (`service`, `pepper`) with mode 0600; fails where the file exists."""

_KEYS = ("service", "pepper")


def write_initial(directory: Path, answers: Answers, create_key: CreateKey) -> Path:
    """Write `config.yaml` and `data/keys/{service,pepper}.key` below `directory`, all or nothing.

    Returns the path of the config. Raises ConfigErrors where one of the files is there already (nothing is
    overwritten), where the directory cannot be written, or for answers that could not be loaded again.
    """
    text = initial_text(answers)
    config = directory / "config.yaml"
    keys = directory / "data" / "keys"
    wanted = [config, *(keys / f"{kind}.key" for kind in _KEYS)]
    for path in wanted:
        if os.path.lexists(path):
            raise refused(
                "CFG-E040", f"{path}: is there already", "choose another directory; nothing was changed"
            )
    _make_directories(directory, keys.parent, keys)
    try:
        with _all_or_nothing() as made:
            for kind in _KEYS:
                create_key(keys / f"{kind}.key", kind)
                made.append(keys / f"{kind}.key")
            # Last, because a directory with a config counts as set up.
            _write_new(config, text)
    except FileExistsError:
        raise refused(
            "CFG-E040", f"{directory}: somebody else is setting it up", "see what they did"
        ) from None
    except OSError as error:
        raise _not_writable(directory, error) from None
    return config


def _make_directories(directory: Path, *private: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for path in private:
            path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _not_writable(directory, error) from None


def _not_writable(directory: Path, error: OSError) -> ConfigErrors:
    what = f"{directory}: cannot be written ({error.strerror})"
    return refused("CFG-E041", what, "choose a directory that this account may write")


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """Take away the files noted in the list if the block fails."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise


def _write_new(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all, and never replaces one."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        # A link, unlike a rename, fails where the name is taken.
        os.link(part, path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
