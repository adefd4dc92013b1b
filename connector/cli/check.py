"""`tipbridge check`: looks at everything, changes nothing, rings nobody."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from pydantic import SecretStr

from connector.bootstrap import Application
from connector.checks import refuse_to_start
from connector.cli.setting import application, show_json
from connector.config.advice import advice
from connector.plugin_api import (
    AdminAccess,
    Finding,
    HelpdeskFailure,
    HelpdeskMisconfigured,
    Level,
)
from connector.practice import command as practice_command
from connector.practice import own_practice, read_state
from connector.processes import Child, Family, free_port

_START_WITHIN = 10.0


@click.command()
@click.option(
    "--provision", is_flag=True, help="Create what is missing in the helpdesks; needs an admin token."
)
@click.option(
    "--admin-token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with an administrator's token; used once, never stored. Or TIPBRIDGE_ADMIN_TOKEN.",
)
@click.option("--helpdesk", default=None, help="Only this helpdesk.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def check(
    context: click.Context,
    provision: bool,
    admin_token_file: Path | None,
    helpdesk: str | None,
    as_json: bool,
) -> None:
    """Look at the set-up and every helpdesk, and say what is wrong and what to do."""
    admin = _admin(admin_token_file)
    if provision and admin is None:
        raise click.UsageError("--provision needs --admin-token-file or TIPBRIDGE_ADMIN_TOKEN")
    app = application(context)
    refuse_to_start(app, create=True)
    chain = advice(app.config, app.clock.now().date())
    found = [("", finding) for finding in (*app.config.warnings, *chain, *_own(app))]
    with _practice_running(app):
        for name in app.config.helpdesks:
            if helpdesk in (None, name):
                found += [(name, finding) for finding in _look_at(app, name, admin, provision)]
    if as_json:
        show_json([_as_json(name, finding) for name, finding in found])
    else:
        _print(found)
    if any(finding.level is Level.ERROR for _, finding in found):
        context.exit(1)


def _look_at(app: Application, name: str, admin: AdminAccess | None, provision: bool) -> list[Finding]:
    try:
        plugin = app.plugins[name]
        done = plugin.provision(admin) if provision and admin is not None else []
        return [*done, *plugin.check(admin)]
    except HelpdeskMisconfigured as failure:
        return [Finding(failure.error_id, Level.ERROR, failure.what, failure.remedy)]
    except HelpdeskFailure as failure:
        return [
            Finding(
                "HLP-E001", Level.ERROR, failure.what, "is the address right, and is the helpdesk running?"
            )
        ]


def _own(app: Application) -> list[Finding]:
    return [
        Finding("SYS-I001", Level.OK, "key files, data directory and database are as they must be"),
        Finding("SYS-I002", Level.OK, f"cleaning of files: {app.network_wall()}"),
    ]


def _admin(path: Path | None) -> AdminAccess | None:
    token = path.read_text(encoding="utf-8").strip() if path else os.environ.get("TIPBRIDGE_ADMIN_TOKEN", "")
    return AdminAccess(SecretStr(token)) if token else None


@contextmanager
def _practice_running(app: Application) -> Iterator[None]:
    """Our own practice helpdesk, started for the check unless it is running already."""
    name = own_practice(app.config)
    if name is None or _answers(app, name):
        yield
        return
    family = Family([Child("practice", practice_command(app.config.data_dir, free_port()))], app.log)
    family.start(_START_WITHIN)
    try:
        app.forget_plugins()
        yield
    finally:
        family.stop()


def _answers(app: Application, name: str) -> bool:
    if read_state(app.config.data_dir) is None:
        return False
    try:
        app.plugins[name].find_ticket("TIP-0000-0000-check")
    except (HelpdeskFailure, HelpdeskMisconfigured):
        return False
    return True


def _as_json(name: str, finding: Finding) -> dict[str, str]:
    return {
        "helpdesk": name,
        "id": finding.finding_id,
        "level": finding.level.value,
        "what": finding.what,
        "remedy": finding.remedy,
    }


def _print(found: list[tuple[str, Finding]]) -> None:
    for name, finding in found:
        where = f"{name}: " if name else ""
        click.echo(f"{finding.level.value:>13}  {finding.finding_id}  {where}{finding.what}")
        if finding.remedy and finding.level is not Level.OK:
            click.echo(f"{'':>13}  {'':{len(finding.finding_id)}}  -> {finding.remedy}")
    errors = sum(finding.level is Level.ERROR for _, finding in found)
    warnings = sum(finding.level is Level.WARNING for _, finding in found)
    click.echo(f"{errors} errors, {warnings} warnings")
