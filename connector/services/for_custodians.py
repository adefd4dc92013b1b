"""Which files of a tip only the custodians may see, and writing them down for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.cleaning import Upload
from connector.domain.tip import CleanFile
from connector.services.programme import Category, Programme
from connector.services.sealed_files import FilesKey, seal_file
from connector.services.sealing import Sealing, place
from connector.services.uploads import Taken
from connector.store import Store

_AS_IT_CAME = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class ForCustodians:
    """The files of one tip that are sealed. `key` None: none are, and none will be."""

    files: tuple[CleanFile, ...] = field(default=(), repr=False)
    key: FilesKey | None = field(default=None, repr=False)
    instead: int = 0
    """How many of them staff would have got otherwise."""


class SealingFiles:
    """Writes files down under a key that only the custodians can put together."""

    def __init__(self, store: Store, sealing: Sealing, programme: Programme) -> None:
        self._store = store
        self._sealing = sealing
        self._programme = programme

    def chosen(self, category: Category, uploads: Sequence[Upload], taken: Taken) -> ForCustodians:
        """What is sealed of a tip: its clean files where the category says so, the originals where the config does."""
        if not uploads or not self._sealing.is_on:
            return ForCustodians()
        clean = taken.clean if category.seal_files else ()
        originals = _as_they_came(uploads) if self._programme.seal_originals else ()
        later = category.seal_files and taken.unclean
        if not (clean or originals or later):
            return ForCustodians()
        return ForCustodians((*clean, *originals), FilesKey.new(), len(clean))

    def put(self, number: str, chosen: ForCustodians) -> None:
        """Write them down under a case number; durable when this returns. Raises StoreUnavailable."""
        if chosen.key is not None:
            for index, file in enumerate(chosen.files):
                self.put_one(number, chosen.key, index, file)

    def put_one(self, number: str, key: FilesKey, index: int, file: CleanFile) -> None:
        """Write one down; a second time replaces the first."""
        seal_file(self._store, self._sealing.hashes(number)[0], place(number, "files"), key, index, file)

    def take_back(self, number: str, chosen: ForCustodians) -> None:
        """The case could not be recorded under this number: nothing of it is kept there."""
        if chosen.key is not None:
            with self._store.write() as tx:
                tx.vault.remove_pieces(self._sealing.hashes(number)[0], chosen.key.batch.hex())


def _as_they_came(uploads: Sequence[Upload]) -> tuple[CleanFile, ...]:
    """Named by number: what the reporter called them says who, when and where."""
    return tuple(
        CleanFile(f"original-{number}", _AS_IT_CAME, upload.content)
        for number, upload in enumerate(uploads, start=1)
    )
