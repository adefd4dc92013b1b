"""What is fixed once for an installation: the salt of its codes."""

from datetime import date

from sqlalchemy import Connection, insert, select

from connector.store.schema import installation


class InstallationRow:
    """The one row of `installation`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def code_salt(self) -> bytes | None:
        """The salt with which this installation's codes are derived, None before the first start."""
        return self._connection.execute(select(installation.c.code_salt)).scalar()

    def create(self, code_salt: bytes, today: date) -> None:
        """Fix the salt. A second row is refused by its key."""
        self._connection.execute(insert(installation).values(id=1, code_salt=code_salt, created_on=today))
