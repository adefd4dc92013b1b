"""Files on their way in: cleaned, given names of ours, refused with a reason, or kept to be cleaned later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from connector.cleaning import Cleaned, Refused, Unfinished, Upload
from connector.domain.tip import CleanFile
from connector.services.receipts import FileOutcome


class FileCleaner(Protocol):
    """`connector.cleaning.Cleaner`, or what a test puts in its place."""

    def clean(
        self, files: Sequence[Upload], *, fit: int | None = None, within: float | None = None
    ) -> list[Cleaned | Refused | Unfinished]:
        """Clean each file; the answers are in the order of the files. `fit` in bytes, `within` in seconds."""
        ...

    def clean_one(self, file: Upload, *, fit: int | None = None) -> Cleaned | Refused:
        """Clean a file, however long it takes."""
        ...


TOO_LARGE = "This file is larger than the school's helpdesk takes. A smaller one, or a part of it, will do."
STILL_BEING_CLEANED = "still being cleaned"
GAVE_UP = "It could not be cleaned. Take screenshots of what matters and send those."
SEALED = "Kept sealed: only the custodians can open this file, and staff do not see it."
ONLY_WITH_THE_TIP = (
    "Files for this kind of tip can only be sent together with the tip. Please send a new tip with them."
)


@dataclass(frozen=True, slots=True)
class Unclean:
    """An upload that is kept to be cleaned later; `index` is its place among the files of its tip."""

    index: int
    upload: Upload


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files of one tip or message: those that may leave, those that wait, and what the reporter is told."""

    clean: tuple[CleanFile, ...] = ()
    unclean: tuple[Unclean, ...] = ()
    outcomes: tuple[FileOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Uploads:
    """Takes files in. `within` is how long a reporter waits."""

    cleaner: FileCleaner
    within: timedelta

    def take(self, uploads: Sequence[Upload], largest: int | None) -> Taken:
        """Clean what can be cleaned now. `largest` in bytes is the helpdesk's limit for a file.

        The reporter's own file names are not even read: they carry names and dates.
        """
        if not uploads:
            return Taken()
        clean: list[CleanFile] = []
        unclean: list[Unclean] = []
        outcomes: list[FileOutcome] = []
        results = self.cleaner.clean(uploads, fit=largest, within=self.within.total_seconds())
        for index, (upload, result) in enumerate(zip(uploads, results, strict=True)):
            if isinstance(result, Unfinished):
                unclean.append(Unclean(index, upload))
                outcomes.append(FileOutcome(index, _unnamed(index), None, False, reason=STILL_BEING_CLEANED))
                continue
            file, outcome = judged(index, result, largest)
            clean += [file] if file is not None else []
            outcomes.append(outcome)
        return Taken(tuple(clean), tuple(unclean), tuple(outcomes))

    def take_later(
        self, index: int, upload: Upload, largest: int | None
    ) -> tuple[CleanFile | None, FileOutcome]:
        """Clean one that was kept."""
        return judged(index, self.cleaner.clean_one(upload, fit=largest), largest)


def judged(
    index: int, result: Cleaned | Refused, largest: int | None
) -> tuple[CleanFile | None, FileOutcome]:
    """A cleaned file under a name of ours, or None; and what the reporter is told."""
    match result:
        case Cleaned() if largest is not None and result.size > largest:
            return None, FileOutcome(index, _unnamed(index), False, False, reason=TOO_LARGE)
        case Cleaned():
            name = f"{result.noun}-{index + 1}.{result.extension}"
            file = CleanFile(name, result.media_type, result.content)
            return file, FileOutcome(index, file.name, True, True, removed=result.removed)
        case Refused():
            return None, FileOutcome(index, _unnamed(index), False, False, reason=result.reason)


def sealed_instead(outcomes: Sequence[FileOutcome]) -> tuple[FileOutcome, ...]:
    """The outcomes where accepted files go to the custodians and not to the helpdesk."""
    return tuple(
        replace(outcome, forwarded=False, reason=SEALED) if outcome.accepted else outcome
        for outcome in outcomes
    )


def not_taken(count: int) -> tuple[FileOutcome, ...]:
    """The outcomes where files cannot be sealed any more."""
    return tuple(
        FileOutcome(index, _unnamed(index), False, False, reason=ONLY_WITH_THE_TIP) for index in range(count)
    )


def refusals(outcomes: Sequence[FileOutcome]) -> tuple[str, ...]:
    """The reasons why files were refused."""
    return tuple(outcome.reason or "" for outcome in outcomes if outcome.accepted is False)


def _unnamed(index: int) -> str:
    return f"file-{index + 1}"
