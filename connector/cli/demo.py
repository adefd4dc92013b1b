"""`tipbridge demo`: the whole show on one machine, with the practice helpdesk."""

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.cli.running import run_family
from connector.config import load_config
from connector.config.initial import Answers, initial_text, write_initial
from connector.log import configure_logging
from connector.practice import read_state
from connector.processes import free_port
from connector.registry import Registry
from connector.vault.key_files import create_key_file


@click.command()
@click.option(
    "--port",
    type=int,
    default=8080,
    show_default=True,
    help="Tips here, practice helpdesk on the next; 0: any.",
)
@click.option(
    "--dir", "directory", type=click.Path(path_type=Path, file_okay=False), help="Where to keep the data."
)
@click.option("--seconds", type=float, default=None, help="End by itself after so many seconds.")
def demo(port: int, directory: Path | None, seconds: float | None) -> None:
    """Start Tipbridge with a practice helpdesk and say what to click."""
    configure_logging()
    directory = (directory or Path(tempfile.mkdtemp(prefix="tipbridge-demo-"))).resolve()
    ports = [port, port + 1, port + 3] if port else [free_port() for _ in range(3)]
    app = _prepared(directory, ports)
    refuse_to_start(app, create=True)

    def announce(_line: str) -> None:
        state = read_state(app.config.data_dir) or {}
        found = {
            "tips": f"http://127.0.0.1:{ports[0]}/",
            "helpdesk": state.get("url"),
            "sink": None,
            "staff": state.get("staff"),
        }
        target = directory / "demo.json"
        with open(
            os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(found, file, indent=2)
        click.echo(_words(found, target))

    if not run_family(app, directory / "config.yaml", seconds, announce, ports[1]):
        sys.exit(2)


def _prepared(directory: Path, ports: list[int]) -> Application:
    today = datetime.now(UTC).date()
    path = directory / "config.yaml"
    answers = Answers(
        school_name="Practice High School",
        listen=f"127.0.0.1:{ports[0]}",
        admin_listen=f"127.0.0.1:{ports[2]}",
        poll_every="5s",
    )
    if path.exists():
        # The ports may be others than last time; everything else in the directory stays.
        path.write_text(initial_text(answers), encoding="utf-8")
    else:
        write_initial(directory, answers, lambda key, kind: create_key_file(key, kind, today))
    return build(load_config(path, Registry.discover(), os.environ))


def _words(found: dict[str, object], target: Path) -> str:
    staff = found["staff"]
    login = f"{staff['user']} / {staff['password']}" if isinstance(staff, dict) else "see the helpdesk's page"
    return "\n".join(
        [
            "",
            "Tipbridge is running, with a helpdesk for practice. Two minutes:",
            "",
            f"  1. Be a student:  {found['tips']}",
            "     Tell us -> write something -> Send. Keep the code.",
            f"  2. Be the school: {found['helpdesk']}",
            f"     Log in as {login}. Open the ticket, write a public answer.",
            "  3. Be the student again: I have a code. The answer is there. Write back.",
            "  4. The school's ticket shows it.",
            "",
            f"These addresses are also in {target}. Nothing here is sent to anybody. Ctrl-C ends it.",
            "",
        ]
    )
