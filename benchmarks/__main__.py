"""`make bench`: all figures, with progress on stderr. Under six minutes; nothing else should run meanwhile."""

import os
import platform
from datetime import UTC, datetime

from benchmarks import delivery, intake, memory, replies


def main() -> None:
    """Measure everything, one after the other."""
    print(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    for part in (intake, delivery, replies, memory):
        part.main()


if __name__ == "__main__":
    main()
