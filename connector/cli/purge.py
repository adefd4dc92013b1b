"""`tipbridge purge`: what has reached its age goes, now instead of within the hour."""

import click

from connector.checks import refuse_to_start
from connector.cli.setting import application, show_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def purge(context: click.Context, as_json: bool) -> None:
    """Destroy identities and mailboxes that have reached their age (retention). A legal hold stops it."""
    app = application(context)
    refuse_to_start(app, create=True)
    done = app.retaining.purge()
    if as_json:
        show_json({"identities": done.identities, "mailboxes": done.mailboxes})
        return
    click.echo(f"{done.identities} identities destroyed, {done.mailboxes} mailboxes removed")
