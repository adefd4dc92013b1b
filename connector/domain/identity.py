"""What may be known of a reporter. Parted from the tip at the door, and never in the same object with it again."""

from dataclasses import dataclass, field
from typing import Literal

Captured = Literal["ip", "phone", "device", "contact"]
"""What an operator may choose to have sealed (`identity.capture`)."""

ShareContact = Literal["no", "vault", "staff"]
"""What a reporter chooses to do with a contact: nothing, seal it, hand it to staff."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a reporter may be reached, in their own words. `repr` shows none of it."""

    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.email))


@dataclass(frozen=True, slots=True)
class Identity:
    """What is sealed about a reporter: only what the operator captures. `repr` shows none of it."""

    ip: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    device: str | None = field(default=None, repr=False)
    contact: Contact | None = field(default=None, repr=False)

    def as_json(self) -> dict[str, object] | None:
        """The shape that `vault open` prints: only what was kept; None where nothing was."""
        kept: dict[str, object] = {
            name: value
            for name, value in (("ip", self.ip), ("phone", self.phone), ("device", self.device))
            if value
        }
        if self.contact:
            fields = ("name", "phone", "email")
            kept["contact"] = {name: value for name in fields if (value := getattr(self.contact, name))}
        return kept or None


NOTHING = Identity()
