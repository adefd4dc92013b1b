"""`python -m demo.practice --dir DIR [--port N] [--seconds N]`: the practice helpdesk as a program."""

import argparse
import os
import signal
import threading
import time
from pathlib import Path

from demo.practice.helpdesk import PracticeHelpdesk


def main() -> None:
    """Serve until TERM, Ctrl-C, the given seconds, or until the program that started us is gone."""
    parser = argparse.ArgumentParser(prog="python -m demo.practice", description="A helpdesk for practice.")
    parser.add_argument("--dir", type=Path, required=True, help="where tickets and practice.json are kept")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--seconds", type=float, default=None, help="end by itself")
    given = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    helpdesk = PracticeHelpdesk(given.dir, port=given.port)
    helpdesk.start()
    print(f"ready {helpdesk.url}", flush=True)
    parent = os.getppid()
    ends = None if given.seconds is None else time.monotonic() + given.seconds
    while not stop.wait(0.5):
        if os.getppid() != parent or (ends is not None and time.monotonic() >= ends):
            break
    helpdesk.stop()


if __name__ == "__main__":
    main()
