"""The command line. Results on stdout, logs on stderr; exit 0 done, 1 something found or refused, 2 usage or
config, 3 refused by the vault.
"""

import os
import sys
from pathlib import Path

import click

from connector.cli.backup import backup, restore
from connector.cli.cases import cases
from connector.cli.check import check
from connector.cli.custodian import custodian
from connector.cli.demo import demo
from connector.cli.escalation import escalation
from connector.cli.init import init
from connector.cli.maintenance import db, keys
from connector.cli.outbox import outbox
from connector.cli.plugins import plugins
from connector.cli.purge import purge
from connector.cli.running import run, web, worker
from connector.cli.vault import vault
from connector.errors import ConfigError, StoreUnavailable, VaultShut
from connector.services.archives import ArchiveBroken
from connector.services.restoring import CannotRestore
from connector.services.retaining import NoSuchCase
from connector.services.shredding_list import ListBroken


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.yaml"),
    show_default=True,
    help="The configuration file.",
)
@click.version_option(package_name="tipbridge", message="%(version)s")
@click.pass_context
def tipbridge(context: click.Context, config_path: Path) -> None:
    """Anonymous tips into the helpdesk a school already runs, and answers back."""
    context.obj = config_path


for command in (
    init,
    check,
    run,
    web,
    worker,
    demo,
    outbox,
    cases,
    escalation,
    db,
    keys,
    plugins,
    custodian,
    vault,
    purge,
    backup,
    restore,
):
    tipbridge.add_command(command)


def main() -> None:
    """Run a command; config and database errors end in one clear line, never in a traceback."""
    # Database, keys, practice helpdesk: whatever we make is for our own account.
    os.umask(0o077)
    try:
        # Not standalone, click returns the exit code that a command has asked for.
        sys.exit(tipbridge(standalone_mode=False))
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ConfigError as error:
        for problem in getattr(error, "problems", (error,)):
            click.echo(f"{problem}", err=True)
        sys.exit(2)
    except VaultShut as error:
        click.echo(f"refused: {error}", err=True)
        sys.exit(3)
    except (NoSuchCase, ArchiveBroken, CannotRestore, ListBroken) as error:
        click.echo(f"{error}", err=True)
        sys.exit(1)
    except StoreUnavailable as error:
        click.echo(f"{error}; is the database running and writable?", err=True)
        sys.exit(1)


__all__ = ["main", "tipbridge"]
