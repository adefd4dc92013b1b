"""One cleaner for all tests of cleaning; it starts a real child for each file."""

import pytest

from connector.cleaning import Cleaner, CleaningLimits


@pytest.fixture
def cleaner() -> Cleaner:
    return Cleaner(CleaningLimits())
