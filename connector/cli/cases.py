"""`tipbridge cases`: what is on record about a case. No content, no identity."""

import click

from connector.cli.setting import application, show_json
from connector.domain.case import parse_case_number


@click.group()
def cases() -> None:
    """Look at a case from outside."""


@cases.command()
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def show(context: click.Context, case: str, as_json: bool) -> None:
    """Show where CASE (1234-5678) is: tickets, status, what waits."""
    try:
        number = parse_case_number(case)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    with application(context).store.read() as tx:
        found = tx.cases.by_number(number)
        tickets = tx.tickets.of_case(found.case_id) if found else []
        rows = [row for row in tx.outbox.overview() if found and row.case_id == found.case_id]
    if found is None:
        click.echo("no such case", err=True)
        context.exit(1)
    view = {
        "case": found.number,
        "school": found.school,
        "category": found.category,
        "urgency": found.urgency.word,
        "received": found.received_at.isoformat(),
        "tickets": [
            {
                "helpdesk": ticket.helpdesk,
                "reference": ticket.reference,
                "ticket": ticket.ticket_id,
                "url": ticket.url,
                "status": ticket.status.value,
                "gone": ticket.gone,
            }
            for ticket in tickets
        ],
        "waiting": [
            {"row": row.row_id, "kind": row.kind, "state": row.state, "problem": row.problem} for row in rows
        ],
    }
    if as_json:
        show_json(view)
        return
    for key in ("case", "school", "category", "urgency", "received"):
        click.echo(f"{key}: {view[key]}")
    for ticket in tickets:
        where = ticket.url or ticket.ticket_id or "not opened yet"
        click.echo(
            f"ticket {ticket.reference} at {ticket.helpdesk}: {where}, {ticket.status.value}{', gone' if ticket.gone else ''}"
        )
    for row in rows:
        click.echo(
            f"waiting: row {row.row_id} ({row.kind}, {row.state}){': ' + row.problem if row.problem else ''}"
        )
