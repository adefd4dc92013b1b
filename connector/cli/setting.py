"""What most commands begin with: reading the config and putting the application together."""

import json
import os
from pathlib import Path
from typing import Any

import click

from connector.bootstrap import Application, build
from connector.config import Config, load_config
from connector.log import configure_logging
from connector.registry import Registry


def configured(context: click.Context) -> Config:
    """The config named by `-c`. Raises ConfigError with everything that is wrong in it."""
    path: Path = context.obj
    configure_logging()
    return load_config(path, Registry.discover(), os.environ)


def application(context: click.Context) -> Application:
    """The application as configured."""
    return build(configured(context))


def show_json(value: Any) -> None:
    """Print a result for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
