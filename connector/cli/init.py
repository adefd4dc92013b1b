"""`tipbridge init`: a first configuration that runs at once."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from connector.config.initial import Answers, write_initial
from connector.vault.key_files import create_key_file


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--yes", is_flag=True, help="Take every default and ask nothing.")
def init(directory: Path, yes: bool) -> None:
    """Write DIRECTORY/config.yaml and the key files. Overwrites nothing."""
    answers = Answers()
    if not yes and sys.stdin.isatty():
        answers = Answers(
            school_id=click.prompt("Short name of the school (a-z, 0-9, -)", default=answers.school_id),
            school_name=click.prompt("Name of the school", default=answers.school_name),
            timezone=click.prompt("Time zone", default=answers.timezone),
        )
    today = datetime.now(UTC).date()
    path = write_initial(directory, answers, lambda path, kind: create_key_file(path, kind, today))
    click.echo(f"wrote {path}")
    click.echo(f"next: tipbridge -c {path} check, then tipbridge -c {path} run")
