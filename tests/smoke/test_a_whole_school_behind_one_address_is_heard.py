"""Five hundred tips in a burst from one address: all of them are taken."""

from concurrent.futures import ThreadPoolExecutor

from tests.harness import Harness


def test_five_hundred_tips_in_a_burst_from_one_address_are_all_accepted(harness: Harness) -> None:
    def send(number: int) -> int:
        return harness.reporter().try_send(f"tip number {number}").status_code

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(500)))
    assert answers == [201] * 500
    with harness.app.store.read() as tx:
        assert tx.cases.count() == 500
