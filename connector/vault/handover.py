"""The two files of a hand-over: a custodian's shares, and the same shares sealed to their successor."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from connector.vault.crossing import Bytes, CrossingFile, Name
from connector.vault.custodians import CustodianKeys, PublicFile
from connector.vault.keyring import SealBroken
from connector.vault.record import share_context
from connector.vault.requests import Fingerprint, NotYours, What

_LARGEST = 1_000_000_000
"""Bytes: a share takes about two kilobytes in these files, and a state's programme has 36,000 cases a year."""


class OwnShare(CrossingFile):
    """One share, sealed to its holder."""

    kind: ClassVar[str] = "a share"

    case: Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
    what: What
    number: Annotated[int, Field(ge=1, le=255)]
    commitment: Bytes
    sealed: Bytes


class OwnShares(CrossingFile):
    """All shares of a custodian, as the vault gives them out: nobody else can open them."""

    kind: ClassVar[str] = "a file of shares"
    largest: ClassVar[int] = _LARGEST

    format: Literal["tipbridge shares 1"]
    holder: Fingerprint
    name: Name
    shares: list[OwnShare]


class HandOver(CrossingFile):
    """The same shares, sealed to a successor and signed by who hands over."""

    kind: ClassVar[str] = "a hand-over file"
    largest: ClassVar[int] = _LARGEST

    format: Literal["tipbridge hand-over 1"]
    holder: Fingerprint
    to: PublicFile
    shares: list[OwnShare]
    signature: Bytes


def hand_over(given: OwnShares, keys: CustodianKeys, successor: PublicFile) -> HandOver:
    """Seal every share to the successor. Raises NotYours where one does not open, FileBroken for an altered successor."""
    if (given.holder, given.name) != (keys.public_file.fingerprint, keys.name):
        raise NotYours("these are the shares of another custodian")
    if successor.fingerprint == given.holder:
        raise NotYours("this is your own .pub file; the successor makes keys of their own")
    to, private, passed = successor.public(), keys.private, []
    for share in given.shares:
        context = share_context(f"{share.case}|{share.what}", share.number, share.commitment)
        try:
            part = private.open(share.sealed, context)
        except SealBroken:
            raise NotYours(
                f"the share of case {share.case} does not open with this key; it was altered"
            ) from None
        passed.append(share.model_copy(update={"sealed": to.seal.seal(part, context)}))
    draft = HandOver(
        format="tipbridge hand-over 1",
        holder=given.holder,
        to=successor,
        shares=passed,
        signature=b"",
    )
    return draft.model_copy(update={"signature": keys.sign(draft.unsigned())})
