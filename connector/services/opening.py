"""Opening an identity: k of n approvals, then an entry in the log, and only then what was kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connector.clock import Clock
from connector.domain.case import CaseNumber
from connector.domain.tip import CleanFile
from connector.errors import VaultShut
from connector.services.auditing import Auditing
from connector.services.sealed_files import FilesKey, open_files
from connector.services.sealing import Sealing, custodians_of
from connector.services.vetting import Refused, Vetted, vet
from connector.store import Store
from connector.store.vault_rows import RecordRow
from connector.vault.crossing import FileBroken
from connector.vault.keyring import SealBroken
from connector.vault.passphrase import WrongPassphrase
from connector.vault.record import commitment_of, key_from, open_bytes, open_identity
from connector.vault.requests import OpenerFile, Request
from connector.vault.seal_keys import SealPrivate


class VaultRefused(VaultShut):
    """The vault stays shut; the message says why and what to do. It is in the log."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was kept. `identity` None: nothing, or it was shredded."""

    case: str
    identity: dict[str, Any] | None = field(default=None, repr=False)
    files: tuple[CleanFile, ...] = field(default=(), repr=False)


class Opening:
    """Opens what a request was approved for, once."""

    def __init__(self, *, store: Store, clock: Clock, sealing: Sealing, auditing: Auditing) -> None:
        self._store = store
        self._clock = clock
        self._sealing = sealing
        self._auditing = auditing

    def open(self, request: bytes, approvals: Sequence[bytes], opener: bytes, passphrase: str) -> Opened:
        """What the request asks for. Raises VaultRefused; either way the log says so first."""
        asked: Request | None = None
        try:
            asked = _read(request)
            self._check_asked(asked)
            private = self._one_time_key(asked, opener, passphrase)
            with self._store.read() as tx:
                known = custodians_of(tx)
            vetted = vet(asked, approvals, known, private)
            self._log_denials(asked, vetted)
            return self._opened(asked, _combined(asked, vetted), vetted)
        except Refused as refused:
            self._auditing.record(
                "refused",
                case=asked.case if asked else None,
                request=asked.digest if asked else None,
                why=refused.why,
            )
            raise VaultRefused(f"{refused.why}; {refused.remedy}") from None

    def _check_asked(self, asked: Request) -> None:
        with self._store.read() as tx:
            events = {_event(row.body) for row in tx.audit.of_request(asked.digest)}
        if "requested" not in events:
            raise Refused(
                "this request was not made here, or it was altered", "use the file that vault request wrote"
            )
        if "opened" in events:
            raise Refused("this request has been opened already", "make a new request")
        if asked.expires <= self._clock.now():
            raise Refused("this request has expired", "make a new request")

    def _one_time_key(self, asked: Request, opener: bytes, passphrase: str) -> SealPrivate:
        try:
            file = OpenerFile.parse(opener)
            if file.request != asked.digest:
                raise Refused(
                    "the opener file belongs to another request", "use the one written beside this request"
                )
            return file.unlocked(passphrase)
        except FileBroken:
            raise Refused("the opener file was altered", "use the file that vault request wrote") from None
        except WrongPassphrase:
            raise Refused("the passphrase does not open the opener file", "try again") from None

    def _log_denials(self, asked: Request, vetted: Vetted) -> None:
        for denial in vetted.denials:
            self._auditing.record(
                "denied", case=asked.case, request=asked.digest, by=denial.custodian, reason=denial.reason
            )

    def _opened(self, asked: Request, key: bytes, vetted: Vetted) -> Opened:
        with self._store.write() as tx:
            tx.audit.alone()
            # Looked at once more: somebody else may have opened it just now.
            if "opened" in {_event(row.body) for row in tx.audit.of_request(asked.digest)}:
                raise Refused("this request has been opened already", "make a new request")
            self._auditing.write(
                tx,
                "opened",
                case=asked.case,
                request=asked.digest,
                what=asked.what,
                by=asked.by,
                approved_by=sorted(vetted.approved_by),
            )
            record = tx.vault.find(self._sealing.hashes(asked.case), asked.what)
            case = tx.cases.by_number(CaseNumber(asked.case))
            shredded = case is not None and tx.retention.is_shredded(case.case_id)
        # From here on the entry is on the disk, whatever happens to this process.
        if record is None or shredded:
            return Opened(asked.case)
        return self._revealed(asked, key, record)

    def _revealed(self, asked: Request, key: bytes, record: RecordRow) -> Opened:
        if commitment_of(record.sealed) != asked.commitment:
            raise Refused(
                "what is stored for this case is not what was asked for: it was altered, or put there since",
                "make a new request; if the custodians' shares do not open, restore the vault from a backup",
            )
        try:
            if asked.what == "identity":
                return Opened(asked.case, identity=open_identity(record.sealed, key, asked.place))
            files_key = FilesKey.from_bytes(open_bytes(record.sealed, key, asked.place))
            files = open_files(self._store, record.case_hash, asked.place, files_key)
        except SealBroken:
            raise Refused(
                "what is stored for this case was altered and does not open",
                "restore the vault from a backup",
            ) from None
        return Opened(asked.case, files=tuple(files))


def _read(request: bytes) -> Request:
    try:
        return Request.parse(request)
    except FileBroken as broken:
        raise Refused(str(broken).split(";")[0], "use the file that vault request wrote") from None


def _combined(asked: Request, vetted: Vetted) -> bytes:
    if len(vetted.parts) < asked.quorum:
        raise Refused(
            f"too few approvals: {len(vetted.parts)}, and {asked.quorum} are needed",
            "ask the other custodians",
        )
    key = key_from(vetted.parts, asked.quorum, asked.place, asked.commitment)
    if key is None:
        raise Refused(
            "the shares do not fit together: at least one is wrong", "ask another custodian as well"
        )
    return key


def _event(body: bytes) -> str:
    return str(json.loads(body).get("event"))
