"""The rate limit, without waiting for it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from connector.plugin_api.http.rate import TokenBucket


class _Time:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def _bucket(per_second: float | None, time: _Time) -> TokenBucket:
    return TokenBucket(per_second, monotonic=time.monotonic, wait=time.wait)


def test_a_seconds_worth_goes_at_once_and_the_rest_evenly() -> None:
    time = _Time()
    bucket = _bucket(4, time)
    for _ in range(6):
        bucket.take()
    assert time.waits == [pytest.approx(0.25), pytest.approx(0.25)]


def test_less_than_one_a_second_lets_one_go_and_then_waits() -> None:
    time = _Time()
    bucket = _bucket(0.5, time)
    bucket.take()
    assert time.waits == []
    bucket.take()
    assert time.waits == [pytest.approx(2.0)]


def test_after_a_rest_no_more_than_a_seconds_worth_has_gathered() -> None:
    time = _Time()
    bucket = _bucket(2, time)
    time.now += 3600
    for _ in range(3):
        bucket.take()
    assert time.waits == [pytest.approx(0.5)]


def test_no_limit_never_waits() -> None:
    time = _Time()
    bucket = _bucket(None, time)
    for _ in range(1000):
        bucket.take()
    assert time.waits == []


def test_many_threads_together_keep_the_rate() -> None:
    waits: list[float] = []
    lock = threading.Lock()

    def wait(seconds: float) -> None:
        with lock:
            waits.append(seconds)

    bucket = TokenBucket(10, monotonic=lambda: 0.0, wait=wait)
    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(bucket.take) for _ in range(50)]:
            future.result(timeout=10)
    assert sorted(waits) == [pytest.approx(0.1 * number) for number in range(1, 41)]


def test_a_rate_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nought"):
        _bucket(0, _Time())
