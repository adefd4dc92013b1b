"""The five usual views on one table: list, show, create, update, delete."""

from typing import Any

from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.errors import NotFound
from plugins.zammad.tests.fake.rows import Row, Table
from plugins.zammad.tests.fake.values import record_id
from plugins.zammad.tests.fake.world import World


class Records:
    """The five usual views on one table, for those who hold one permission."""

    permission = ""
    model = ""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def _table(self) -> Table:
        raise NotImplementedError

    def index(self, caller: Caller, given: Row) -> Any:
        caller.require(self.permission)
        return list(self._table)

    def show(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require(self.permission)
        return self._found(row_id)

    def create(self, caller: Caller, given: Row) -> Any:
        caller.require(self.permission)
        now = self._world.now()
        columns = self._columns(given)
        row_id = self._table.next_id() if self._takes_id_early else None
        self._check(columns, but=None)
        row = {
            "id": row_id or self._table.next_id(),
            **columns,
            "updated_by_id": caller.id,
            "created_by_id": caller.id,
            "created_at": now,
            "updated_at": now,
        }
        return self._table.put(row)

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require(self.permission)
        row = self._found(row_id)
        columns = row | {column: given[column] for column in self._columns({}) if column in given}
        self._check(columns, but=row["id"])
        with self._world.transaction(caller.id) as changes:
            changes.change(row, **columns | {"updated_by_id": caller.id, "updated_at": self._world.now()})
        return row

    def delete(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require(self.permission)
        row = self._found(row_id)
        self._check_unused(row)
        self._table.drop(row["id"])
        return {}

    _takes_id_early = False
    """Refused by the database, not by a check before it: the id is lost."""

    def _columns(self, given: Row) -> Row:
        raise NotImplementedError

    def _check(self, row: Row, *, but: int | None) -> None:
        raise NotImplementedError

    def _check_unused(self, row: Row) -> None:
        """Raise where something else still needs the row."""

    def _found(self, row_id: str) -> Row:
        row = self._table.get(record_id(row_id))
        if row is None:
            raise NotFound.record(self.model, row_id)
        return row
