"""The halves of Tipbridge as real processes, which a test may kill."""

import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

READY_WITHIN = 30.0


@dataclass
class Half:
    """`tipbridge web` or `tipbridge worker`. What it logs is kept in `log`."""

    config: Path
    name: str
    log: Path
    _process: "subprocess.Popen[str] | None" = field(default=None, init=False)
    _listener: threading.Thread = field(init=False)

    def start(self) -> str:
        """Start it and wait until it is ready; the line by which it says so."""
        lines: queue.Queue[str] = queue.Queue()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "connector", "-c", str(self.config), self.name],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "TIPBRIDGE_PARENT": str(os.getpid())},
            )
        self._listener = threading.Thread(target=_listen, args=(self._process, lines), daemon=True)
        self._listener.start()
        return lines.get(timeout=READY_WITHIN)

    def kill(self) -> None:
        """KILL: no goodbye, no clean-up."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """TERM, and how it ended."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            return 0
        with self._process as process:
            process.send_signal(number)
            status = process.wait(timeout=15)
            self._listener.join()
        self._process = None
        return status


def _listen(process: "subprocess.Popen[str]", lines: "queue.Queue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line.strip())
