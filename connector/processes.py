"""Children under one parent: started together, watched, restarted when they die, stopped as one."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from connector.log import Log

STOP_WITHIN = 8.0
"""Seconds that a child has after TERM."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


@dataclass
class Child:
    """A process to keep running. `ready` is set when it has printed a line that begins with `ready`."""

    name: str
    command: Sequence[str]
    on_line: Callable[[str], None] | None = None
    process: subprocess.Popen[str] | None = None
    ready: threading.Event = field(default_factory=threading.Event)
    deaths: int = 0
    restart_at: float = 0.0
    started_at: float = 0.0


class Family:
    """The parent's side: start, watch, stop."""

    def __init__(self, children: Sequence[Child], log: Log) -> None:
        self._children = children
        self._log = log
        self._stopping = threading.Event()

    def start(self, within: float) -> bool:
        """Start the children in order, each when the one before is ready; False if one has not been within so many
        seconds, or has ended (then all are stopped).
        """
        deadline = time.monotonic() + within
        for child in self._children:
            self._spawn(child)
            while not child.ready.wait(0.05):
                ended = child.process is not None and child.process.poll() is not None
                if ended or self.told_to_stop or time.monotonic() > deadline:
                    self._end_all()
                    return False
        return True

    def obey_signals(self) -> None:
        """From now on TERM and Ctrl-C stop the family; to be called before `start`, or they would end us alone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)

    @property
    def told_to_stop(self) -> bool:
        """Whether somebody has asked for the end."""
        return self._stopping.is_set()

    def watch(self, seconds: float | None = None) -> None:
        """Keep the children running until told to stop (or for so many seconds), then stop them."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self._stopping.wait(0.2):
            if deadline is not None and time.monotonic() >= deadline:
                break
            for child in self._children:
                self._revive(child)
        self.stop()

    def stop(self) -> None:
        """End all children: TERM, and after a while KILL."""
        self._stopping.set()
        self._end_all()

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _spawn(self, child: Child) -> None:
        child.started_at = time.monotonic()
        # Deriving a code takes 19 MiB for a moment. With an arena for each thread glibc would keep half a gigabyte of
        # such moments.
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ, PARENT: str(os.getpid())}
        child.process = subprocess.Popen(child.command, stdout=subprocess.PIPE, text=True, env=environment)
        threading.Thread(target=self._listen, args=(child, child.process), daemon=True).start()

    def _listen(self, child: Child, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if child.on_line is not None:
                child.on_line(line.rstrip("\n"))
            if line.startswith("ready"):
                child.ready.set()

    def _revive(self, child: Child) -> None:
        if child.process is None or child.process.poll() is None:
            return
        now = time.monotonic()
        if child.restart_at == 0.0:
            lived_long = now - child.started_at > 60
            child.deaths = 1 if lived_long else child.deaths + 1
            child.restart_at = now + min(_FIRST_PAUSE * 2 ** (child.deaths - 1), _LONGEST_PAUSE)
            self._log.error("child_died", process=child.name, status=child.process.returncode)
        elif now >= child.restart_at:
            child.restart_at = 0.0
            self._spawn(child)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()


PARENT = "TIPBRIDGE_PARENT"
"""Set for children: the pid without which they end."""


def until_told_to_stop() -> None:
    """Block until TERM or Ctrl-C; for a child also until its parent is gone, so that none is left behind."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parent = os.environ.get(PARENT)
    while not stop.wait(0.5):
        if parent is not None and os.getppid() != int(parent):
            return


def free_port() -> int:
    """A port on loopback that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def myself(*arguments: str) -> list[str]:
    """The command by which this program starts itself again."""
    return [sys.executable, "-m", "connector", *arguments]
