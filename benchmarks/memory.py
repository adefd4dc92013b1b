"""The memory of `tipbridge run`, all its processes together, idle and after a load."""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.intake import rate
from benchmarks.processes import memory_mb, started
from benchmarks.timing import line
from connector.config.initial import Answers, write_initial
from connector.vault.key_files import create_key_file


def main() -> None:
    """Print both."""
    print("memory", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as directory:
        answers = Answers(listen="127.0.0.1:0", admin_listen="127.0.0.1:0")
        today = datetime.now(UTC).date()
        path = write_initial(Path(directory), answers, lambda file, kind: create_key_file(file, kind, today))
        with started("connector", "-c", str(path), "run") as target:
            time.sleep(3)
            idle = memory_mb(target.pid)
            rate(target.port, 8)
            loaded = memory_mb(target.pid)
    line(
        "memory of run with the practice helpdesk (4 processes)",
        ("idle", idle, "MB"),
        ("after a load", loaded, "MB"),
    )


if __name__ == "__main__":
    main()
