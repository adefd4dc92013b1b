"""What is gathered while a file is read: problems, warnings, and where values are looked up."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from connector.config.kinds import is_id
from connector.config.problems import Problems, joined
from connector.config.references import References
from connector.config.validation import validated, without_nulls

ModelT = TypeVar("ModelT", bound=BaseModel)

_BLOCK_REMEDY = "write `key: value` lines below it, indented"


class Reading:
    """One file on its way to a Config."""

    def __init__(self, path: Path, environ: Mapping[str, str]) -> None:
        self.problems = Problems()
        self.references = References(path, environ, self.problems)
        self._base = path.parent

    def section(
        self, model: type[ModelT], data: object, path: str, *, also_known: Iterable[str] = ()
    ) -> ModelT | None:
        """A section as its model, or None with its problems noted. A null setting stands for its default."""
        resolved = self.references.resolved(without_nulls(data, model), path, model)
        return validated(
            model,
            resolved,
            path,
            self.problems,
            context=self._base,
            also_known=also_known,
            secrets=self.references.secrets,
        )

    def entries(self, data: object, path: str) -> dict[str, Any]:
        """The entries of a section whose names the operator chooses; unfit names are reported."""
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.problems.add("CFG-E007", path, "must be a block of settings", _BLOCK_REMEDY)
            return {}
        for name in data:
            if not is_id(name):
                remedy = "use 1 to 40 of the letters a to z, digits and -"
                self.problems.add("CFG-E014", joined(path, name), "the name cannot be used", remedy)
        return {name: entry for name, entry in data.items() if is_id(name)}

    def block(self, data: object, path: str) -> dict[str, Any] | None:
        """An entry's settings, or None where it is no block."""
        if isinstance(data, dict):
            return data
        self.problems.add("CFG-E007", path, "must be a block of settings", _BLOCK_REMEDY)
        return None

    def not_built(self, data: dict[str, Any], names: Iterable[str], path: str) -> dict[str, Any]:
        """`data` without settings of later versions; those that ask for something are reported."""
        later = set(names)
        for name, value in data.items():
            if name in later and value is not None:
                self.problems.add(
                    "CFG-E030", joined(path, name), "is not built yet in this version", "remove it"
                )
        return {name: value for name, value in data.items() if name not in later}
