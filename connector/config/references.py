"""Values that stand elsewhere: `${NAME}` in the environment, `file:PATH` in a file.

`${NAME}` may stand for any text; `file:` is for secrets. A secret written into the config file itself works
too, with a warning where others can read the file.
"""

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr

from connector.config.problems import Problems, joined
from connector.plugin_api import Finding, Level

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LARGEST_SECRET = 64_000
_UNRESOLVED = "unresolved"
"""Stands in for what could not be found, so that the rest of the file can be judged; it is never used."""


def is_secret(annotation: Any) -> bool:
    """Whether a field of this type holds a secret, alone or in a list."""
    return annotation is SecretStr or any(is_secret(part) for part in get_args(annotation))


class References:
    """Looks values up, and notes what is missing and what others can read."""

    def __init__(self, config: Path, environ: Mapping[str, str], problems: Problems) -> None:
        self._base = config.parent
        self._config_is_open = _others_read(config)
        self._environ = environ
        self._problems = problems
        self.warnings: list[Finding] = []
        self.secrets: set[str] = set()
        """Every secret met so far, so that no message of a plugin can carry one out."""

    def resolved(self, value: Any, path: str, annotation: Any = None) -> Any:
        """`value` with everything looked up, `annotation` being the type of its field where that is known."""
        if isinstance(value, str):
            return self._secret(value, path) if is_secret(annotation) else self._from_environ(value, path)
        if isinstance(value, list):
            return [self.resolved(item, joined(path, index), annotation) for index, item in enumerate(value)]
        if isinstance(value, dict):
            fields = fields_of(annotation)
            otherwise = None if fields else annotation
            return {
                key: self.resolved(item, joined(path, key), fields.get(key, otherwise))
                for key, item in value.items()
            }
        return value

    def _from_environ(self, value: str, path: str) -> str:
        if "${" not in value:
            return value
        match = _VARIABLE.fullmatch(value)
        if match is None:
            remedy = "let the variable hold the whole value, or use file:PATH for a secret with such signs"
            return self._missing("CFG-E021", path, "${NAME} must be the whole value", remedy)
        found = self._environ.get(match[1], "")
        if not found:
            what = f"the environment variable {match[1]} is not set"
            return self._missing("CFG-E020", path, what, f"set {match[1]} where Tipbridge is started")
        return found

    def _secret(self, value: str, path: str) -> str:
        if value.startswith("file:"):
            secret = self._from_file(value.removeprefix("file:"), path)
        else:
            secret = self._from_environ(value, path)
            if secret == value and self._config_is_open and _may_be_secret(value):
                self._warn("CFG-W001", path, "is a secret in a file that others can read", "the config file")
        if secret == _UNRESOLVED:
            return secret
        if not secret or not secret.isprintable():
            remedy = "write it as one line of ordinary characters"
            return self._missing("CFG-E023", path, "is empty or more than one line", remedy)
        self.secrets.add(secret)
        return secret

    def _from_file(self, name: str, path: str) -> str:
        file = self._base / name
        try:
            with file.open("rb") as stream:
                secret = stream.read(_LARGEST_SECRET).decode().rstrip("\r\n")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
            what = f"the file it names cannot be read ({reason})"
            remedy = (
                "write file:PATH with a path relative to the config file, and let Tipbridge's account read it"
            )
            return self._missing("CFG-E022", path, what, remedy)
        if _others_read(file):
            self._warn("CFG-W002", path, "names a secret file that others can read", "that file")
        return secret

    def _missing(self, error_id: str, path: str, what: str, remedy: str) -> str:
        self._problems.add(error_id, path, what, remedy)
        return _UNRESOLVED

    def _warn(self, finding_id: str, path: str, what: str, file: str) -> None:
        self.warnings.append(Finding(finding_id, Level.WARNING, f"{path}: {what}", f"chmod o-rwx {file}"))


def fields_of(annotation: Any) -> dict[str, Any]:
    """The types of a model's fields by their names in the file; nothing where the type holds no model."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
    return next((fields for part in get_args(annotation) if (fields := fields_of(part))), {})


def _may_be_secret(value: str) -> bool:
    """A database address is a secret only where it holds a login."""
    return "://" not in value or "@" in value


def _others_read(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
