"""Two installations with keys of their own (no test changes them), and people before the lanes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from connector.vault.keyring import PepperRing, ServiceKeys
from connector.vault.secret import SecretBytes
from tests.unit.vault.held import Crowd
from tests.unit.vault.new_keys import new_key_file


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> ServiceKeys:
    return ServiceKeys.load(new_key_file(tmp_path_factory.mktemp("ours")))


@pytest.fixture(scope="session")
def foreign_keys(tmp_path_factory: pytest.TempPathFactory) -> ServiceKeys:
    return ServiceKeys.load(new_key_file(tmp_path_factory.mktemp("theirs")))


@pytest.fixture(scope="session")
def peppers() -> PepperRing:
    return PepperRing([SecretBytes(b"\xa1" * 32), SecretBytes(b"\xb2" * 32)])


@pytest.fixture
def crowd() -> Iterator[Callable[[int], Crowd]]:
    """Makes a crowd before a machine with so many cores, and sends it home."""
    with ExitStack() as homes:

        def gathered(cores: int) -> Crowd:
            crowd = Crowd(cores)
            homes.callback(crowd.go_home)
            return crowd

        yield gathered
