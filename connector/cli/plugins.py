"""`tipbridge plugins list`: which platforms there are."""

import click

from connector.cli.setting import show_json
from connector.registry import Registry


@click.group()
def plugins() -> None:
    """Helpdesk platforms."""


@plugins.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def list_plugins(context: click.Context, as_json: bool) -> None:
    """List the platforms that are installed, and those that failed to load."""
    registry = Registry.discover()
    found = [
        {"platform": manifest.platform, "name": manifest.display_name, "docs": manifest.docs}
        for manifest in registry.known()
    ]
    problems = [str(problem) for problem in registry.problems]
    if as_json:
        show_json({"platforms": found, "problems": problems})
    else:
        for entry in found:
            click.echo(f"{entry['platform']}: {entry['name']} ({entry['docs']})")
        for problem in problems:
            click.echo(problem, err=True)
    if problems:
        context.exit(1)
