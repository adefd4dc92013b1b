"""A custodian leaves: their shares go to a successor, sealed anew on the leaving custodian's own machine."""

from connector.services.auditing import Auditing
from connector.services.opening import VaultRefused
from connector.services.sealing import Sealing
from connector.store import Store
from connector.vault.crossing import FileBroken
from connector.vault.custodians import PublicFile
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
            holder = _holder(tx.vault.known(), name)
            held = {(one.case_hash, one.what): one for one in tx.vault.held_by(holder)}
            numbers = tx.retention.numbers()
        found = []
        for number in numbers:
            for case_hash in self._sealing.hashes(number):
                for what in _KINDS:
                    one = held.get((case_hash, what))
                    if one is not None:
                        found.append(
                            OwnShare(
                                case=number,
                                what=what,
                                number=one.number,
                                commitment=commitment_of(one.commitment_of),
                                sealed=one.sealed,
                            )
                        )
        self._auditing.record("shares-given-out", by=by, custodian=name, count=len(found))
        return OwnShares(format="tipbridge shares 1", holder=holder, name=name, shares=found)

    def adopt(self, data: bytes, by: str) -> int:
        """Put the successor in the place of who handed over; how many shares. Raises VaultRefused."""
        try:
            handed = HandOver.parse(data)
            successor = handed.to.public()
        except FileBroken as broken:
            raise self._refused(by, str(broken)) from None
        with self._store.read() as tx:
            known = tx.vault.known()
        old = PublicFile.parse(known[handed.holder]).public() if handed.holder in known else None
        if old is None or not old.has_signed(handed.signature, handed.unsigned()):
            raise self._refused(by, "this was not signed by a custodian of this vault, or it was altered")
        # The entry first: what is done is in the log, even if this process dies half-way.
        self._auditing.record(
            "handed-over",
            by=by,
            old=old.name,
            new=successor.name,
            successor=successor.fingerprint,
            count=len(handed.shares),
        )
        with self._store.write() as tx:
            tx.vault.know(successor.fingerprint, handed.to.to_bytes())
            return sum(
                any(
                    tx.vault.pass_on(
                        case_hash, share.what, handed.holder, successor.fingerprint, share.sealed
                    )
                    for case_hash in self._sealing.hashes(share.case)
                )
                for share in handed.shares
            )

    def _refused(self, by: str, why: str) -> VaultRefused:
        self._auditing.record("refused", by=by, why=why)
        return VaultRefused(why)


_KINDS: tuple[What, ...] = ("identity", "files")


def _holder(known: dict[str, bytes], name: str) -> str:
    """By name, or by fingerprint where two were of one name."""
    found = [key for key, data in known.items() if name in (key, PublicFile.parse(data).name)]
    if not found:
        raise VaultRefused(f"there is no custodian {name} here; tipbridge vault custodians lists them")
    if len(found) > 1:
        raise VaultRefused(f"several custodians are called {name}; name the fingerprint instead")
    return found[0]
