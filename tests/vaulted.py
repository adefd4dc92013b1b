"""A Tipbridge with a vault: two of three custodians, everything captured that a browser tells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connector.checks import refuse_to_start
from connector.domain.case import CaseNumber
from connector.services.asking import Asked
from connector.services.opening import Opened
from connector.vault.custodian_set import CustodianSet
from connector.vault.passphrase import INSECURE_PASSPHRASE_COST
from connector.vault.requests import Grounds, What
from tests.custodians import PASSPHRASE, Custodians
from tests.harness import Harness
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk

ORDER = Grounds(ground="court-order", order_number="D-101-CV-2026-00042", court="First Judicial District")
DANGER = Grounds(ground="danger-to-life", reason="the reporter wrote goodbye")
CONTACT = {"name": "Maria Kanarienvogel", "phone": "+1 505 555 0142", "email": "maria@canary.example.org"}


_LEAN_ON_CUSTODIANS = ("sealing", "opening", "handing_over", "retaining", "restoring")


@dataclass
class Vaulted:
    """The harness, and the custodians' hands."""

    harness: Harness
    people: Custodians

    def tell(self, **fields: Any) -> CaseNumber:
        """A canary reporter sends a tip; the case's number."""
        reporter = self.harness.reporter()
        reporter.send(**fields)
        return CaseNumber(reporter.case)

    def ask(self, case: str, what: What = "identity", grounds: Grounds = ORDER) -> Asked:
        """Counsel asks."""
        asking = self.harness.app.asking(INSECURE_PASSPHRASE_COST)
        return asking.ask(CaseNumber(case), what, grounds, "A. Counsel", PASSPHRASE)

    def open(self, asked: Asked, *approvals: bytes, passphrase: str = PASSPHRASE) -> Opened:
        """Counsel opens, with these approvals or with enough of them."""
        given = approvals or tuple(self.people.approvals(asked.request, self.harness.clock.now()))
        return self.harness.app.opening.open(
            asked.request.to_bytes(), given, asked.opener.to_bytes(), passphrase
        )

    def identity_of(self, case: str) -> dict[str, Any] | None:
        """The whole way, from asking to reading."""
        return self.open(self.ask(case)).identity

    def with_the_custodians_of_today(self) -> None:
        """As after the operator has named everybody in the config and started anew."""
        app = self.harness.app
        paths = {name: self.people.public_path(name) for name in self.people.names}
        for name in _LEAN_ON_CUSTODIANS:
            app.__dict__.pop(name, None)
        app.__dict__["custodians"] = CustodianSet.load(self.people.quorum, paths)
        refuse_to_start(app)
        app.intake._sealing = app.sealing  # the pages hold on to this one

    def events(self) -> list[str]:
        """What is in the audit log, without who the custodians are."""
        return [
            str(entry["event"])
            for entry in self.harness.app.auditing.entries()
            if entry["event"] != "custodian"
        ]

    def last_entry(self) -> dict[str, Any]:
        """The end of the audit log."""
        return list(self.harness.app.auditing.entries())[-1]


@pytest.fixture
def people(tmp_path: Path) -> Custodians:
    """Three custodians; two open."""
    return Custodians.made(tmp_path / "custodians")


@pytest.fixture
def vaulted(make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians) -> Vaulted:
    """Everything captured, behind one proxy of ours."""
    harness = make_harness(
        memory_desk,
        vault=people.section,
        identity={"capture": ["ip", "device", "contact"]},
        service={"trusted_proxies": 1},
    )
    return Vaulted(harness, people)
