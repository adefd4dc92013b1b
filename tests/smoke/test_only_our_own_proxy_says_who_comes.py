"""An address is believed only from `trusted_proxies`: nobody can have another one's address sealed."""

import pytest

from tests.custodians import Custodians
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.vaulted import Vaulted


@pytest.mark.parametrize(("proxies", "sealed"), [(0, "127.0.0.1"), (1, "203.0.113.77")])
def test_the_sealed_address_is_the_one_that_is_vouched_for(
    make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians, proxies: int, sealed: str
) -> None:
    harness = make_harness(
        memory_desk,
        vault=people.section,
        identity={"capture": ["ip"]},
        service={"trusted_proxies": proxies},
    )
    vaulted = Vaulted(harness, people)
    assert vaulted.identity_of(vaulted.tell()) == {"ip": sealed}
