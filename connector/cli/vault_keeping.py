"""`tipbridge vault hold, release, shred, custodians, shares, adopt`: what is kept, by whom, and for how long."""

from pathlib import Path

import click

from connector.cli.files import must_not_exist, read_file, write_new
from connector.cli.setting import show_json
from connector.cli.vault_setting import CASE, LINE, ready
from connector.domain.case import CaseNumber
from connector.vault.custodians import PublicFile
from connector.vault.paper import grouped

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("case", type=CASE)
@click.option("--by", required=True, type=LINE, help="Who decides.")
@click.option("--reason", required=True, type=LINE, help="Why: it goes into the log.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def hold(context: click.Context, case: CaseNumber, by: str, reason: str, as_json: bool) -> None:
    """Keep everything of CASE whatever its age (legal hold)."""
    done = ready(context).retaining.hold(case, by, reason)
    words = f"case {case} is held" if done else f"case {case} was held already"
    _say(words, {"case": case, "held": True, "changed": done}, as_json=as_json)


@click.command()
@click.argument("case", type=CASE)
@click.option("--by", required=True, type=LINE, help="Who decides.")
@click.option("--reason", required=True, type=LINE, help="Why: it goes into the log.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def release(context: click.Context, case: CaseNumber, by: str, reason: str, as_json: bool) -> None:
    """End the hold on CASE: from now on its age counts again."""
    done = ready(context).retaining.release(case, by, reason)
    words = f"case {case} is no longer held" if done else f"case {case} was not held"
    _say(words, {"case": case, "held": False, "changed": done}, as_json=as_json)


@click.command()
@click.argument("case", type=CASE)
@click.option("--by", required=True, type=LINE, help="Who decides.")
@click.option("--reason", required=True, type=LINE, help="Why: it goes into the log.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def shred(context: click.Context, case: CaseNumber, by: str, reason: str, as_json: bool) -> None:
    """Destroy what is sealed of CASE, for good."""
    ready(context).retaining.shred(case, by, reason)
    _say(f"what was sealed of case {case} is destroyed", {"case": case, "shredded": True}, as_json=as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def custodians(context: click.Context, as_json: bool) -> None:
    """List who holds shares: the custodians of today, and former ones that still do."""
    app = ready(context)
    current = {one.fingerprint for one in app.custodians.custodians} if app.custodians else set()
    with app.store.read() as tx:
        known = tx.vault.known()
        rows = [
            {
                "name": PublicFile.parse(data).name,
                "fingerprint": fingerprint,
                "current": fingerprint in current,
                "shares": tx.vault.count_held_by(fingerprint),
            }
            for fingerprint, data in sorted(known.items())
        ]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        word = "custodian" if row["current"] else "former"
        click.echo(f"{row['name']}: {word}, {row['shares']} shares, {grouped(str(row['fingerprint']))}")
    if not rows:
        click.echo("There are no custodians; docs/custodians.md says how to begin.")


@click.command()
@click.argument("name")
@click.option("--by", required=True, type=LINE, help="Who does it: it goes into the log.")
@click.option("-o", "--output", required=True, type=_PATH, help="The shares, for the custodian who leaves.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def shares(context: click.Context, name: str, by: str, output: Path, as_json: bool) -> None:
    """Write all shares of custodian NAME into a file, still sealed: for `custodian hand-over`."""
    must_not_exist(output)
    found = ready(context).handing_over.shares_of(name, by)
    write_new(output, found.to_bytes())
    words = f"{len(found.shares)} shares of {name}: {output}. Only {name} can open them."
    _say(words, {"custodian": name, "shares": len(found.shares), "file": str(output)}, as_json=as_json)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--by", required=True, type=LINE, help="Who does it: it goes into the log.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def adopt(context: click.Context, file: Path, by: str, as_json: bool) -> None:
    """Take in FILE, which `custodian hand-over` wrote: the successor takes the place of who handed over."""
    count = ready(context).handing_over.adopt(read_file(file), by)
    words = f"{count} shares have a new holder. Name the successor in vault.custodians, too."
    _say(words, {"shares": count}, as_json=as_json)


def _say(words: str, result: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        show_json(result)
    else:
        click.echo(words)
