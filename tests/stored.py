"""Everything that a thief of the disk finds: the files below the data directory, and every value in the database."""

from pathlib import Path

from sqlalchemy import select

from connector.store import Store
from connector.store.schema import metadata


def everything_stored(store: Store, directory: Path) -> bytes:
    """All bytes stored, the database's own files (also what SQLite has deleted) and the values of all rows."""
    found = [path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()]
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)
