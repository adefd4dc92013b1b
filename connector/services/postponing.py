"""Files that take longer than the reporter waits: kept as they came, encrypted, until the worker has cleaned them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.cleaning import Upload
from connector.domain.blob import as_blob
from connector.services.holding import HeldBlob, Holding
from connector.services.identifiers import new_id
from connector.services.sealed_files import FilesKey
from connector.services.uploads import Unclean
from connector.store.pending import ClaimedPending, NewPending
from connector.vault.envelope import Envelope, open_row, seal_row
from connector.vault.keyring import ServiceKeys


@dataclass(frozen=True, slots=True)
class Postponed:
    """A file again, as it came."""

    index: int
    content: HeldBlob = field(repr=False)
    declared_type: str | None = field(default=None, repr=False)
    seal_under: FilesKey | None = field(default=None, repr=False)
    """Where staff must not see it: the key of the custodians' files of its case, kept only until it is clean."""

    @property
    def upload(self) -> Upload:
        """As it goes into cleaning."""
        return Upload(self.content, self.declared_type)


class Postponing:
    """Keeps files, under the service's keys like all that waits, and gives them back to be cleaned."""

    def __init__(self, holding: Holding, service_keys: ServiceKeys) -> None:
        self._holding = holding
        self._service_keys = service_keys

    def keep(self, files: Sequence[Unclean], seal_under: FilesKey | None = None) -> tuple[Postponed, ...]:
        """Write them down; they are nobody's until `rows` of them are recorded. Raises StoreUnavailable."""
        return tuple(
            Postponed(
                file.index,
                self._holding.hold(as_blob(file.upload.content)),
                file.upload.declared_type,
                seal_under,
            )
            for file in files
        )

    def rows(self, case_id: str, files: Sequence[Postponed]) -> tuple[NewPending, ...]:
        """The rows by which the worker finds them."""
        return tuple(self._row(case_id, file) for file in files)

    def opened(self, claimed: ClaimedPending) -> Postponed:
        """A file again. Raises SealBroken, UnknownKey."""
        envelope = Envelope(claimed.content, claimed.wrapped_key)
        fields = json.loads(open_row(self._service_keys, envelope, _context(claimed.pending_id)))
        content = self._holding.again(claimed.file_id, fields["size"], bytes.fromhex(fields["key"]))
        seal = fields["seal"]
        key = None if seal is None else FilesKey.from_bytes(bytes.fromhex(seal))
        return Postponed(fields["index"], content, fields["declared"], key)

    def _row(self, case_id: str, file: Postponed) -> NewPending:
        pending_id, content = new_id(), file.content
        fields = {
            "index": file.index,
            "size": content.size,
            "key": content.key.hex(),
            "declared": file.declared_type,
            "seal": None if file.seal_under is None else file.seal_under.to_bytes().hex(),
        }
        envelope = seal_row(self._service_keys, json.dumps(fields).encode(), _context(pending_id))
        return NewPending(pending_id, case_id, content.file_id, envelope.ciphertext, envelope.wrapped_key)


def _context(pending_id: str) -> bytes:
    return f"pending|{pending_id}".encode()
