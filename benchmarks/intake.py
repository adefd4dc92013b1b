"""Tips accepted per second over HTTP, everything durable, beside a bare Flask insert of the same bytes."""

import subprocess
import sys
import tempfile

from benchmarks.processes import started
from benchmarks.timing import line, median

ROUNDS, SECONDS = 3, 3.0
CLIENTS = (1, 8, 32)
KINDS = ("bare", "cheap", "tipbridge")


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
    for round_ in range(ROUNDS):
        for kind in KINDS:
            print(f"intake, round {round_ + 1} of {ROUNDS}: {kind}", file=sys.stderr, flush=True)
            with (
                tempfile.TemporaryDirectory() as directory,
                started("benchmarks.web_target", kind, directory) as target,
            ):
                for clients in CLIENTS:
                    found.setdefault((kind, clients), []).append(rate(target.port, clients))
    for clients in CLIENTS:
        bare, cheap, full = (median(found[kind, clients]) for kind in KINDS)
        line(
            f"intake, {clients} clients",
            ("bare Flask + SQLite", bare, "/s"),
            ("without derivation", cheap, "/s"),
            ("ratio (bar 0.5)", cheap / bare, ""),
            ("with derivation", full, "/s"),
        )


if __name__ == "__main__":
    main()
