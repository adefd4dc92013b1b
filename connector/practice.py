"""The practice helpdesk that comes with Tipbridge: where its address and token are read from.

A helpdesk of platform `practice` without a url is one that `run` starts itself; it writes what the connector needs to
know into `practice.json` below the data directory.
"""

import json
import sys
from pathlib import Path
from typing import Any

from connector.config import Config

PLATFORM = "practice"


def own_practice(config: Config) -> str | None:
    """The id of the helpdesk that we are to start ourselves, if there is one."""
    for name, helpdesk in config.helpdesks.items():
        if helpdesk.platform == PLATFORM and getattr(helpdesk.settings, "url", None) is None:
            return name
    return None


def command(data_dir: Path, port: int) -> list[str]:
    """How the practice helpdesk is started: a program of its own."""
    return [sys.executable, "-m", "demo.practice", "--dir", str(data_dir), "--port", str(port)]


def read_state(data_dir: Path) -> dict[str, Any] | None:
    """What the practice helpdesk wrote (0600: address and credentials), None before its first start."""
    try:
        found: dict[str, Any] = json.loads((data_dir / "practice.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def settings_of(config: Config, name: str) -> Any:
    """The settings with which to reach a helpdesk: for our own practice helpdesk, what it wrote itself."""
    helpdesk = config.helpdesks[name]
    state = read_state(config.data_dir)
    if own_practice(config) != name or state is None:
        return helpdesk.settings
    found = {key: state[key] for key in ("url", "token", "webhook_secret")}
    return type(helpdesk.settings).model_validate(found)
