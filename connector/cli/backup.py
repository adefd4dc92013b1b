"""`tipbridge backup` and `tipbridge restore`."""

from pathlib import Path

import click

from connector.checks import refuse_to_start
from connector.cli.setting import application, show_json
from connector.services.shredding_list import ShreddingList

_PATH = click.Path(path_type=Path)


@click.command()
@click.option(
    "-o", "--output", "directory", required=True, type=_PATH, help="A directory for the two archives."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def backup(context: click.Context, directory: Path, as_json: bool) -> None:
    """Write two archives while everything runs: one to keep, and the vault's, which must not live long.

    Key files are in neither: keep those apart. Vault archives past their day are removed from the directory.
    """
    app = application(context)
    refuse_to_start(app, create=True)
    done = app.backing_up.back_up(directory)
    if as_json:
        show_json(
            {
                "main": str(done.main),
                "vault": str(done.vault),
                "delete_vault_after": done.delete_after.isoformat(),
                "removed": [str(path) for path in done.removed],
            }
        )
        return
    click.echo(f"To keep:            {done.main}")
    click.echo(f"Until {done.delete_after} only:  {done.vault}")
    for path in done.removed:
        click.echo(f"Past its day, removed: {path}")
    click.echo(
        f"Copy {app.shredding_list.path} too, every time: nothing can be restored without the newest one."
    )


@click.command()
@click.argument("archive", type=_PATH)
@click.option("--vault", type=_PATH, help="The vault's archive of the same backup.")
@click.option("--no-vault", is_flag=True, help="Its day has come: restore the cases without any identity.")
@click.option("--shredded", required=True, type=_PATH, help="The newest shredding list.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def restore(
    context: click.Context, archive: Path, vault: Path | None, no_vault: bool, shredded: Path, as_json: bool
) -> None:
    """Bring ARCHIVE back into an empty database, with the key files in their place. What was shredded stays dead."""
    if (vault is None) == (not no_vault):
        raise click.UsageError("name the vault's archive with --vault, or say --no-vault")
    app = application(context)
    refuse_to_start(app, create=True)
    done = app.restoring.restore(archive, vault, ShreddingList(shredded))
    if as_json:
        show_json(
            {
                "made_at": done.made_at,
                "cases": done.cases,
                "records": done.records,
                "shredded_again": done.shredded_again,
                "list_ends": done.list_ends and done.list_ends.isoformat(),
            }
        )
        return
    click.echo(f"{done.cases} cases as of {done.made_at}; {done.shredded_again} shredded again")
    ends = f"ends with {done.list_ends}" if done.list_ends else "is empty"
    click.echo(
        f"The shredding list {ends}. Was that the newest one? If not, purge and shred by hand what came after."
    )
