"""What travels between the steps of the form: in hidden fields, so that nothing is kept on the server or the device."""

import secrets
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import sha256

from werkzeug.datastructures import MultiDict

from connector.domain.identity import Contact, ShareContact
from connector.domain.tip import Tip
from connector.services.intake import MAX_TEXT
from webhook_server.parts import WebParts


@dataclass(frozen=True, slots=True)
class Draft:
    """A tip being written. Every value is the text of a form field; `key` is the idempotency key of this tip.

    `seen` stands for the words that the reporter has been asked about, so that nobody is asked twice.
    """

    school: str = ""
    category: str = ""
    danger: str = ""
    about_staff: str = ""
    text: str = field(default="", repr=False)
    where: str = field(default="", repr=False)
    when: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    share: str = "no"
    contact_name: str = field(default="", repr=False)
    contact_phone: str = field(default="", repr=False)
    contact_email: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    seen: str = ""

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> "Draft":
        """The draft in a form; a fresh key where there is none yet. Browsers send two characters for a line break."""
        values = {entry.name: form.get(entry.name, "").replace("\r\n", "\n") for entry in fields(cls)}
        draft = cls(**values)
        return draft if draft.key else replace(draft, key=secrets.token_urlsafe(24))

    def hidden(self, *shown: str) -> dict[str, str]:
        """The fields to carry along on a page that shows the others itself."""
        return {name: value for name, value in asdict(self).items() if name not in shown and value}

    def errors(self, parts: WebParts) -> dict[str, str]:
        """What is missing on the first page, by field."""
        found = {}
        if self.school not in parts.programme.schools:
            found["school"] = "Choose the school that this is about."
        if self.category not in parts.programme.categories:
            found["category"] = "Choose what fits best. If nothing fits, choose Other."
        return found

    def story_errors(self, has_files: bool) -> dict[str, str]:
        """What is wrong with the words."""
        if len(self.text) > MAX_TEXT:
            return {
                "text": f"This is too long: at most {MAX_TEXT} characters. You can add the rest as a message later."
            }
        if not self.text.strip() and not has_files:
            return {"text": "Write what happened. A few words are enough."}
        return {}

    @property
    def is_seen(self) -> bool:
        """Whether the reporter has been asked about exactly these words."""
        return self.seen == self._words()

    def as_seen(self) -> "Draft":
        """The draft, whose words the reporter has been asked about."""
        return replace(self, seen=self._words())

    def _words(self) -> str:
        words = f"{self.text}\0{self.where}\0{self.when}\0{self.who}"
        return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def share_contact(self) -> ShareContact:
        """What is to be done with the contact; whatever else the field holds means: nothing."""
        return "vault" if self.share == "vault" else "staff" if self.share == "staff" else "no"

    def contact(self) -> Contact | None:
        """How the reporter may be reached, if they have written it."""
        return Contact(self.contact_name, self.contact_phone, self.contact_email) or None

    def tip(self) -> Tip:
        """The tip that was written."""
        return Tip(
            school=self.school,
            category=self.category,
            text=self.text,
            danger_now={"yes": True, "no": False}.get(self.danger),
            about_staff=self.about_staff == "yes",
            where=self.where[:2000],
            when=self.when[:2000],
            who=self.who[:2000],
        )
