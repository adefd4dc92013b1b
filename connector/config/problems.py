"""Everything that is wrong with a config file, gathered, so that an operator mends it in one go."""

from collections.abc import Iterable

from pydantic_core import PydanticCustomError

from connector.errors import ConfigError

OUT_OF_BOUNDS = "is outside what can work"


class ConfigErrors(ConfigError):
    """One or more problems of a configuration, in the order in which they were met.

    `error_id`, `what` and `remedy` are those of the first; as text there is one line for each.
    """

    def __init__(self, problems: Iterable[ConfigError]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.error_id, first.what, first.remedy)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def refused(error_id: str, what: str, remedy: str) -> ConfigErrors:
    """A single problem that leaves nothing more to look at."""
    return ConfigErrors([ConfigError(error_id, what, remedy)])


def wrong(error_id: str, what: str, remedy: str) -> PydanticCustomError:
    """What a validator raises: the id travels as the error's type, the path is added when it is reported."""
    return PydanticCustomError(error_id, "{what}", {"what": what, "remedy": remedy})


class Problems:
    """Collects problems by path. What follows from an earlier one at the same path is left out."""

    def __init__(self) -> None:
        self._found: dict[str, ConfigError] = {}

    def add(self, error_id: str, path: str, what: str, remedy: str) -> None:
        """Note a problem at `path` (`schools.north-high.helpdesk`), unless there is one there or above it."""
        if not any(path == known or path.startswith((f"{known}.", f"{known}[")) for known in self._found):
            self._found[path] = ConfigError(error_id, f"{path}: {what}", remedy)

    def any_at(self, path: str) -> bool:
        """Whether something at or below `path` is wrong."""
        return any(known == path or known.startswith((f"{path}.", f"{path}[")) for known in self._found)

    def raise_if_any(self) -> None:
        """Raises ConfigErrors where something was found."""
        if self._found:
            raise ConfigErrors(self._found.values())


def joined(path: str, key: object) -> str:
    """The path of a key below another path. A key nobody could read on a terminal is not printed."""
    if isinstance(key, int) and not isinstance(key, bool):
        return f"{path}[{key}]"
    name = str(key)
    shown = name if name.isprintable() and len(name) <= 60 else "(unreadable)"
    return f"{path}.{shown}" if path else shown
