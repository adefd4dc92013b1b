"""A Tipbridge for measuring: real keys, real database, a helpdesk to be named."""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.config import load_config
from connector.log import configure_logging
from connector.registry import Registry
from connector.vault.codes import INSECURE_TEST_COST, Argon2Cost
from connector.vault.key_files import create_key_file

NO_HELPDESK = {"platform": "zammad", "url": "http://127.0.0.1:9", "token": "none", "group": "Safety"}


class Discard(io.StringIO):
    """A stream that takes everything and keeps nothing."""

    def write(self, text: str, /) -> int:
        """Count `text` as written."""
        return len(text)


def application(directory: Path, helpdesk: dict[str, Any], *, derive: bool = True) -> Application:
    """A configured Tipbridge in `directory`; without `derive`, codes cost nothing (never do that outside)."""
    for kind in ("service", "pepper"):
        create_key_file(directory / "data" / "keys" / f"{kind}.key", kind, datetime.now(UTC).date())
    config = {
        "service": {"data_dir": "./data", "listen": "127.0.0.1:0", "admin_listen": "127.0.0.1:0"},
        "helpdesks": {"desk": helpdesk},
        "schools": {"north-high": {"name": "North High School", "helpdesk": "desk"}},
    }
    path = directory / "config.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")
    path.chmod(0o600)
    cost = Argon2Cost() if derive else INSECURE_TEST_COST
    # Logs are written as ever, and thrown away: a terminal would be what is measured.
    log = configure_logging(stream=Discard())
    app = build(load_config(path, Registry.discover(), os.environ), log=log, cost=cost)
    refuse_to_start(app, create=True)
    return app
