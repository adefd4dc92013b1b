"""The bounds of the lanes hold in a throng, and no place is ever lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from connector.domain.code import Code
from connector.vault.codes import INSECURE_TEST_COST, CodeDeriver, CodeKeys
from connector.vault.keyring import PepperRing
from connector.vault.lanes import DerivationLanes
from tests.unit.vault.held import DEADLINE, somebody


class Failing(CodeDeriver):
    """Every derivation breaks, as when memory has run out."""

    def derive(self, code: Code) -> tuple[CodeKeys, ...]:
        raise MemoryError


def test_a_derivation_that_breaks_gives_its_place_back() -> None:
    lanes = DerivationLanes(Failing(bytes(16), PepperRing([]), INSECURE_TEST_COST), cores=1)
    for _ in range(3):
        with pytest.raises(MemoryError):
            lanes.intake(somebody(1))
        with pytest.raises(MemoryError):
            lanes.inbox(somebody(2), b"mara")


class Counting(CodeDeriver):
    """Derives truly; knows the most that ever derived at once: in all, and for an inbox (from 1000 on)."""

    def __init__(self, peppers: PepperRing) -> None:
        super().__init__(bytes(16), peppers, INSECURE_TEST_COST)
        self._lock = threading.Lock()
        self._now = {"all": 0, "inbox": 0}
        self.most = {"all": 0, "inbox": 0}

    def derive(self, code: Code) -> tuple[CodeKeys, ...]:
        groups = ("all", "inbox") if int(code.digits()) >= 1000 else ("all",)
        self._count(groups, 1)
        try:
            return super().derive(code)
        finally:
            self._count(groups, -1)

    def _count(self, groups: tuple[str, ...], by: int) -> None:
        with self._lock:
            for group in groups:
                self._now[group] += by
                self.most[group] = max(self.most[group], self._now[group])


@pytest.mark.parametrize("cores", [1, 2, 3, 8])
def test_in_a_throng_nobody_is_forgotten_and_no_bound_is_broken(peppers: PepperRing, cores: int) -> None:
    deriver = Counting(peppers)
    lanes = DerivationLanes(deriver, cores)
    with ThreadPoolExecutor(max_workers=32) as threads:
        asked = [threads.submit(lanes.intake, somebody(number)) for number in range(200)]
        asked += [threads.submit(lanes.inbox, somebody(1000 + n), b"%d" % (n % 7)) for n in range(200)]
        answers = [one.result(DEADLINE) for one in asked]
    assert answers[17] == deriver.derive(somebody(17))
    assert answers[217] == deriver.derive(somebody(1017))
    assert deriver.most["all"] <= cores
    assert deriver.most["inbox"] <= max(1, cores - 1)
    assert (lanes._free, lanes._free_for_inbox) == (cores, max(1, cores - 1))
