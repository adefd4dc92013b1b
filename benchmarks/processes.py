"""Starting what is measured in a process of its own, so that the meter does not share its interpreter."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A process that answers on a port; `known` is what it has said of itself."""

    pid: int
    port: int
    known: dict[str, Any] = field(default_factory=dict)


@contextmanager
def started(*arguments: str) -> Iterator[Target]:
    """Run `python -m <arguments>` until it prints `ready PORT [JSON]`; ends it afterwards. Its log is not read."""
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            words = next(
                (line.split(maxsplit=2) for line in process.stdout if line.startswith("ready")), None
            )
            if words is None:
                raise SystemExit(f"{arguments[0]} did not start")
            port = int(words[1].rsplit(":", 1)[-1])
            yield Target(process.pid, port, json.loads(words[2]) if len(words) > 2 else {})
        finally:
            process.terminate()
            process.wait(timeout=15)


def memory_mb(pid: int) -> float:
    """The resident memory of a process and all its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return _own_memory_mb(pid) + sum(memory_mb(int(child)) for child in children)


def _own_memory_mb(pid: int) -> float:
    for row in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if row.startswith("VmRSS:"):
            return int(row.split()[1]) / 1024
    return 0.0
