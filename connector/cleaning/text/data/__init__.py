"""The lists that recognition leans on: data, each with its source, read at first use."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def listed(name: str) -> dict[str, Any]:
    """The list in the file `name`.toml beside this one."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
