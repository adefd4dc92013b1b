"""Records in a vault's archive that were shredded since: they are left where they are, and their like is sealed anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from connector.store.vault_rows import RecordRow, ShareRow


@dataclass(frozen=True, slots=True)
class DeadRecords:
    """What is left behind in the vault's archive, and for whom it was sealed: its like takes its place."""

    of_hash: Mapping[bytes, str] = field(repr=False)
    quorums: dict[bytes, int] = field(default_factory=dict, repr=False)
    holders: dict[bytes, set[str]] = field(default_factory=dict, repr=False)

    def is_alive(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether a row of the archive is to be brought back."""
        if row.get("case_hash") not in self.of_hash:
            return True
        case_hash: bytes = row["case_hash"]
        if row.get("what") == "identity" and table == "records":
            self.quorums[case_hash] = row["quorum"]
        if row.get("what") == "identity" and table == "shares":
            self.holders.setdefault(case_hash, set()).add(row["holder"])
        return False

    @property
    def numbers(self) -> set[str]:
        """The cases of the records that were left behind."""
        return {self.of_hash[case_hash] for case_hash in self.quorums}

    def records(self) -> Iterator[tuple[str, RecordRow]]:
        """Their numbers, and what a record has to be like."""
        for case_hash, quorum in self.quorums.items():
            shares = tuple(ShareRow(holder, 0, b"") for holder in self.holders.get(case_hash, ()))
            yield self.of_hash[case_hash], RecordRow(case_hash, "identity", quorum, b"", shares)
