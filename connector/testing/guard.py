"""Sees to it that no promise goes missing without a word."""

from collections.abc import Mapping
from typing import ClassVar


class Guard:
    """The promise about the promises."""

    kit_exempt: ClassVar[Mapping[str, str]]

    @classmethod
    def is_untouched(cls, name: str) -> bool:
        """Whether the promise `name` is still the kit's own."""
        return getattr(cls, name, None) is _kits_own(cls).get(name)

    def test_no_promise_was_removed_or_changed_without_a_reason(self) -> None:
        """Fails where a subclass overrides or removes a promise and `kit_exempt` gives no reason for it.

        Look at: the names in the message. Either delete the override, or state the reason under the promise's
        name.
        """
        own = _kits_own(type(self))
        changed = {name for name in own if not self.is_untouched(name)}
        unsaid = sorted(changed - {name for name, reason in self.kit_exempt.items() if reason.strip()})
        assert not unsaid, (
            f"promises of the kit are overridden without a reason in kit_exempt: {', '.join(unsaid)}"
        )

    def test_every_exemption_names_a_promise_and_a_reason(self) -> None:
        """Fails for an exemption that is misspelt, left over from an older kit, or empty.

        Look at: `kit_exempt`.
        """
        own = _kits_own(type(self))
        unknown = sorted(name for name in self.kit_exempt if name not in own)
        empty = sorted(name for name, reason in self.kit_exempt.items() if not reason.strip())
        assert not unknown, f"kit_exempt names no promise of the kit: {', '.join(unknown)}"
        assert not empty, f"kit_exempt gives no reason for: {', '.join(empty)}"


def _kits_own(cls: type) -> dict[str, object]:
    """All promises as the kit defines them, by name."""
    kit = [base for base in cls.__mro__ if base.__module__.startswith("connector.testing.")]
    return {
        name: value
        for base in reversed(kit)
        for name, value in vars(base).items()
        if name.startswith("test_")
    }
