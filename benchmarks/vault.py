"""`make bench-vault`: sealing, opening, checking the chain of the audit log."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timing import line, median
from connector.clock import SystemClock
from connector.domain.identity import NOTHING, Contact, Identity
from connector.services.auditing import Auditing
from connector.store import open_store
from connector.store.audit_rows import AuditRow
from connector.store.upgrade import upgrade
from connector.vault.audit import GENESIS, Head, encoded, link_after
from connector.vault.custodians import CustodianKeys
from connector.vault.record import SealedRecord, key_from, open_identity, seal_identity, share_context
from connector.vault.seal_keys import CLASSIC, HYBRID
from connector.vault.secret import SecretBytes

ROUNDS, RECORDS, ENTRIES = 5, 200, 100_000
PLACE = "1234-5678|identity"
SOMEBODY = Identity(ip="203.0.113.7", contact=Contact("Ann Example", "+15055550142", "ann@example.org"))


def per_second(count: int, call: Callable[[], object]) -> float:
    """How often a second."""
    began = time.perf_counter()
    for _ in range(count):
        call()
    return count / (time.perf_counter() - began)


def opened(record: SealedRecord, people: list[CustodianKeys]) -> object:
    """What two custodians and the opener do."""
    shares = {}
    for keys in people[: record.quorum]:
        share = next(one for one in record.shares if one.holder == keys.public_file.fingerprint)
        context = share_context(PLACE, share.number, record.commitment)
        shares[share.number] = keys.private.open(share.sealed, context)
    key = key_from(shares, record.quorum, PLACE, record.commitment)
    assert key is not None
    return open_identity(record.sealed, key, PLACE)


def records(algorithm: int, name: str) -> None:
    """Seal and open with two of three."""
    people = [CustodianKeys(name, SecretBytes(os.urandom(32)), algorithm) for name in ("a", "b", "c")]
    public = [keys.public_file.public() for keys in people]
    record = seal_identity(SOMEBODY, PLACE, public, 2)
    seals, nothing = [], []
    for _ in range(ROUNDS):
        # In turns: what slows the machine down slows both.
        seals.append(per_second(RECORDS, lambda: seal_identity(SOMEBODY, PLACE, public, 2)))
        nothing.append(per_second(RECORDS, lambda: seal_identity(NOTHING, PLACE, public, 2)))
    opens = [per_second(RECORDS, lambda: opened(record, people)) for _ in range(ROUNDS)]
    size = len(record.sealed) + sum(len(share.sealed) for share in record.shares)
    line(
        f"record, two of three, {name}",
        ("seal", median(seals), "/s"),
        ("seal nothing", median(nothing), "/s"),
        ("ratio", median(nothing) / median(seals), ""),
        ("open", median(opens), "/s"),
        ("size", size, "bytes"),
    )


def chain() -> None:
    """Check a log of many entries, as `vault log --verify` does."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_store(f"sqlite:///{Path(directory)}/tipbridge.db")
        upgrade(store)
        head = Head(0, GENESIS)
        with store.write() as tx:
            for number in range(ENTRIES):
                case = f"{number // 10_000:04d}-{number % 10_000:04d}"
                entry = {"at": datetime.now(UTC).isoformat(), "event": "held", "case": case, "request": None}
                link = link_after(head, encoded(entry))
                tx.audit.append(AuditRow(link.seq, link.body, link.hash, case))
                head = Head(link.seq, link.hash)
        auditing = Auditing(store, SystemClock())
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            assert auditing.verify() is None
            took.append(time.perf_counter() - began)
        appends = per_second(300, lambda: auditing.record("held", by="somebody"))
        store.close()
    line(
        f"audit log of {ENTRIES:,} entries",
        ("verify", median(took), "s"),
        ("entries", ENTRIES / median(took), "/s"),
        ("append, durable", appends, "/s"),
    )


def main() -> None:
    """Print all of it."""
    for algorithm, name in ((HYBRID, "hybrid"), (CLASSIC, "X25519 alone")):
        print(f"vault: {name}", file=sys.stderr, flush=True)
        records(algorithm, name)
    print("vault: the log", file=sys.stderr, flush=True)
    chain()


if __name__ == "__main__":
    main()
