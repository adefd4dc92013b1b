"""Starting what is measured in a process of its own, so that the meter does not share its interpreter."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def started(*arguments: str) -> Iterator[tuple[int, int]]:
    """Run `python -m <arguments>` until it prints `ready PORT`; yields its port and pid, ends it afterwards."""
    process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith("ready"):
                yield int(line.split()[1]), process.pid
                break
        else:
            raise SystemExit(f"{arguments[0]} did not start")
    finally:
        process.terminate()
        process.wait(timeout=15)


def memory_mb(pid: int) -> float:
    """The resident memory of a process."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0
