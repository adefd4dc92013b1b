"""`tipbridge run`, `web`, `worker`: the service, whole or in halves."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from pydantic import SecretStr

from connector.bootstrap import Application
from connector.checks import refuse_to_start
from connector.cli.setting import application
from connector.plugin_api import AdminAccess, HelpdeskFailure, HelpdeskMisconfigured
from connector.practice import command as practice_command
from connector.practice import own_practice, read_state
from connector.processes import Child, Family, free_port, myself, until_told_to_stop
from webhook_server.serve import Server

READY_WITHIN = 10.0


@click.command()
@click.option("--seconds", type=float, default=None, help="End by itself after so many seconds.")
@click.pass_context
def run(context: click.Context, seconds: float | None) -> None:
    """Run everything under one parent: web, worker, scheduler (and the practice helpdesk, if it is ours)."""
    app = application(context)
    refuse_to_start(app, create=True)
    if not run_family(app, Path(context.obj).resolve(), seconds, click.echo, free_port()):
        sys.exit(2)


def run_family(
    app: Application, path: Path, seconds: float | None, say: Callable[[str], None], practice_port: int
) -> bool:
    """Start and watch all parts of a configured Tipbridge; False if one of them did not start."""
    announced: list[str] = []
    children = [
        Child("web", myself("-c", str(path), "web"), on_line=announced.append),
        Child("worker", myself("-c", str(path), "worker")),
    ]
    if own_practice(app.config) is not None:
        children.insert(0, Child("practice", practice_command(app.config.data_dir, practice_port)))
    family = Family(children, app.log)
    family.obey_signals()
    if not family.start(READY_WITHIN) and not family.told_to_stop:
        click.echo("a part did not start; the lines above say why", err=True)
        return False
    if announced:
        say(announced[0])
        family.watch(seconds)
    return True


@click.command()
@click.pass_context
def web(context: click.Context) -> None:
    """Run the web half: reporter pages, API, webhooks; and the operator's listener."""
    app = application(context)
    refuse_to_start(app)
    service = app.config.service
    public = Server(
        app.web_app(), service.listen.host, service.listen.port, largest_body=app.limits.body_bytes
    )
    admin = Server(
        app.admin_app(), service.admin_listen.host, service.admin_listen.port, largest_body=64_000, threads=2
    )
    public.start()
    admin.start()
    click.echo(f"ready http://{service.listen.host}:{public.port}")
    until_told_to_stop()
    public.stop()
    admin.stop()


@click.command()
@click.pass_context
def worker(context: click.Context) -> None:
    """Run the worker half: delivery, polling, reading."""
    app = application(context)
    refuse_to_start(app)
    app.working.begin()
    _announce_to_practice(app)
    scheduler = app.scheduler()
    scheduler.start()
    click.echo("ready")
    until_told_to_stop()
    scheduler.stop()
    app.escalation.engine.end()
    app.working.end()


def _announce_to_practice(app: Application) -> None:
    """Tell our own practice helpdesk where its webhooks go; without them polling does it, a little later."""
    name, state = own_practice(app.config), read_state(app.config.data_dir)
    if name is None or state is None:
        return
    try:
        app.plugins[name].provision(AdminAccess(SecretStr(state["token"])))
    except (HelpdeskFailure, HelpdeskMisconfigured) as failure:
        app.log.warning("practice_not_told", helpdesk=name, what=failure.what)
