"""A file that is not clean when the reporter has waited long enough: the tip goes out at once, the file follows."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from connector.services.finishing import LEASE, MOST_TRIES
from connector.services.uploads import STILL_BEING_CLEANED
from connector.store.schema import held_files, pending_files
from tests.desks import Desk
from tests.harness import Harness
from tests.stored import everything_stored


@pytest.fixture
def harness(make_harness: Callable[..., Harness], desk: Desk) -> Harness:
    """Nobody waits for anything here."""
    return make_harness(desk, cleaning={"answer_within": "1ms"})


@pytest.fixture(scope="module")
def photo() -> bytes:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Wellensittich Camera Works"
    Image.effect_noise((300, 200), 80).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


def rows_of(harness: Harness) -> tuple[int, int]:
    with harness.app.store.engine.connect() as connection:
        pending, held = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (pending_files, held_files)
        )
    return pending, held


def finish(harness: Harness) -> None:
    while harness.app.finishing.finish_one():
        pass
    harness.deliver()


def attached(harness: Harness, ticket_id: str) -> list[list[str]]:
    return [sorted(article.files) for article in harness.staff.look(ticket_id).articles]


def test_the_code_comes_at_once_and_the_file_follows_into_ticket_and_inbox(
    harness: Harness, photo: bytes
) -> None:
    reporter = harness.reporter()
    answer = reporter.send(files=(photo,))
    (told,) = answer["files"]
    assert (told["accepted"], told["forwarded"], told["reason"]) == (None, False, STILL_BEING_CLEANED)
    harness.settle()
    ticket = harness.ticket_of(reporter)
    assert attached(harness, ticket) == [[]]
    assert "still being cleaned" in harness.staff.look(ticket).articles[0].text
    finish(harness)
    assert attached(harness, ticket) == [[], ["photo-1.jpg"]]
    harness.settle()
    (message,) = [text for text in reporter.answers() if "file 1" in text]
    assert "was passed on" in message
    assert "camera and phone details" in message
    assert rows_of(harness) == (0, 0)


def test_what_cannot_be_cleaned_is_told_to_both_sides(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    reporter.send(files=(photo[:-200][:400],))
    harness.settle()
    finish(harness)
    ticket = harness.staff.look(harness.ticket_of(reporter))
    assert [article.files for article in ticket.articles] == [{}, {}]
    assert "could not be cleaned" in ticket.articles[1].text
    (message,) = reporter.answers()
    assert "not passed on" in message
    assert rows_of(harness) == (0, 0)


def test_the_file_as_it_came_never_lies_open(harness: Harness, photo: bytes) -> None:
    harness.reporter().send(files=(photo,))
    stored = everything_stored(harness.app.store, harness.directory)
    assert b"Wellensittich Camera" not in stored
    assert rows_of(harness) == (1, 1)
    finish(harness)


def test_a_worker_that_dies_leaves_the_file_to_the_next(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    reporter.send(files=(photo,))
    now = harness.clock.now()
    with harness.app.store.write() as tx:
        dead = tx.pending.claim(now, now + LEASE, "dead")
    assert dead is not None
    assert not harness.app.finishing.finish_one(), "it is the other worker's until the lease ends"
    harness.clock.advance(LEASE + timedelta(seconds=1))
    assert harness.app.finishing.finish_one()
    with harness.app.store.write() as tx:
        assert not tx.pending.finish(dead), "the dead worker's word no longer counts"
    harness.settle()
    assert ["photo-1.jpg"] in attached(harness, harness.ticket_of(reporter))


def test_a_file_that_kills_its_workers_is_given_up(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    reporter.send(files=(photo,))
    for _ in range(MOST_TRIES):
        now = harness.clock.now()
        with harness.app.store.write() as tx:
            assert tx.pending.claim(now, now + LEASE, "dead") is not None
        harness.clock.advance(LEASE + timedelta(seconds=1))
    assert harness.app.finishing.finish_one()
    harness.settle()
    assert all("photo-1.jpg" not in names for names in attached(harness, harness.ticket_of(reporter)))
    assert any("could not be cleaned" in text for text in reporter.answers())


def test_a_file_of_a_follow_up_follows_too(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    response = reporter.write("and here it is", files=(photo,))
    assert [file["accepted"] for file in response.json()["files"]] == [None]
    harness.settle()
    finish(harness)
    assert attached(harness, harness.ticket_of(reporter))[-1] == ["photo-1.jpg"]


def test_a_file_that_waits_too_long_is_a_problem(harness: Harness, photo: bytes) -> None:
    harness.reporter().send(files=(photo,))
    harness.fast_forward(minutes=16)
    assert "cleaning-overdue" in {problem.problem for problem in harness.app.watching.problems()}
    finish(harness)
    assert "cleaning-overdue" not in {problem.problem for problem in harness.app.watching.problems()}
