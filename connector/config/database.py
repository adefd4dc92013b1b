"""The address of the database: SQLite in a file, or PostgreSQL through psycopg."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, SecretStr, ValidationInfo

from connector.config.kinds import from_config
from connector.config.problems import wrong

_REMEDY = (
    "write sqlite:///FILE, postgresql://NAME:PASSWORD@HOST/DATABASE, or leave it out for SQLite in data_dir"
)
_POSTGRESQL = ("postgresql://", "postgresql+psycopg://")


def sqlite_in(data_dir: Path) -> SecretStr:
    """The default: a file in the data directory."""
    return SecretStr(f"sqlite:///{data_dir}/tipbridge.db")


def _database_url(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        raise wrong("CFG-E018", "is no database address", _REMEDY)
    for prefix in _POSTGRESQL:
        if value.startswith(prefix) and len(value) > len(prefix):
            # SQLAlchemy would take the bare word for psycopg2, which is another driver.
            return f"postgresql+psycopg://{value.removeprefix(prefix)}"
    file = value.removeprefix("sqlite:///")
    if file in (value, "", ":memory:") or "?" in file:
        raise wrong("CFG-E018", "is no database address", _REMEDY)
    return f"sqlite:///{from_config(info) / file}"


DatabaseUrl = Annotated[SecretStr, BeforeValidator(_database_url)]
"""`sqlite:///FILE` (relative to the config file) or `postgresql://...`; secret: it may hold a password."""
