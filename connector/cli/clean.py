"""`tipbridge clean FILE... -o DIR`: what happens to a reporter's file, for anybody's files. Needs no config."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from connector.bootstrap import file_cleaner
from connector.cleaning import Cleaned, Cleaner, Refused, Upload
from connector.cli.setting import show_json
from connector.config import load_cleaning
from connector.domain.blob import PIECE


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file on this machine."""

    path: Path
    size: int

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        with self.path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where clean files go.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def clean(context: click.Context, files: tuple[Path, ...], output: Path, as_json: bool) -> None:
    """Clean FILES as a reporter's files are cleaned: into new files, under new names. Exit code 1 if one is refused."""
    output.mkdir(parents=True, exist_ok=True)
    cleaner = file_cleaner(load_cleaning(context.obj))
    try:
        told = list(_shown(cleaner, files, output))
    finally:
        cleaner.close()
    if as_json:
        show_json(told)
    else:
        for entry in told:
            click.echo(_line(entry))
    context.exit(0 if all(entry["accepted"] for entry in told) else 1)


def _shown(cleaner: Cleaner, files: tuple[Path, ...], output: Path) -> Iterator[dict[str, Any]]:
    """Each file's entry in order. On a terminal a bar shows how far it is."""
    console = Console(stderr=True)
    hidden = not console.is_terminal or len(files) < 2
    with (
        Progress(console=console, disable=hidden, transient=True) as progress,
        ThreadPoolExecutor(os.cpu_count() or 1) as hands,
    ):
        bar = progress.add_task("cleaning", total=len(files))
        numbers = range(1, len(files) + 1)
        for entry in hands.map(lambda number, path: _one(cleaner, number, path, output), numbers, files):
            progress.advance(bar)
            yield entry


def _one(cleaner: Cleaner, number: int, path: Path, output: Path) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "file": str(path),
        "accepted": False,
        "name": None,
        "removed": [],
        "reason": None,
    }
    result = cleaner.clean_one(Upload(OnDisk(path, path.stat().st_size)))
    match result:
        case Refused():
            return entry | {"reason": result.reason}
        case Cleaned():
            # Nothing of the old name is kept: it says who, when and where.
            name = f"{result.noun}-{number}.{result.extension}"
            _write(output / name, result)
            return entry | {"accepted": True, "name": name, "removed": list(result.removed)}


def _write(path: Path, result: Cleaned) -> None:
    try:
        with path.open("xb") as file:
            for piece in result.pieces():
                file.write(piece)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; name another directory") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None


def _line(entry: dict[str, Any]) -> str:
    if not entry["accepted"]:
        return f"{entry['file']}: refused. {entry['reason']}"
    removed = ", ".join(entry["removed"]) or "nothing was hidden in it"
    return f"{entry['file']}: {entry['name']}; taken out: {removed}"
