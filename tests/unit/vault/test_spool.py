"""A large upload lies on the disk as ciphertext only, in a file that has no name, and reads back as it came."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.domain.blob import PIECE
from connector.vault.spool import Incoming, Spool

WORDS = b"what the reporter saw, in the clear"


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with Spool(tmp_path) as spool:
        yield spool


def on_the_disk(spool: Spool) -> bytes:
    descriptor = spool._file.fileno()
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def test_nothing_of_it_can_be_read_from_the_disk(spool: Spool, tmp_path: Path) -> None:
    spool.write(WORDS * 1000)
    assert list(tmp_path.iterdir()) == [], "the file has no name"
    stored = on_the_disk(spool)
    assert len(stored) == len(WORDS) * 1000
    assert WORDS not in stored
    assert WORDS[:8] not in stored


def test_two_spools_of_the_same_content_have_nothing_in_common(tmp_path: Path) -> None:
    with Spool(tmp_path) as one, Spool(tmp_path) as other:
        one.write(bytes(4096))
        other.write(bytes(4096))
        first, second = on_the_disk(one), on_the_disk(other)
    blocks = {first[at : at + 16] for at in range(0, 4096, 16)}
    assert len(blocks) == 256
    assert not blocks & {second[at : at + 16] for at in range(0, 4096, 16)}


def test_what_was_written_is_never_written_over(spool: Spool) -> None:
    spool.write(b"first")
    spool.seek(0)
    with pytest.raises(io.UnsupportedOperation):
        spool.write(b"again")
    assert spool.read() == b"first"


steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.binary(max_size=100)),
        st.tuples(st.just("read"), st.integers(-1, 90)),
        st.tuples(st.just("seek"), st.integers(0, 400)),
    ),
    max_size=30,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, most=st.sampled_from([0, 64, 10_000]))
def test_it_reads_like_any_file_that_is_written_at_its_end(
    tmp_path: Path, steps: list[tuple[str, bytes | int]], most: int
) -> None:
    model = io.BytesIO()
    with Incoming(tmp_path, most) as incoming:
        for what, argument in steps:
            match what, argument:
                case "write", bytes(data):
                    assert model.seek(0, os.SEEK_END) == incoming.seek(0, os.SEEK_END)
                    assert model.write(data) == incoming.write(data)
                case "read", int(size):
                    assert model.read(size) == incoming.read(size)
                case "seek", int(at):
                    assert model.seek(at) == incoming.seek(at)
            assert model.tell() == incoming.tell()
        assert incoming.size == len(model.getvalue())
        assert b"".join(incoming.pieces()) == model.getvalue()


def test_a_small_upload_never_sees_the_disk(tmp_path: Path) -> None:
    missing = tmp_path / "no such directory"
    with Incoming(missing, 100) as incoming:
        incoming.write(bytes(100))
        with pytest.raises(FileNotFoundError):
            incoming.write(b"x")


def test_pieces_may_be_read_twice_at_the_same_time(spool: Spool) -> None:
    content = os.urandom(3 * PIECE + 7)
    spool.write(content)
    pairs = list(zip(spool.pieces(), spool.pieces(), strict=True))
    assert b"".join(first for first, _ in pairs) == content
    assert b"".join(second for _, second in pairs) == content
