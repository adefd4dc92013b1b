"""One cleaner for all tests of cleaning; it bears a real child for each file."""

from collections.abc import Iterator

import pytest

from connector.cleaning import Cleaner, CleaningLimits


@pytest.fixture(scope="session")
def cleaner() -> Iterator[Cleaner]:
    cleaner = Cleaner(CleaningLimits())
    yield cleaner
    cleaner.close()
