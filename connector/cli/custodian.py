"""`tipbridge custodian`: on a custodian's own machine, without configuration, network or database."""

import os
import sys
from pathlib import Path

import click

from connector.cli.files import must_not_exist, read_file, write_new
from connector.cli.passphrases import known_passphrase, new_passphrase, passphrase_option
from connector.cli.setting import show_json
from connector.clock import SystemClock
from connector.vault.crossing import FileBroken
from connector.vault.custodians import SEED, CustodianKeys, KeyFile, PublicFile
from connector.vault.handover import OwnShares, hand_over
from connector.vault.paper import from_words, grouped, page, words_of
from connector.vault.passphrase import PassphraseCost
from connector.vault.requests import Approval, NotYours, Request, approve, deny
from connector.vault.seal_keys import best_algorithm
from connector.vault.secret import SecretBytes

_PATH = click.Path(path_type=Path)


@click.group()
def custodian() -> None:
    """Make a custodian's keys, and answer requests with them. Needs no network: use a machine you trust."""


@custodian.command()
@click.option(
    "--name", required=True, help="A short name, as superintendent. It becomes the name of the files."
)
@click.option("-o", "--output", "directory", type=_PATH, default=Path(), help="Where the files go.")
@click.option("--from-paper", type=_PATH, help="Bring a key back from its 24 words.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@passphrase_option
def init(
    name: str, directory: Path, from_paper: Path | None, as_json: bool, passphrase_file: Path | None
) -> None:
    """Make keys: NAME.pub to hand in, NAME.key to keep, NAME.paper.txt to print and lock away."""
    public, secret, paper = (directory / f"{name}.{ending}" for ending in ("pub", "key", "paper.txt"))
    must_not_exist(public, secret, *([] if from_paper else [paper]))
    seed = (
        SecretBytes(os.urandom(SEED))
        if from_paper is None
        else from_words(words_of(read_file(from_paper).decode("utf-8", "replace")))
    )
    try:
        keys = CustodianKeys(name, seed, best_algorithm())
        handed_in = keys.public_file
    except ValueError:
        raise click.UsageError("a name has 1 to 40 letters, digits, dots, - or _") from None
    key_file = keys.key_file(new_passphrase(passphrase_file, secret.name), PassphraseCost())
    write_new(secret, key_file.to_bytes())
    if from_paper is None:
        write_new(paper, page(name, handed_in.fingerprint, seed).encode())
    write_new(public, handed_in.to_bytes(), secret=False)
    if as_json:
        files = {"public": str(public), "key": str(secret), "paper": None if from_paper else str(paper)}
        show_json({"name": name, "fingerprint": handed_in.fingerprint, **files})
        return
    click.echo(f"Fingerprint of {name}: {grouped(handed_in.fingerprint)}")
    click.echo(f"Hand in:   {public}")
    click.echo(f"Keep:      {secret} (under your passphrase)")
    if from_paper is None:
        click.echo(f"Print, lock away, then remove the file: {paper}")


@custodian.command()
@click.argument("public", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def fingerprint(public: Path, as_json: bool) -> None:
    """Show whose PUBLIC file this is, and its fingerprint: to be compared aloud."""
    file = PublicFile.parse(read_file(public))
    file.public()
    if as_json:
        show_json({"name": file.name, "fingerprint": file.fingerprint})
    else:
        click.echo(f"{file.name}: {grouped(file.fingerprint)}")


@custodian.command("approve")
@click.argument("request", type=_PATH)
@click.option("--key", required=True, type=_PATH, help="Your NAME.key.")
@click.option("-o", "--output", required=True, type=_PATH, help="The approval, to be handed back.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@passphrase_option
def approve_command(
    request: Path, key: Path, output: Path, yes: bool, as_json: bool, passphrase_file: Path | None
) -> None:
    """Read REQUEST, and hand your share to who asks. It serves this one request only."""
    asked = _shown(request)
    must_not_exist(output)
    if asked.expires <= SystemClock().now():
        raise NotYours("this request has expired; they have to make a new one")
    if sys.stdin.isatty() and not yes:
        click.confirm("Do you approve? Deny with: tipbridge custodian deny", abort=True, err=True)
    keys = _unlocked(key, passphrase_file)
    _answer(output, approve(asked, keys, SystemClock().now()), as_json=as_json)


@custodian.command("deny")
@click.argument("request", type=_PATH)
@click.option("--key", required=True, type=_PATH, help="Your NAME.key.")
@click.option("--reason", required=True, help="Why not: it goes into the log.")
@click.option("-o", "--output", required=True, type=_PATH, help="The denial, to be handed back.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@passphrase_option
def deny_command(
    request: Path, key: Path, reason: str, output: Path, as_json: bool, passphrase_file: Path | None
) -> None:
    """Read REQUEST, and say no. Nothing of your share leaves."""
    asked = _shown(request)
    must_not_exist(output)
    keys = _unlocked(key, passphrase_file)
    try:
        denial = deny(asked, keys, SystemClock().now(), reason)
    except ValueError:
        raise click.UsageError("a reason is one line of at most 500 characters") from None
    _answer(output, denial, as_json=as_json)


@custodian.command("hand-over")
@click.argument("shares", type=_PATH)
@click.option("--key", required=True, type=_PATH, help="Your NAME.key.")
@click.option("--to", "successor", required=True, type=_PATH, help="The successor's .pub file.")
@click.option("-o", "--output", required=True, type=_PATH, help="The hand-over file, to be handed back.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@passphrase_option
def hand_over_command(
    shares: Path, key: Path, successor: Path, output: Path, as_json: bool, passphrase_file: Path | None
) -> None:
    """Seal all your shares (the file that `vault shares` wrote) to your successor."""
    given, to = OwnShares.parse(read_file(shares)), PublicFile.parse(read_file(successor))
    must_not_exist(output)
    click.echo(f"Successor {to.name}: {grouped(to.fingerprint)}. Compare it with them.", err=True)
    keys = _unlocked(key, passphrase_file)
    write_new(output, hand_over(given, keys, to).to_bytes())
    if as_json:
        show_json(
            {"shares": len(given.shares), "to": to.name, "fingerprint": to.fingerprint, "file": str(output)}
        )
    else:
        click.echo(f"{len(given.shares)} shares for {to.name}: {output}")


def _unlocked(path: Path, passphrase_file: Path | None) -> CustodianKeys:
    file = KeyFile.parse(read_file(path))
    return file.unlocked(known_passphrase(passphrase_file, path.name))


def _shown(path: Path) -> Request:
    """Read a request and say what it asks for, before anything is answered."""
    try:
        asked = Request.parse(read_file(path))
    except FileBroken:
        raise FileBroken(Request.kind) from None
    for line in (
        f"Request about case {asked.case}: {'who sent it' if asked.what == 'identity' else 'its sealed files'}",
        f"Asked by: {asked.by}, {asked.requested_at}",
        *asked.grounds.lines(),
        f"Valid until: {asked.expires_at}. {asked.quorum} approvals are needed.",
        f"Request: {grouped(asked.digest[:16]).replace(' ', '-')}",
    ):
        click.echo(line, err=True)
    return asked


def _answer(path: Path, answer: Approval, *, as_json: bool) -> None:
    write_new(path, answer.to_bytes())
    if as_json:
        show_json({"decision": answer.decision, "custodian": answer.custodian, "file": str(path)})
        return
    word = "Approval" if answer.decision == "approve" else "Denial"
    click.echo(f"{word} of {answer.custodian}: {path}. Hand it back to who asked.")
