"""Large files on their way to a helpdesk, in sealed pieces. Their keys lie in the outbox rows that need them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from connector.store.inserting import insert_all
from connector.store.schema import held_files, held_pieces, outbox_files, pending_files


class HeldRows:
    """The tables `held_files`, `held_pieces` and `outbox_files`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, file_id: str, now: datetime) -> None:
        """Make room for a file. Until something needs it, it is nobody's."""
        insert_all(self._connection, held_files, [{"id": file_id, "staged_at": now}])

    def add(self, file_id: str, pieces: Mapping[int, bytes]) -> None:
        """Put pieces of a file in, by their numbers."""
        rows = [{"file_id": file_id, "seq": seq, "sealed": sealed} for seq, sealed in pieces.items()]
        insert_all(self._connection, held_pieces, rows)

    def piece(self, file_id: str, seq: int) -> bytes | None:
        """One sealed piece."""
        found = select(held_pieces.c.sealed).where(held_pieces.c.file_id == file_id, held_pieces.c.seq == seq)
        return self._connection.execute(found).scalar()

    def count(self, file_id: str) -> int:
        """How many pieces of a file there are."""
        counted = select(func.count()).select_from(held_pieces).where(held_pieces.c.file_id == file_id)
        return self._connection.execute(counted).scalar_one()

    def let_go(self, helpdesk: str, reference: str) -> None:
        """An outbox row needs its files no longer; those that no other row needs are gone."""
        links = delete(outbox_files).where(
            outbox_files.c.helpdesk == helpdesk, outbox_files.c.reference == reference
        )
        freed = list(self._connection.execute(links.returning(outbox_files.c.file_id)).scalars())
        if freed:
            self._remove(freed)

    def remove(self, file_id: str) -> None:
        """Nothing needs this file any longer."""
        self._remove([file_id])

    def remove_unneeded(self, staged_before: datetime) -> int:
        """Remove what a process that died has left: files that nothing needs; how many that were."""
        old = select(held_files.c.id).where(held_files.c.staged_at < staged_before)
        return self._remove(list(self._connection.execute(old).scalars()))

    def _remove(self, files: Sequence[str]) -> int:
        gone = delete(held_files).where(
            held_files.c.id.in_(files),
            held_files.c.id.not_in(select(outbox_files.c.file_id)),
            held_files.c.id.not_in(select(pending_files.c.file_id)),
        )
        return self._connection.execute(gone).rowcount


def link_values(helpdesk: str, reference: str, files: Sequence[str]) -> list[dict[str, str]]:
    """That an outbox row needs these files."""
    return [{"helpdesk": helpdesk, "reference": reference, "file_id": file_id} for file_id in files]
