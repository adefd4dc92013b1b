"""Who cleans which kind, and who looks at the result. Both run in the sandbox, each in a process of its own.

A routine reads a stranger's file and writes a clean one; a witness reads a clean one and says whether it is. A
witness shares no code with its routine: what the one overlooks the other must see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import BinaryIO, Protocol

from connector.cleaning.kinds import FILMS, OFFICE, OPEN_DOCUMENTS, PHOTOS, SOUNDS, Kind
from connector.cleaning.words import NOTHING, Found, Trouble


class CannotClean(Exception):
    """The file cannot be cleaned, and it is known why. Anything else that a routine raises means: damaged."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be cleaned, and how much it may be.

    `pixels` bounds one picture, `all_pixels` the pixels of all frames together, `unpacked_bytes` what a packed
    document holds. `faithful` keeps the pixels of photos as they are, where the format allows. `fit` is the
    size in bytes that a film should come down to; None where any size will do.
    """

    pixels: int
    all_pixels: int
    unpacked_bytes: int
    faithful: bool = False
    fit: int | None = None


@dataclass(frozen=True, slots=True)
class Washed:
    """What was written, and what the original carried besides."""

    kind: Kind
    found: Found = NOTHING


class Routine(Protocol):
    """A module that cleans. Equal input gives equal output, byte for byte."""

    def wash(self, kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
        """Write the clean file to `out` (empty, seekable). Raises CannotClean, or anything for a damaged file."""
        ...


class Witness(Protocol):
    """A module that looks at what has been cleaned."""

    def is_clean(self, kind: Kind, data: BinaryIO, wish: Wish) -> bool:
        """Whether it is of this kind, whole, and holds nothing that does not belong. May raise: then it is not."""
        ...


_PLACES: Mapping[frozenset[Kind], tuple[str, str]] = MappingProxyType(
    {
        PHOTOS: ("photos.routine", "photos.witness"),
        FILMS | SOUNDS: ("films.routine", "films.witness"),
        frozenset({Kind.PDF}): ("documents.pdf.routine", "documents.pdf.witness"),
        OFFICE: ("documents.office.routine", "documents.office.witness"),
        OPEN_DOCUMENTS: ("documents.open_document.routine", "documents.open_document.witness"),
        frozenset({Kind.TEXT}): ("documents.plain.routine", "documents.plain.witness"),
    }
)

CAN_BE_CLEANED = frozenset(kind for kinds in _PLACES for kind in kinds)


@cache
def pair_for(kind: Kind) -> tuple[Routine, Witness]:
    """Routine and witness of a kind. Raises ImportError where an optional part is not installed."""
    routine, witness = next(names for kinds, names in _PLACES.items() if kind in kinds)
    return _module(routine), _module(witness)


def load_all() -> None:
    """Import what there is, so that no process has to do it once its walls are up."""
    for kinds in _PLACES:
        try:
            pair_for(next(iter(kinds)))
            for kind in kinds:
                pair_for(kind)
        except ImportError:
            # An optional part. A file of this kind is refused in words that say so.
            continue


def _module(name: str):  # type: ignore[no-untyped-def]  # a module is the object, and mypy cannot see which
    return import_module(f"connector.cleaning.{name}")
