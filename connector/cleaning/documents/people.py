"""The authors of remarks: it may matter who answers whom, and nobody's name is told."""


class People:
    """Gives each name a number, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def neutral(self, name: str) -> str:
        """What stands in the place of a name: the same for the same name."""
        return f"Person {self._numbers.setdefault(name, len(self._numbers) + 1)}"
