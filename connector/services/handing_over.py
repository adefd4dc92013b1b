"""A custodian leaves: their shares go to a successor, sealed anew on the leaving custodian's own machine."""

from collections.abc import Mapping

from connector.services.auditing import Auditing
from connector.services.opening import VaultRefused
from connector.services.sealing import Sealing, custodians_of
from connector.services.vetting import Refused
from connector.store import Store
from connector.store.transaction import Transaction
from connector.vault.crossing import FileBroken
from connector.vault.custodians import Custodian
from connector.vault.handover import HandOver, OwnShare, OwnShares
from connector.vault.record import commitment_of
from connector.vault.requests import What


class HandingOver:
    """Gives a custodian's shares out to be handed over, and takes them in again under the successor's name."""

    def __init__(self, *, store: Store, sealing: Sealing, auditing: Auditing) -> None:
        self._store = store
        self._sealing = sealing
        self._auditing = auditing

    def shares_of(self, name: str, by: str) -> OwnShares:
        """All shares of a custodian, still sealed to them. Raises VaultRefused where nobody is of this name."""
        with self._store.read() as tx:
            holder = _holder(custodians_of(tx), name)
            held = {(one.case_hash, one.what): one for one in tx.vault.held_by(holder)}
            numbers = tx.retention.numbers()
        found = [
            OwnShare(
                case=number,
                what=what,
                number=one.number,
                commitment=commitment_of(one.commitment_of),
                sealed=one.sealed,
            )
            for number in numbers
            for case_hash in self._sealing.hashes(number)
            for what in _KINDS
            if (one := held.get((case_hash, what))) is not None
        ]
        self._auditing.record("shares-given-out", by=by, custodian=name, count=len(found))
        return OwnShares(format="tipbridge shares 1", holder=holder, name=name, shares=found)

    def adopt(self, data: bytes, by: str) -> int:
        """Put the successor in the place of who handed over; how many shares. Raises VaultRefused."""
        try:
            handed = _read(data)
            with self._store.write() as tx:
                tx.audit.alone()
                old = _giver(custodians_of(tx), handed)
                count = self._pass_on(tx, handed)
                tx.vault.know(handed.to.fingerprint, handed.to.to_bytes())
                self._auditing.write(
                    tx,
                    "handed-over",
                    by=by,
                    old=old.name,
                    new=handed.to.name,
                    successor=handed.to.fingerprint,
                    count=count,
                )
        except Refused as refused:
            self._auditing.record("refused", by=by, why=refused.why)
            raise VaultRefused(f"{refused.why}; {refused.remedy}") from None
        return count

    def _pass_on(self, tx: Transaction, handed: HandOver) -> int:
        held = {(one.case_hash, one.what): one for one in tx.vault.held_by(handed.holder)}
        theirs = {(one.case_hash, one.what) for one in tx.vault.held_by(handed.to.fingerprint)}
        count = 0
        for share in handed.shares:
            for case_hash in self._sealing.hashes(share.case):
                one = held.get((case_hash, share.what))
                # A record that was shredded since has other shares: those stay where they are.
                if one is None or commitment_of(one.commitment_of) != share.commitment:
                    continue
                if (case_hash, share.what) in theirs:
                    raise Refused(
                        f"{handed.to.name} is a custodian already, and would hold two shares of one case",
                        "hand over to somebody who holds none",
                    )
                tx.vault.pass_on(case_hash, share.what, handed.holder, handed.to.fingerprint, share.sealed)
                count += 1
        if handed.shares and not count:
            raise Refused("none of these shares is held any more", "was this file adopted before?")
        return count


def _read(data: bytes) -> HandOver:
    try:
        handed = HandOver.parse(data)
        handed.to.public()
    except FileBroken as broken:
        raise Refused(str(broken).split(";", maxsplit=1)[0], _ASK) from None
    return handed


def _giver(known: Mapping[str, Custodian], handed: HandOver) -> Custodian:
    old = known.get(handed.holder)
    if old is None or not old.has_signed(handed.signature, handed.unsigned()):
        raise Refused("this was not signed by a custodian of this vault, or it was altered", _ASK)
    return old


_ASK = "ask who hands over for the file again"
_KINDS: tuple[What, ...] = ("identity", "files")


def _holder(known: Mapping[str, Custodian], name: str) -> str:
    """By name, or by fingerprint where two were of one name."""
    found = [key for key, one in known.items() if name in (key, one.name)]
    if not found:
        raise VaultRefused(f"there is no custodian {name} here; tipbridge vault custodians lists them")
    if len(found) > 1:
        raise VaultRefused(f"several custodians are called {name}; name the fingerprint instead")
    return found[0]
