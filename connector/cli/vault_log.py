"""`tipbridge vault log`: read it, check it, take its head away, export a case for a court."""

import json
from pathlib import Path
from typing import Any

import click

from connector.checks import refuse_to_start
from connector.cli.files import read_file, write_new
from connector.cli.setting import application, show_json
from connector.domain.case import parse_case_number
from connector.vault.audit import Head
from connector.vault.paper import grouped

_PATH = click.Path(path_type=Path)


@click.command()
@click.option(
    "--verify", is_flag=True, help="Check the whole chain; exit 1 and the first bad entry if it is broken."
)
@click.option("--against", type=_PATH, help="With --verify: a head that was kept elsewhere.")
@click.option("--head", is_flag=True, help="Show the end of the chain, to be kept elsewhere.")
@click.option(
    "--export", "case", metavar="CASE", help="The chain as JSON lines; entries of other cases redacted."
)
@click.option("-o", "--output", type=_PATH, help="Write to a new file instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def log(
    context: click.Context,
    verify: bool,
    against: Path | None,
    head: bool,
    case: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show the audit log: every request, refusal, opening, hold and shredding."""
    app = application(context)
    refuse_to_start(app, create=True)
    if head:
        now = app.auditing.head()
        _out(output, json.dumps({"seq": now.seq, "hash": now.hash.hex()}) + "\n")
    elif verify:
        broken = app.auditing.verify(_kept(against))
        if as_json:
            show_json({"holds": broken is None, "entry": broken and broken.seq, "why": broken and broken.why})
        else:
            click.echo("the log holds" if broken is None else f"broken at entry {broken.seq}: {broken.why}")
        context.exit(0 if broken is None else 1)
    elif case is not None:
        try:
            number = parse_case_number(case.removeprefix("TIP-"))
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        _out(output, "".join(json.dumps(link, sort_keys=True) + "\n" for link in app.auditing.export(number)))
    elif as_json:
        show_json(list(app.auditing.entries()))
    else:
        for entry in app.auditing.entries():
            click.echo(f"{entry['seq']:6d}  {entry.get('at', '')}  {entry['event']:<10} {_about(entry)}")


_SHOWN = ("case", "by", "approved_by", "what", "why", "reason", "name", "old", "new", "fingerprint", "count")


def _about(entry: dict[str, Any]) -> str:
    shown = {name: entry[name] for name in _SHOWN if name in entry}
    if "request" in entry:
        # As custodians have seen it when they approved.
        shown["request"] = grouped(entry["request"][:16]).replace(" ", "-")
    return " ".join(
        f"{name}={','.join(value) if isinstance(value, list) else value}" for name, value in shown.items()
    )


def _kept(path: Path | None) -> Head | None:
    if path is None:
        return None
    try:
        fields = json.loads(read_file(path))
        return Head(int(fields["seq"]), bytes.fromhex(fields["hash"]))
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(f"{path} holds no head; it is what vault log --head wrote") from None


def _out(path: Path | None, text: str) -> None:
    if path is None:
        click.echo(text, nl=False)
    else:
        write_new(path, text.encode())
        click.echo(f"{path} is written", err=True)
