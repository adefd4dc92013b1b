"""`python -m demo.practice --dir DIR [--port N]`: the practice helpdesk as a program."""

import argparse
import os
import signal
import threading
from pathlib import Path

from demo.practice.helpdesk import PracticeHelpdesk


def main() -> None:
    """Serve until TERM, Ctrl-C, or until the program that started us is gone."""
    parser = argparse.ArgumentParser(prog="python -m demo.practice", description="A helpdesk for practice.")
    parser.add_argument("--dir", type=Path, required=True, help="where tickets and practice.json are kept")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    given = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    helpdesk = PracticeHelpdesk(given.dir, port=given.port)
    helpdesk.start()
    print(f"ready {helpdesk.url}", flush=True)  # noqa: T201  a program's word to who started it
    parent = os.getppid()
    while not stop.wait(0.5) and os.getppid() == parent:
        pass
    helpdesk.stop()


if __name__ == "__main__":
    main()
