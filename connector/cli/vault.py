"""`tipbridge vault`: where the database is. No command here opens anything without the custodians."""

import os
from pathlib import Path

import click

from connector.cli.files import must_not_exist, read_file, write_new
from connector.cli.passphrases import known_passphrase, new_passphrase, passphrase_option
from connector.cli.setting import show_json
from connector.cli.vault_keeping import adopt, custodians, hold, release, shares, shred
from connector.cli.vault_log import log
from connector.cli.vault_setting import CASE, ready
from connector.domain.case import CaseNumber
from connector.errors import VaultShut
from connector.services.opening import Opened
from connector.vault.crossing import FileBroken
from connector.vault.keyring import SealBroken
from connector.vault.requests import Grounds, Request

_PATH = click.Path(path_type=Path)


@click.group()
def vault() -> None:
    """Ask for an identity, open it with k custodians, hold, shred, and look at the log."""


for command in (log, hold, release, shred, custodians, shares, adopt):
    vault.add_command(command)


@vault.command()
@click.argument("case", type=CASE)
@click.option("--ground", required=True, type=click.Choice(["court-order", "danger-to-life"]))
@click.option("--what", type=click.Choice(["identity", "files"]), default="identity", show_default=True)
@click.option("--by", required=True, help="Who asks: a person's name.")
@click.option("--order-number", help="The number of the order. Required for court-order.")
@click.option("--court", help="Which court.")
@click.option("--order-date", help="When it was made.")
@click.option("--scope", help="What it covers.")
@click.option("--return-by", help="By when the court wants an answer.")
@click.option("--reason", help="Whose life, and why now. Required for danger-to-life.")
@click.option(
    "-o", "--output", required=True, type=_PATH, help="The request; beside it goes the .opener file."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@passphrase_option
@click.pass_context
def request(
    context: click.Context,
    /,
    case: CaseNumber,
    ground: str,
    what: str,
    by: str,
    output: Path,
    as_json: bool,
    passphrase_file: Path | None,
    **details: str | None,
) -> None:
    """Ask for who is behind CASE. The answer is the same whether anything was kept or not."""
    if ground == "court-order" and not details["order_number"]:
        raise click.UsageError("a court order needs --order-number")
    if ground == "danger-to-life" and not details["reason"]:
        raise click.UsageError("danger to life needs --reason")
    opener = output.with_suffix(".opener")
    if opener == output:
        raise click.UsageError("name the request otherwise: its .opener file goes beside it")
    must_not_exist(output, opener)
    app = ready(context)
    asking = app.asking()
    passphrase = new_passphrase(passphrase_file, opener.name)
    try:
        grounds = Grounds.model_validate({"ground": ground, **details})
        asked = asking.ask(case, "files" if what == "files" else "identity", grounds, by, passphrase)
    except ValueError:
        raise click.UsageError("each of these is one line of at most 500 printable characters") from None
    write_new(output, asked.request.to_bytes())
    write_new(opener, asked.opener.to_bytes())
    if as_json:
        show_json(
            {
                "case": case,
                "request": str(output),
                "opener": str(opener),
                "expires": asked.request.expires_at,
                "quorum": asked.request.quorum,
            }
        )
        return
    click.echo(f"Request: {output}. Take it to the custodians; {asked.request.quorum} of them must approve.")
    click.echo(f"Opener:  {opener}. Keep it: without it and your passphrase no approval is of use.")
    click.echo(f"Valid until {asked.request.expires_at}.")


@vault.command("open")
@click.argument("request", type=_PATH)
@click.argument("approvals", type=_PATH, nargs=-1, required=True)
@click.option(
    "--opener", required=True, type=_PATH, help="The .opener file that was written beside the request."
)
@click.option(
    "--files", "directory", type=_PATH, help="Where sealed files go (for a request of --what files)."
)
@click.option("--json", "as_json", is_flag=True, help="The answer is JSON in any case.")
@passphrase_option
@click.pass_context
def open_command(
    context: click.Context,
    request: Path,
    approvals: tuple[Path, ...],
    opener: Path,
    directory: Path | None,
    as_json: bool,  # noqa: ARG001
    passphrase_file: Path | None,
) -> None:
    """Open REQUEST with the custodians' APPROVALS, once. The log has it before anything is shown."""
    app = ready(context)
    data = [read_file(path) for path in (request, opener, *approvals)]
    if _asks_for_files(data[0]) and directory is None:
        raise click.UsageError("this request asks for files: name a directory for them with --files")
    if directory is not None:
        _make_ready(directory)
    passphrase = known_passphrase(passphrase_file, opener.name)
    opened = app.opening.open(data[0], data[2:], data[1], passphrase)
    if _asks_for_files(data[0]) and directory is not None:
        show_json({"case": opened.case, "files": _written(opened, directory)})
    else:
        show_json({"case": opened.case, "identity": opened.identity})


def _make_ready(directory: Path) -> None:
    """Before the request is used up: it is shown once, so writing must not fail over what could be known."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(directory.iterdir()) or not os.access(directory, os.W_OK)
    except OSError:
        taken = True
    if taken:
        raise click.UsageError(f"{directory} must be an empty directory that you can write to")


def _written(opened: Opened, directory: Path) -> list[str]:
    for file in opened.files:
        try:
            write_new(directory / file.name, file.pieces())
        except SealBroken:
            raise VaultShut(
                f"{file.name} was altered where it is stored and does not open; the others before it are written. "
                "Restore the vault from a backup and make a new request"
            ) from None
    return [file.name for file in opened.files]


def _asks_for_files(request: bytes) -> bool:
    try:
        return Request.parse(request).what == "files"
    except FileBroken:
        # Opening refuses it, and the log says so.
        return False
