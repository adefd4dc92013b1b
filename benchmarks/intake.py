"""Tips accepted per second over HTTP, everything durable, beside a bare Flask insert of the same bytes."""

import subprocess
import sys
import tempfile

from benchmarks.processes import memory_mb, started
from benchmarks.timing import line, median

ROUNDS, SECONDS = 3, 3.0
CLIENTS = (1, 8, 32)


def rate(port: int, clients: int) -> float:
    """Tips accepted per second."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.clients", str(port), str(clients), str(SECONDS)],
        check=True,
        capture_output=True,
        text=True,
    )
    count, seconds = done.stdout.split()
    return int(count) / float(seconds)


def main() -> None:
    """Print the rates, interleaved so that a noisy machine is noisy for all."""
    found: dict[tuple[str, int], list[float]] = {}
    kinds = ("bare", "cheap", "tipbridge")
    for _ in range(ROUNDS):
        for kind in kinds:
            with (
                tempfile.TemporaryDirectory() as directory,
                started("benchmarks.web_target", kind, directory) as (port, pid),
            ):
                idle = memory_mb(pid)
                for clients in CLIENTS:
                    found.setdefault((kind, clients), []).append(rate(port, clients))
                loaded = memory_mb(pid)
    for clients in CLIENTS:
        bare, cheap, full = (median(found[kind, clients]) for kind in kinds)
        line(
            f"intake, {clients} clients",
            ("bare Flask + SQLite", bare, "/s"),
            ("without derivation", cheap, "/s"),
            ("ratio (bar 0.5)", cheap / bare, ""),
            ("with derivation", full, "/s"),
        )
    line("memory of the web process", ("idle", idle, "MB"), ("after the load", loaded, "MB"))


if __name__ == "__main__":
    main()
