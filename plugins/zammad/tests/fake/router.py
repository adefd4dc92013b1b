"""Which view answers which path. Flask's own takes half a millisecond a rule to set up, each time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

View = Callable[..., Any]
"""Called with the caller, the parameters and the path's parts; returns JSON to be, or a Response."""


@dataclass(frozen=True, slots=True)
class Route:
    """A view, the status it answers with, and the names of the path's variable parts."""

    view: View
    status: int
    names: tuple[str | None, ...]

    def parts(self, segments: list[str]) -> dict[str, str]:
        """The variable parts of a path."""
        return {name: segment for name, segment in zip(self.names, segments, strict=True) if name is not None}


class Router:
    """Routes by method and path; a fixed segment goes before a variable one."""

    def __init__(self) -> None:
        self._routes: dict[str, list[tuple[tuple[str | None, ...], Route]]] = {}

    def add(self, method: str, rule: str, view: View, status: int) -> None:
        """Answer `method` on `rule`, whose `<name>` segments are handed to the view."""
        segments = rule.strip("/").split("/")
        names = tuple(part[1:-1] if part.startswith("<") else None for part in segments)
        fixed = tuple(None if name else part for name, part in zip(names, segments, strict=True))
        routes = self._routes.setdefault(method, [])
        routes.append((fixed, Route(view, status, names)))
        routes.sort(key=lambda entry: sum(part is None for part in entry[0]))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route and the variable parts of a path, None where nothing is."""
        segments = path.strip("/").split("/")
        for fixed, route in self._routes.get(method, ()):
            if len(fixed) == len(segments) and all(
                part is None or part == segment for part, segment in zip(fixed, segments, strict=True)
            ):
                return route, route.parts(segments)
        return None
