"""The list of what was shredded: nothing in it is altered or left out unnoticed, and a power cut does not break it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.services.shredding_list import ListBroken, ShreddingList
from connector.vault.audit import GENESIS, Head

DAY = date(2026, 11, 24)
HEAD = Head(0, GENESIS)


@pytest.fixture
def made(tmp_path: Path) -> ShreddingList:
    """A list with three lines."""
    made = ShreddingList(tmp_path / "data" / "shredded.list")
    for number in range(3):
        made.add([f"0000-000{number}", f"0000-001{number}"], DAY, Head(number, bytes([number]) * 32))
    return made


def test_what_was_put_on_it_is_on_it(made: ShreddingList) -> None:
    assert [entry.cases for entry in made.entries()] == [
        (f"0000-000{number}", f"0000-001{number}") for number in range(3)
    ]
    assert made.entries()[2].head == Head(2, b"\2" * 32)
    assert oct(made.path.stat().st_mode)[-3:] == "600"


def test_where_there_is_none_nothing_is_on_it_and_an_empty_one_can_be_begun(tmp_path: Path) -> None:
    none = ShreddingList(tmp_path / "none.list")
    assert none.numbers() == set()
    none.begin()
    none.begin()
    assert none.path.read_bytes() == b"tipbridge shredding list 1\n"


def test_a_bit_altered_anywhere_is_noticed(made: ShreddingList) -> None:
    whole = made.path.read_bytes()
    for position in range(len(whole) - 1):
        altered = whole[:position] + bytes([whole[position] ^ 1 << position % 8]) + whole[position + 1 :]
        made.path.write_bytes(altered)
        with pytest.raises(ListBroken):
            made.numbers()


def test_a_line_left_out_or_moved_is_noticed(made: ShreddingList) -> None:
    header, *lines = made.path.read_bytes().splitlines(keepends=True)
    for kept in ([lines[0], lines[2]], lines[1:], [lines[1], lines[0], lines[2]], [*lines, lines[2]]):
        made.path.write_bytes(b"".join([header, *kept]))
        with pytest.raises(ListBroken):
            made.numbers()


def test_a_line_torn_off_by_a_power_cut_is_written_over(made: ShreddingList) -> None:
    whole = made.path.read_bytes()
    for torn in (whole[:-1], whole[:-20], whole[:10], b""):
        made.path.write_bytes(torn)
        made.add(["1234-5678"], DAY, HEAD)
        assert "1234-5678" in made.numbers()


@given(st.binary(max_size=200).filter(lambda body: not body.startswith(b"tipbridge")))
def test_whatever_else_a_file_holds_is_no_list(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("list") / "x.list"
    path.write_bytes(body)
    with pytest.raises(ListBroken):
        ShreddingList(path).numbers()
    path.write_bytes(b"tipbridge shredding list 1\n" + body + b"\n")
    with pytest.raises(ListBroken):
        ShreddingList(path).numbers()


def test_several_who_shred_at_once_make_one_list(made: ShreddingList) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: made.add([f"2222-{number:04d}"], DAY, HEAD), range(60)))
    assert len(made.entries()) == 63


def test_another_list_is_taken_over_and_nothing_of_this_one_lost(made: ShreddingList, tmp_path: Path) -> None:
    other = ShreddingList(tmp_path / "other.list")
    other.add(["0000-0000"], DAY, HEAD)
    other.add(["9999-9999"], DAY, HEAD)
    before = made.numbers()
    made.take_over(other)
    made.take_over(other)
    assert made.numbers() == before | {"9999-9999"}
    assert len(made.entries()) == 4
