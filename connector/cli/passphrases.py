"""Passphrases: from a file, from TIPBRIDGE_PASSPHRASE, or asked for at a terminal."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from connector.cli.files import read_file
from connector.vault.passphrase import SHORTEST

VARIABLE = "TIPBRIDGE_PASSPHRASE"


def passphrase_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option by which a command takes a passphrase."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        help=f"Its first line is the passphrase. Else {VARIABLE}, else it is asked for.",
    )(command)


def known_passphrase(file: Path | None, what: str) -> str:
    """The passphrase of something that exists."""
    return _given(file) or _asked(f"Passphrase of {what}", confirm=False)


def new_passphrase(file: Path | None, what: str) -> str:
    """A passphrase for something new: long enough, and typed twice."""
    found = _given(file) or _asked(
        f"New passphrase for {what} (at least {SHORTEST} characters)", confirm=True
    )
    if len(found) < SHORTEST:
        raise click.UsageError(f"a passphrase has at least {SHORTEST} characters; four random words are good")
    return found


def _given(file: Path | None) -> str | None:
    if file is not None:
        lines = read_file(file).decode("utf-8", "replace").splitlines()
        if not lines or not lines[0]:
            raise click.UsageError(f"{file} is empty; its first line must be the passphrase")
        return lines[0]
    return os.environ.get(VARIABLE) or None


def _asked(prompt: str, *, confirm: bool) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"no passphrase: name --passphrase-file, or set {VARIABLE}")
    asked: str = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    return asked
