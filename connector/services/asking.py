"""Asking for an identity: the request that goes to the custodians, and the one-time key of who asks."""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta

from connector.clock import Clock
from connector.domain.case import CaseNumber
from connector.domain.identity import NOTHING
from connector.services.auditing import Auditing
from connector.services.sealing import Sealing, place, row_of
from connector.store import Store
from connector.store.vault_rows import RecordRow
from connector.vault.custodian_set import CustodianSet
from connector.vault.passphrase import PassphraseCost
from connector.vault.record import commitment_of, seal_identity
from connector.vault.requests import Grounds, OpenerFile, Request, RequestShare, What, moment
from connector.vault.seal_keys import SealPrivate
from connector.vault.secret import SecretBytes


@dataclass(frozen=True, slots=True)
class Asked:
    """The two files: one for the custodians, one for who asked."""

    request: Request
    opener: OpenerFile


class Asking:
    """Writes requests. What comes out does not tell whether an identity is there, or whether the case exists."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        sealing: Sealing,
        auditing: Auditing,
        custodians: CustodianSet,
        ttl: timedelta,
        cost: PassphraseCost,
    ) -> None:
        self._store = store
        self._clock = clock
        self._sealing = sealing
        self._auditing = auditing
        self._custodians = custodians
        self._ttl = ttl
        self._cost = cost

    def ask(self, number: CaseNumber, what: What, grounds: Grounds, by: str, passphrase: str) -> Asked:
        """A request for one case. It is in the log when this returns."""
        record = self._record(number, what)
        seed = SecretBytes(os.urandom(32))
        one_time = SealPrivate.from_seed(seed)
        public = one_time.public()
        now = self._clock.now()
        request = Request(
            format="tipbridge request 1",
            request=secrets.token_hex(16),
            case=number,
            what=what,
            grounds=grounds,
            by=by,
            requested_at=moment(now),
            expires_at=moment(now + self._ttl),
            quorum=record.quorum,
            commitment=commitment_of(record.sealed),
            opener_algorithm=1 if public.algorithm == 1 else 2,
            opener_key=public.data,
            shares=[
                RequestShare(holder=share.holder, number=share.number, sealed=share.sealed)
                for share in sorted(record.shares, key=lambda share: share.holder)
            ],
        )
        opener = OpenerFile.locked(seed, public.algorithm, request.digest, passphrase, self._cost)
        self._auditing.record(
            "requested",
            case=number,
            request=request.digest,
            what=what,
            by=by,
            expires=request.expires_at,
            grounds=grounds.model_dump(exclude_none=True),
        )
        return Asked(request, opener)

    def _record(self, number: CaseNumber, what: What) -> RecordRow:
        """The case's record, or one that says that nothing was kept, made as real ones are.

        It is made in any case, so that asking takes as long for a case that has one.
        """
        hashes = self._sealing.hashes(number)
        stand_in = seal_identity(
            NOTHING, place(number, what), self._custodians.custodians, self._custodians.quorum
        )
        with self._store.read() as tx:
            found = tx.vault.find(hashes, what)
        return found or row_of(hashes[0], what, stand_in)
