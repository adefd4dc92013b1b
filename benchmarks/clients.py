"""Clients that send tips as fast as they are taken: `python -m benchmarks.clients PORT CLIENTS SECONDS`."""

import http.client
import json
import secrets
import sys
import threading
import time

TEXT = (
    "Somebody wrote on the wall of the gym that there will be a fight on Friday after the third lesson. " * 3
)


def main() -> None:
    """Print `count seconds`."""
    port, clients, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    body = json.dumps({"text": TEXT, "category": "bullying", "danger_now": False}).encode()
    counts = [0] * clients
    ends = time.monotonic() + seconds

    def work(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < ends:
            headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_urlsafe(24)}
            connection.request("POST", "/api/v1/tips", body, headers)
            response = connection.getresponse()
            response.read()
            if response.status != 201:
                raise SystemExit(f"answered {response.status}")
            counts[place] += 1

    began = time.monotonic()
    threads = [threading.Thread(target=work, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts), time.monotonic() - began)


if __name__ == "__main__":
    main()
