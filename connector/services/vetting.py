"""Looking at approvals: each must be a custodian's own, for this very request, and nobody counts twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from connector.errors import TipbridgeError
from connector.vault.crossing import FileBroken
from connector.vault.custodians import Custodian
from connector.vault.keyring import SealBroken
from connector.vault.requests import Approval, Request, release_context
from connector.vault.seal_keys import SealPrivate


class Refused(TipbridgeError):
    """Why the vault stays shut, and what to do."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"{why}; {remedy}")
        self.why = why
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Vetted:
    """What the approvals amount to: the opened shares by number, who gave them, who said no."""

    parts: Mapping[int, bytes] = field(repr=False)
    approved_by: tuple[str, ...]
    denials: tuple[Approval, ...]


def vet(
    asked: Request, approvals: Sequence[bytes], known: Mapping[str, Custodian], opener: SealPrivate
) -> Vetted:
    """Check every approval. Raises Refused at the first that is not as it must be."""
    parts: dict[int, bytes] = {}
    names, seen, denials = [], set(), []
    for data in approvals:
        approval = _read(data)
        _check(asked, approval, known)
        if approval.holder in seen:
            raise Refused(
                f"custodian {approval.custodian} is there twice", "hand in one answer of each custodian"
            )
        seen.add(approval.holder)
        if approval.decision == "deny":
            denials.append(approval)
            continue
        parts[approval.number] = _part(asked, approval, opener)
        names.append(approval.custodian)
    return Vetted(parts, tuple(names), tuple(denials))


def _read(data: bytes) -> Approval:
    try:
        return Approval.parse(data)
    except FileBroken:
        raise Refused("an approval is unreadable or was altered", "ask the custodian for it again") from None


def _check(asked: Request, approval: Approval, known: Mapping[str, Custodian]) -> None:
    if approval.request != asked.digest:
        raise Refused(
            f"the approval of {approval.custodian} is for another request", "ask them to approve this one"
        )
    custodian = known.get(approval.holder)
    if custodian is None or custodian.name != approval.custodian:
        raise Refused(
            "an approval is of somebody who is no custodian here, or what is stored of them was altered",
            "leave it out",
        )
    if not custodian.has_signed(approval.signature, approval.unsigned()):
        raise Refused(f"the approval of {approval.custodian} was altered", "ask the custodian for it again")


def _part(asked: Request, approval: Approval, opener: SealPrivate) -> bytes:
    share = next((one for one in asked.shares if one.holder == approval.holder), None)
    if share is None or share.number != approval.number:
        raise Refused(f"custodian {approval.custodian} holds no share of this case", "ask another custodian")
    try:
        return opener.open(approval.share, release_context(asked.digest, approval.holder, approval.number))
    except SealBroken:
        raise Refused(
            f"the approval of {approval.custodian} does not open with this opener file",
            "use the opener file that belongs to this request",
        ) from None
