"""The door: what may be known of a reporter is parted from the tip here, and only what is to be sealed goes on."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from connector.cleaning import clean_tip_text
from connector.domain.identity import NOTHING, Captured, Contact, Identity, ShareContact
from connector.errors import TipbridgeError

MOST_NAME, MOST_PHONE, MOST_EMAIL = 200, 60, 254
"""Characters of a contact."""
_LONGEST_DEVICE = 300


class ContactRefused(TipbridgeError):
    """A contact cannot be used as the reporter wishes. `available` False: this programme never does."""

    def __init__(self, message: str, *, available: bool) -> None:
        super().__init__(message)
        self.available = available


@dataclass(frozen=True, slots=True)
class Parted:
    """What was parted from a tip: what is sealed, what the reporter hands to staff, and what is to leave nowhere.

    `declared` is a contact that staff are not to have: it is taken out of the words of the tip, and ends there.
    """

    identity: Identity = NOTHING
    for_staff: Contact | None = None
    declared: Contact | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Knows what this programme captures. Everything else about a reporter ends here."""

    capture: frozenset[Captured] = frozenset()

    @property
    def choices(self) -> tuple[ShareContact, ...]:
        """What a reporter may choose to do with a contact."""
        return ("no", "vault", "staff") if "contact" in self.capture else ("no", "staff")

    def part(
        self,
        *,
        share: ShareContact,
        contact: Contact | None,
        ip: Callable[[], str | None],
        device: Callable[[], str | None],
        phone: str | None = None,
    ) -> Parted:
        """What goes on. `ip` and `device` are not even asked for unless they are captured. Raises ContactRefused."""
        given = _cleaned(contact)
        if share not in self.choices:
            raise ContactRefused(
                "contact details cannot be sealed here; share them with staff, or not at all", available=False
            )
        if share != "no" and given is None:
            raise ContactRefused(
                "write a name, a phone number or a mail address, or share nothing", available=True
            )
        identity = Identity(
            ip=ip() if "ip" in self.capture else None,
            phone=phone if "phone" in self.capture else None,
            device=_device(device()) if "device" in self.capture else None,
            contact=given if share != "no" and "contact" in self.capture else None,
        )
        return Parted(identity, given, None) if share == "staff" else Parted(identity, None, given)


def contact_words(contact: Contact) -> str:
    """A contact as staff read it."""
    fields = (("Name", contact.name), ("Phone", contact.phone), ("Mail", contact.email))
    lines = [f"{title}: {value}" for title, value in fields if value]
    return "\n".join(["The reporter chose to tell staff who they are:", *lines])


def kept_by_web(capture: Collection[Captured]) -> list[Captured]:
    """What of the captured is there to be kept when a tip comes by web or app: a browser tells no phone number."""
    return [name for name in ("ip", "device", "contact") if name in capture]


def _cleaned(contact: Contact | None) -> Contact | None:
    if contact is None:
        return None
    fields = ((contact.name, MOST_NAME), (contact.phone, MOST_PHONE), (contact.email, MOST_EMAIL))
    # Cleaning may lengthen a text (NFC), and a record has room for so many characters and no more.
    name, phone, email = (
        " ".join(clean_tip_text(value or "").split())[:most] or None for value, most in fields
    )
    return Contact(name, phone, email) or None


def _device(agent: str | None) -> str | None:
    if not agent:
        return None
    return "".join(char for char in agent if " " <= char <= "~")[:_LONGEST_DEVICE] or None
