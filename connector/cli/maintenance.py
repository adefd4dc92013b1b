"""`tipbridge db upgrade` and `tipbridge keys rotate`."""

import click

from connector.cli.setting import application
from connector.services.rotating import rotate_pepper, rotate_service_key
from connector.store.upgrade import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@click.pass_context
def upgrade_command(context: click.Context) -> None:
    """Bring the database to the schema this version needs. Safe to repeat."""
    upgrade(application(context).store)
    click.echo("the database is up to date")


@click.group()
def keys() -> None:
    """The key files."""


@keys.command()
@click.option("--pepper", is_flag=True, help="Also draw a new pepper for the codes of new cases.")
@click.pass_context
def rotate(context: click.Context, pepper: bool) -> None:
    """Draw a new service key and put everything that waits under it.

    Run it while Tipbridge is stopped, or restart Tipbridge afterwards: a process knows only the keys it read at start.
    """
    app = application(context)
    count = rotate_service_key(app.store, app.config.keys_dir / "service.key", app.clock)
    click.echo(f"new service key; {count} waiting rows were put under it")
    if pepper:
        rotate_pepper(app.config.keys_dir / "pepper.key", app.clock)
        click.echo("new pepper; the old one stays for the cases that were opened under it")
