"""Which ticket went into which, and when."""

from sqlalchemy import Connection, select, update

from connector.domain.merging import KnownMerge
from connector.store.inserting import insert_missing
from connector.store.schema import merges


class MergeRows:
    """The table `merges`. A ticket is merged away once; what it went into may be merged away in turn."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, helpdesk: str, merge: KnownMerge) -> bool:
        """Record a merge; False if it was known already."""
        return insert_missing(
            self._connection, merges, helpdesk=helpdesk, source=merge.source, target=merge.target, at=merge.at
        )

    def around(self, helpdesk: str, ticket_id: str) -> list[KnownMerge]:
        """All merges that a ticket has to do with: into it, into what went into it, and whereto it went itself."""
        found: dict[str, KnownMerge] = {}
        frontier = {ticket_id}
        while frontier:
            rows = self._connection.execute(
                select(merges).where(
                    merges.c.helpdesk == helpdesk,
                    merges.c.target.in_(frontier) | merges.c.source.in_(frontier),
                )
            ).all()
            fresh = [row for row in rows if row.source not in found]
            found.update({row.source: KnownMerge(row.source, row.target, row.at) for row in fresh})
            frontier = {end for row in fresh for end in (row.source, row.target)}
        return list(found.values())

    def targets_among(self, helpdesk: str, ticket_ids: list[str]) -> dict[str, str | None]:
        """Those of these tickets into which something was merged, with the version in which each was last read."""
        rows = self._connection.execute(
            select(merges.c.target, merges.c.target_version).where(
                merges.c.helpdesk == helpdesk, merges.c.target.in_(ticket_ids)
            )
        )
        return {row.target: row.target_version for row in rows}

    def target_was_read(self, helpdesk: str, ticket_id: str, version: str) -> None:
        """Record the version in which a merge's target was read."""
        self._connection.execute(
            update(merges)
            .where(merges.c.helpdesk == helpdesk, merges.c.target == ticket_id)
            .values(target_version=version)
        )
