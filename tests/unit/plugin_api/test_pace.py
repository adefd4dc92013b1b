"""The upper limit on how long an exchange may take."""

import io

import pytest

from connector.plugin_api.http.body import JsonBody
from connector.plugin_api.http.pace import SLOWEST, Pace, PacedReader


class _Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_allowance_grows_with_what_has_moved() -> None:
    time = _Time()
    pace = Pace(10, time)
    time.now = 11
    with pytest.raises(TimeoutError):
        pace.check()
    pace.moved(2 * SLOWEST)
    pace.check()
    time.now = 12.5
    with pytest.raises(TimeoutError):
        pace.check()


def test_a_trickle_is_cut_off_although_every_byte_comes_in_time() -> None:
    time = _Time()

    class Trickle(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            time.now += 5
            buffer[0] = 65
            return 1

    stream = io.BufferedReader(PacedReader(Trickle(), Pace(30, time)))
    with pytest.raises(TimeoutError):
        stream.readline()
    assert time.now <= 40


def test_closing_the_reader_closes_what_it_reads() -> None:
    below = io.FileIO("/dev/null")
    PacedReader(below, Pace(1)).close()
    assert below.closed


def test_a_body_that_is_taken_too_slowly_is_not_sent_to_its_end() -> None:
    time = _Time()
    pieces = iter(JsonBody("x" * 500_000, 3, time))
    next(pieces)
    time.now = 3.5
    next(pieces)
    time.now = 9
    with pytest.raises(TimeoutError):
        next(pieces)
