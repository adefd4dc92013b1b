"""`tipbridge outbox`: what waits for a helpdesk. Shows no content."""

import click
from rich.console import Console
from rich.table import Table

from connector.cli.setting import application, show_json
from connector.services.alarms import ROW_FAILING, ROW_SET_ASIDE


@click.group()
def outbox() -> None:
    """Look at what waits to be delivered, and decide on what was set aside."""


@outbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def list_rows(context: click.Context, as_json: bool) -> None:
    """List rows that are not delivered, most pressing first."""
    store = application(context).store
    with store.read() as tx:
        rows = tx.outbox.overview()
        numbers = {row.case_id: tx.cases.by_id(row.case_id) for row in rows}
    listed = [
        {
            "row": row.row_id,
            "case": case.number if (case := numbers[row.case_id]) else None,
            "helpdesk": row.helpdesk,
            "kind": row.kind,
            "state": row.state,
            "urgency": row.urgency.word,
            "attempts": row.attempts,
            "since": row.created_at.isoformat(),
            "next_try": row.due_at.isoformat(),
            "problem": row.problem,
        }
        for row in rows
    ]
    if as_json:
        show_json(listed)
        return
    if not listed:
        click.echo("Nothing waits.")
        return
    table = Table(*[heading.replace("_", " ") for heading in listed[0]], box=None)
    for entry in listed:
        table.add_row(*["" if value is None else str(value) for value in entry.values()])
    Console(width=160).print(table)


@outbox.command()
@click.argument("row", type=int)
@click.pass_context
def retry(context: click.Context, row: int) -> None:
    """Send ROW at once, also if it was set aside."""
    app = application(context)
    with app.store.write() as tx:
        released = tx.outbox.release(row, app.clock.now())
    if not released:
        click.echo(f"row {row} is not waiting: it is delivered, being sent, or does not exist", err=True)
        context.exit(1)
    for alarm in (ROW_SET_ASIDE, ROW_FAILING):
        app.alarms.close(alarm, str(row))
    click.echo(f"row {row} is sent at the next opportunity")


@outbox.command()
@click.argument("row", type=int)
@click.pass_context
def park(context: click.Context, row: int) -> None:
    """Set ROW aside by hand; it stays, with an alarm, until `retry`."""
    app = application(context)
    with app.store.write() as tx:
        parked = tx.outbox.park(row, "set aside by the operator")
    if not parked:
        click.echo(
            f"row {row} is not waiting: it is delivered, being sent, set aside already, or does not exist",
            err=True,
        )
        context.exit(1)
    app.alarms.open(ROW_SET_ASIDE, str(row))
    click.echo(f"row {row} is set aside")
