"""Looking at a text as the service does, with the languages of all schools."""

from connector.cleaning import TextChecker, TextWarning, phone_regions
from connector.domain.identity import Contact

LANGUAGES = ("en", "es", "vi", "zh", "ar", "ht", "fr", "pt", "tl", "ru", "ko", "so")
REGIONS = phone_regions((), LANGUAGES)
CHECKER = TextChecker(REGIONS)


def found(text: str, kind: str | None = None) -> list[str]:
    """What is warned about, as it stands in the text; of one kind, or `kind: words` of all."""
    warnings = CHECKER.warnings(text)
    if kind is None:
        return [f"{one.kind}: {text[one.start : one.end]}" for one in warnings]
    return [text[one.start : one.end] for one in warnings if one.kind == kind]


def warned(text: str, contact: Contact | None = None) -> list[TextWarning]:
    """The warnings where a contact was declared and not shared with staff."""
    return list(CHECKER.warnings(text, CHECKER.declared(contact)))
