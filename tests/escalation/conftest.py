"""A ladder before the helpdesk in memory, at two on a Saturday morning in Denver."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connector.testing import FakeClock
from tests.harness_fixtures import MakeHarness, make_harness
from tests.ladder import Ladder, sections
from tests.memory_desk import MemoryDesk
from tests.telephone import Exchange

__all__ = ["make_harness"]

SATURDAY_NIGHT = datetime(2026, 11, 28, 2, tzinfo=ZoneInfo("America/Denver")).astimezone(UTC)
MakeLadder = Callable[..., Ladder]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(SATURDAY_NIGHT)


@pytest.fixture
def exchange(clock: FakeClock) -> Exchange:
    return Exchange(clock)


@pytest.fixture
def make_ladder(make_harness: MakeHarness, clock: FakeClock, exchange: Exchange) -> Iterator[MakeLadder]:
    made: list[Ladder] = []

    def make(*, backup: bool = False, **policy: Any) -> Ladder:
        harness = make_harness(
            MemoryDesk(clock), providers=exchange.channels(backup=backup), **sections(**policy)
        )
        harness.expect_error("alarm")
        made.append(Ladder(harness, exchange))
        return made[-1]

    yield make
    for ladder in made:
        ladder.check()


@pytest.fixture
def ladder(make_ladder: MakeLadder) -> Ladder:
    return make_ladder()
