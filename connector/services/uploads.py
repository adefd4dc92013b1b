"""Files on their way in: cleaned, given names of ours, or refused with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from connector.cleaning import Cleaned, Refused, Upload
from connector.domain.tip import CleanFile
from connector.services.receipts import FileOutcome


class FileCleaner(Protocol):
    """`connector.cleaning.Cleaner`, or what a test puts in its place."""

    def clean(self, files: Sequence[Upload]) -> list[Cleaned | Refused]:
        """Clean each file; the answers are in the order of the files."""
        ...


_NOUNS = {"image": "photo", "video": "film", "audio": "sound", "application": "document", "text": "text"}
"""What a file is called, by the first half of its media type."""

TOO_LARGE = "This file is larger than the school's helpdesk takes. A smaller picture of the same will do."


def clean_uploads(
    cleaner: FileCleaner, uploads: Sequence[Upload], largest: int | None
) -> tuple[tuple[CleanFile, ...], tuple[FileOutcome, ...]]:
    """The files that may leave, and what to tell the reporter of each. `largest` in bytes is the helpdesk's limit.

    The reporter's own file names are not even read: they carry names and dates.
    """
    if not uploads:
        return (), ()
    clean: list[CleanFile] = []
    outcomes: list[FileOutcome] = []
    for index, result in enumerate(cleaner.clean(uploads)):
        match result:
            case Cleaned() if largest is not None and result.size > largest:
                outcomes.append(FileOutcome(index, f"file-{index + 1}", False, False, reason=TOO_LARGE))
            case Cleaned():
                noun = _NOUNS[result.media_type.partition("/")[0]]
                name = f"{noun}-{index + 1}.{result.extension}"
                clean.append(CleanFile(name, result.media_type, result.content))
                outcomes.append(FileOutcome(index, name, True, True, removed=result.removed))
            case Refused():
                outcomes.append(FileOutcome(index, f"file-{index + 1}", False, False, reason=result.reason))
    return tuple(clean), tuple(outcomes)


SEALED = "Kept sealed: only the custodians can open this file, and staff do not see it."
ONLY_WITH_THE_TIP = (
    "Files for this kind of tip can only be sent together with the tip. Please send a new tip with them."
)


def sealed_instead(outcomes: Sequence[FileOutcome]) -> tuple[FileOutcome, ...]:
    """The outcomes where accepted files go to the custodians and not to the helpdesk."""
    return tuple(
        replace(outcome, forwarded=False, reason=SEALED) if outcome.accepted else outcome
        for outcome in outcomes
    )


def not_taken(count: int) -> tuple[FileOutcome, ...]:
    """The outcomes where files cannot be sealed any more."""
    return tuple(
        FileOutcome(index, f"file-{index + 1}", False, False, reason=ONLY_WITH_THE_TIP)
        for index in range(count)
    )


def refusals(outcomes: Sequence[FileOutcome]) -> tuple[str, ...]:
    """The reasons why files were refused."""
    return tuple(outcome.reason or "" for outcome in outcomes if outcome.accepted is False)
