"""Cleaners for all tests here; each bears a real child for each file."""

from collections.abc import Iterator

import pytest

from connector.cleaning import Cleaner, CleaningLimits


@pytest.fixture(scope="session")
def cleaner() -> Iterator[Cleaner]:
    cleaner = Cleaner(CleaningLimits())
    yield cleaner
    cleaner.close()


@pytest.fixture(scope="session")
def faithful() -> Iterator[Cleaner]:
    """Keeps the pixels of photos."""
    cleaner = Cleaner(CleaningLimits(), faithful=True)
    yield cleaner
    cleaner.close()
