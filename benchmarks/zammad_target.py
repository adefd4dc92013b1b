"""A helpdesk to deliver to, in a process of its own: `python -m benchmarks.zammad_target SECONDS` of latency.

It is the fake Zammad of the plugin's tests, so both sides talk to something that checks what it is sent.
"""

import json
import sys

from connector.processes import until_told_to_stop
from plugins.zammad.tests.fake import FakeZammad


def main() -> None:
    """Serve until told to stop; the line after `ready` says how to get in."""
    zammad = FakeZammad("6.5", latency=float(sys.argv[1])).start()
    known = {"url": zammad.url, "token": zammad.connector.token, "customer": zammad.customer.id}
    print(f"ready {zammad.url.rsplit(':', 1)[1]} {json.dumps(known)}", flush=True)
    until_told_to_stop()
    zammad.stop()


if __name__ == "__main__":
    main()
