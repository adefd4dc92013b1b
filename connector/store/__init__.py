"""The database: SQLite by default, PostgreSQL for more. The only home of SQLAlchemy.

`Store` opens transactions; a transaction holds one repository per aggregate, which take and return domain types and
small frozen records, never rows.
"""

from connector.store.engine import Store, open_store

__all__ = ["Store", "open_store"]
