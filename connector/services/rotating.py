"""New keys for old: what waits is put under the new service key before the old one is dropped."""

from pathlib import Path

from connector.clock import Clock
from connector.store import Store
from connector.vault.key_files import drop_retired, rotate
from connector.vault.keyring import ServiceKeys

_BATCH = 200


def rotate_service_key(store: Store, path: Path, clock: Clock) -> int:
    """Draw a new service key, re-wrap all row keys in use, drop the keys before the last; how many rows that were.

    Interrupted anywhere, it is finished by the next run: the old key stays in the file until nothing needs it.
    """
    rotate(path, clock.now().date())
    keys = ServiceKeys.load(path)
    count, after = 0, 0
    while True:
        with store.write() as tx:
            batch = tx.outbox.wrapped_keys(after, _BATCH)
            for row_id, wrapped in batch:
                tx.outbox.rewrap(row_id, wrapped, keys.rewrap(wrapped))
        if not batch:
            break
        count += len(batch)
        after = batch[-1][0]
    # All rows are under the new key; the one before stays for processes that have not been restarted yet.
    drop_retired(path, still_needed=set())
    return count


def rotate_pepper(path: Path, clock: Clock) -> None:
    """Draw a new pepper for new cases; the old ones stay valid for theirs."""
    rotate(path, clock.now().date())
