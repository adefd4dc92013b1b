"""Asking for an identity, and a custodian's answer: the two files that travel."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from connector.errors import VaultShut
from connector.vault.crossing import Bytes, CrossingFile, Digest, Line, Moment, Name
from connector.vault.custodians import CustodianKeys
from connector.vault.keyring import SealBroken
from connector.vault.passphrase import Locked, PassphraseCost, lock, unlock
from connector.vault.record import share_context
from connector.vault.seal_keys import SealPrivate, SealPublic
from connector.vault.secret import SecretBytes

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_CASE = r"^\d{4}-\d{4}$"
What = Literal["identity", "files"]
Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class NotYours(VaultShut):
    """The request holds no share that this key opens."""


class Grounds(CrossingFile):
    """Why: an order of a court with its number, or danger to life with a reason."""

    kind: ClassVar[str] = "grounds"

    ground: Literal["court-order", "danger-to-life"]
    order_number: Line | None = None
    court: Line | None = None
    order_date: Line | None = None
    scope: Line | None = None
    return_by: Line | None = None
    reason: Line | None = None

    def lines(self) -> list[str]:
        """For a person to read."""
        given = self.model_dump(exclude_none=True)
        return [f"{name.replace('_', ' ')}: {value}" for name, value in given.items()]


class RequestShare(CrossingFile):
    """A custodian's sealed share, on its way to them."""

    kind: ClassVar[str] = "a share"

    holder: Fingerprint
    number: Annotated[int, Field(ge=1, le=255)]
    sealed: Bytes


class Request(CrossingFile):
    """`CASE.request`: who asks for what and why, with everybody's sealed share and the opener's one-time key."""

    kind: ClassVar[str] = "a request"

    format: Literal["tipbridge request 1"]
    request: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    case: Annotated[str, Field(pattern=_CASE)]
    what: What
    grounds: Grounds
    by: Line
    requested_at: Moment
    expires_at: Moment
    quorum: Annotated[int, Field(ge=1, le=255)]
    commitment: Bytes
    opener_algorithm: Literal[1, 2]
    opener_key: Bytes
    shares: Annotated[list[RequestShare], Field(min_length=1, max_length=255)]

    @property
    def place(self) -> str:
        """What the record is bound to."""
        return f"{self.case}|{self.what}"

    @property
    def digest(self) -> str:
        """What the log, the approvals and the opener's file name this request by."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def expires(self) -> datetime:
        """Until when it can be approved and opened."""
        return parse_moment(self.expires_at)


class Approval(CrossingFile):
    """A custodian's answer: a share for the opener of this one request, or a no with its reason."""

    kind: ClassVar[str] = "an approval"

    format: Literal["tipbridge approval 1"]
    decision: Literal["approve", "deny"]
    request: Digest
    custodian: Name
    holder: Fingerprint
    at: Moment
    number: Annotated[int, Field(ge=0, le=255)]
    share: Bytes
    reason: Line | None
    signature: Bytes


class OpenerFile(CrossingFile):
    """`CASE.opener`: the one-time key that takes the shares, under the passphrase of who asked."""

    kind: ClassVar[str] = "an opener file"

    format: Literal["tipbridge opener 1"]
    request: Digest
    algorithm: Literal[1, 2]
    memory_kib: int
    iterations: int
    salt: Bytes
    sealed: Bytes

    @classmethod
    def locked(
        cls, seed: SecretBytes, algorithm: int, digest: str, passphrase: str, cost: PassphraseCost
    ) -> Self:
        """A one-time key put under a passphrase."""
        locked = lock(seed, passphrase, b"opener|" + digest.encode(), cost)
        return cls(
            format="tipbridge opener 1",
            request=digest,
            algorithm=1 if algorithm == 1 else 2,
            memory_kib=locked.memory_kib,
            iterations=locked.iterations,
            salt=locked.salt,
            sealed=locked.sealed,
        )

    def unlocked(self, passphrase: str) -> SealPrivate:
        """The one-time key. Raises WrongPassphrase."""
        locked = Locked(self.memory_kib, self.iterations, self.salt, self.sealed)
        seed = unlock(locked, passphrase, b"opener|" + self.request.encode())
        return SealPrivate.from_seed(seed, self.algorithm)


def approve(request: Request, keys: CustodianKeys, at: datetime) -> Approval:
    """Hand the custodian's share to the opener of this one request. Raises NotYours."""
    share = next((one for one in request.shares if one.holder == keys.public_file.fingerprint), None)
    if share is None:
        raise NotYours(
            "this request holds no share for this key; was it sealed before you became a custodian?"
        )
    context = share_context(request.place, share.number, request.commitment)
    try:
        part = keys.private.open(share.sealed, context)
    except SealBroken:
        raise NotYours(
            "the share in this request does not open with this key: the request was altered"
        ) from None
    opener = SealPublic(request.opener_algorithm, request.opener_key)
    passed_on = opener.seal(part, release_context(request.digest, share.holder, share.number))
    return _signed(request, keys, at, "approve", share.number, passed_on, None)


def deny(request: Request, keys: CustodianKeys, at: datetime, reason: str) -> Approval:
    """A no, with its reason. It hands nothing over."""
    return _signed(request, keys, at, "deny", 0, b"", reason)


def release_context(digest: str, holder: str, number: int) -> bytes:
    """What a share that was handed over is bound to: this request, this custodian, its number."""
    return b"release|" + digest.encode() + b"|" + holder.encode() + bytes([number])


def moment(at: datetime) -> str:
    """As files write it."""
    return at.astimezone(UTC).strftime(_TIME)


def parse_moment(text: str) -> datetime:
    """Back from a file."""
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _signed(
    request: Request,
    keys: CustodianKeys,
    at: datetime,
    decision: Literal["approve", "deny"],
    number: int,
    share: bytes,
    reason: str | None,
) -> Approval:
    draft = Approval(
        format="tipbridge approval 1",
        decision=decision,
        request=request.digest,
        custodian=keys.name,
        holder=keys.public_file.fingerprint,
        at=moment(at),
        number=number,
        share=share,
        reason=reason,
        signature=b"",
    )
    return draft.model_copy(update={"signature": keys.sign(draft.unsigned())})
